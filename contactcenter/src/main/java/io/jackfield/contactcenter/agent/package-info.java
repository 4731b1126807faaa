/**
 * One agent: offline, ready, reserved, ringing, talking, hold, wrap-up, break, network lost.
 *
 * <p>Here: {@link io.jackfield.contactcenter.agent.AgentRules}, the state machine, in which every
 * change is told with its cause. Not here: which caller an agent is rung for ({@code floor}), the
 * phone itself ({@code call.registrar}).
 *
 * <p>Start with {@link io.jackfield.contactcenter.agent.AgentState}. Everything is pure; any
 * thread.
 */
@NullMarked
package io.jackfield.contactcenter.agent;

import org.jspecify.annotations.NullMarked;
