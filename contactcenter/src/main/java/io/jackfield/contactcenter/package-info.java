/**
 * The contact centre: agents and queues, as rules without a thread, a socket or a clock.
 *
 * <p>Here: the three names that everything else uses. {@code site} is what is configured, {@code
 * agent} what one agent does, {@code queue} who waits, {@code strategy} who is rung, {@code floor}
 * all of it together as one state with one writer, {@code runner} the thread that drives it. Not
 * here: SIP and media ({@code call}), SQL ({@code storage}), screens ({@code api}).
 *
 * <p>Start with {@code floor.FloorRules.step}.
 */
@NullMarked
package io.jackfield.contactcenter;

import org.jspecify.annotations.NullMarked;
