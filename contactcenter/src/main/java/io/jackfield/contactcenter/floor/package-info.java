/**
 * The whole floor as one state: agents, queues, and the offers between them.
 *
 * <p>An agent in several queues must never get two offers, so all queues have one writer
 * (docs/decisions/0011). {@link io.jackfield.contactcenter.floor.FloorRules#step} takes a {@link
 * io.jackfield.contactcenter.floor.Floor}, an event and the time, and gives the next floor and what
 * is to be done; {@code Draft} is the working copy of one step, and each part of the rules has a
 * class: {@code Staff} the agents, {@code Callers} those who wait, {@code Offers} who is rung,
 * {@code Callbacks}, {@code Timers}, {@code Replacing}, {@code Matching} who gets whom.
 *
 * <p>Not here: one agent's own rules ({@code agent}), the thread ({@code runner}). Everything is
 * pure; any thread.
 */
@NullMarked
package io.jackfield.contactcenter.floor;

import org.jspecify.annotations.NullMarked;
