/**
 * Who of the free agents is rung first.
 *
 * <p>Here: {@link io.jackfield.contactcenter.strategy.Ranking}, an order of candidates. Not here:
 * who is free, and whose turn it is among the callers ({@code floor}).
 *
 * <p>Everything is pure; any thread.
 */
@NullMarked
package io.jackfield.contactcenter.strategy;

import org.jspecify.annotations.NullMarked;
