/**
 * DTLS-SRTP: the DTLS 1.2 handshake (RFC 6347) that gives a leg its SRTP keys (RFC 5764), with the
 * certificate checked by the fingerprint of the session description (RFC 8122, RFC 8827 §6.5).
 *
 * <p>Here: {@link io.jackfield.media.dtls.DtlsHandshake}, our own interface; Bouncy Castle behind
 * it, on one virtual thread per association, since its API blocks; and {@link
 * io.jackfield.media.dtls.DtlsRecordGuard}, which reads every datagram before Bouncy Castle does.
 * Not here: which address may speak at all (only one with a valid ICE check, {@code media.peer}),
 * SRTP itself ({@code protocol.srtp}). No type of Bouncy Castle leaves this package.
 *
 * <p>Left out on purpose: HelloVerifyRequest. Its cookie proves that the client's address is real;
 * here an ICE check with the password of the session description has proven that before the first
 * record is read, so the round trip would buy nothing. Also left out: resumption, renegotiation,
 * DTLS 1.0 and 1.3.
 *
 * <p>Start with {@link io.jackfield.media.dtls.DtlsEngine}.
 */
@NullMarked
package io.jackfield.media.dtls;

import org.jspecify.annotations.NullMarked;
