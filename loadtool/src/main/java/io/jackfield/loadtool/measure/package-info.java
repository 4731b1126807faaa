/**
 * Counting without keeping: how values spread, what of a numbered stream was heard.
 *
 * <p>Here: what is done for each packet, so nothing is allocated. Not here: what people read
 * ({@code report}).
 *
 * <p>No clock; one thread for each object.
 */
@NullMarked
package io.jackfield.loadtool.measure;

import org.jspecify.annotations.NullMarked;
