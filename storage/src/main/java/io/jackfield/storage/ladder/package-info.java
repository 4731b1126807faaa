/**
 * What was said and what happened in each call, row by row, in a file of its own: bounded by age
 * and size, searched by number, agent, Call-ID, cause and time.
 */
@NullMarked
package io.jackfield.storage.ladder;

import org.jspecify.annotations.NullMarked;
