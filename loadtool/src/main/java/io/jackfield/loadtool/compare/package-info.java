/**
 * Two PBXs side by side: the same calls against Jackfield and against a real Asterisk, in turn, on
 * pinned CPUs, and how they compare.
 *
 * <p>Here: starting both, what is called, ratios. Not here: a run ({@code scenario}), the machine's
 * own price ({@code floor}).
 *
 * <p>Start with {@link io.jackfield.loadtool.compare.CompareMain}, which {@code bench/compare}
 * runs.
 */
@NullMarked
package io.jackfield.loadtool.compare;

import org.jspecify.annotations.NullMarked;
