/**
 * The schema and its history: numbered scripts, each applied once, in order.
 *
 * <p>A script that has been released is never changed; the next one changes its result.
 */
@NullMarked
package io.jackfield.storage.migration;

import org.jspecify.annotations.NullMarked;
