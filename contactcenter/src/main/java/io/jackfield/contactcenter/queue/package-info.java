/**
 * One queue: who waits in which order, and what became of those who did.
 *
 * <p>Here: the line with its {@link io.jackfield.contactcenter.queue.Place}s, counts, the estimated
 * wait. Not here: who is rung ({@code strategy}), what happens next ({@code floor}).
 *
 * <p>Start with {@link io.jackfield.contactcenter.queue.QueueState}. Everything is pure; any
 * thread.
 */
@NullMarked
package io.jackfield.contactcenter.queue;

import org.jspecify.annotations.NullMarked;
