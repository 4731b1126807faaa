/**
 * Digest authentication for SIP: RFC 7616 and RFC 8760 over RFC 3261 §22; of RFC 2617 what is still
 * answered without {@code qop}.
 *
 * <p>Here: challenges, credentials, the arithmetic, the server that checks phones, the client that
 * answers trunks. Not here: who may do what ({@code call.auth}), where HA1 values are kept.
 *
 * <p>Start with {@link io.jackfield.protocol.sip.digest.DigestServer} and {@link
 * io.jackfield.protocol.sip.digest.DigestClient}. Those two belong to one thread each; everything
 * else is a value. Clock and randomness come in as arguments. Left out on purpose: offering {@code
 * auth-int}, which breaks at everyone who rewrites SDP, and {@code userhash}.
 */
@NullMarked
package io.jackfield.protocol.sip.digest;

import org.jspecify.annotations.NullMarked;
