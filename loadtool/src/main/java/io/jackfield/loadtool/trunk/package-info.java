/**
 * The trunk that a run plays: SIP over UDP that answers every call (RFC 3261), G.711 in the clear.
 *
 * <p>Here: signalling. Not here: RTP ({@code media}).
 *
 * <p>{@code TrunkSide} holds the rules and knows neither socket nor clock; start with {@link
 * io.jackfield.loadtool.trunk.TrunkServer}, its thread.
 */
@NullMarked
package io.jackfield.loadtool.trunk;

import org.jspecify.annotations.NullMarked;
