/**
 * ICE: RFC 8445 as a lite agent, RFC 8839's credentials, RFC 7675's consent.
 *
 * <p>Here: {@link io.jackfield.protocol.ice.IceLiteAgent}, which answers checks and remembers which
 * addresses proved themselves, and {@link io.jackfield.protocol.ice.IceControllingClient}, the
 * other side for headless phones. Not here: STUN's bytes ({@code protocol.stun}), candidates in SDP
 * ({@code protocol.sdp}), finding the agent by ufrag ({@code media.peer}), sockets.
 *
 * <p>Left out on purpose: gathering, relayed candidates, TCP candidates, the full controlled agent.
 *
 * <p>Machines with one thread each; time and randomness come in.
 */
@NullMarked
package io.jackfield.protocol.ice;

import org.jspecify.annotations.NullMarked;
