/**
 * How long single steps take, by JMH; {@code ./bench/run} starts it.
 *
 * <p>Each step is timed by itself, so that the median holds on a machine that does other things
 * too. Figures rank things a factor apart. They are of one machine and hour, and promise nothing of
 * the whole: that is measured by {@code e2e/bench}.
 */
@NullMarked
package io.jackfield.bench;

import org.jspecify.annotations.NullMarked;
