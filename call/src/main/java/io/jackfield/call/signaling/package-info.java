/**
 * Where SIP becomes events: parsing, the loops in which transactions live, and who hears what
 * becomes of them.
 *
 * <p>Here: {@link io.jackfield.call.signaling.SipEdge}, the way in and out, and its loops. Not
 * here: flows ({@code edge}), what a request means ({@code SignalingDispatcher}).
 *
 * <p>Parsing runs on the connection's thread, a transaction on the loop of its Call-ID.
 */
@NullMarked
package io.jackfield.call.signaling;

import org.jspecify.annotations.NullMarked;
