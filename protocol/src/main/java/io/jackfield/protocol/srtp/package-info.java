/**
 * SRTP and SRTCP: RFC 3711, with AES-GCM (RFC 7714) and the DTLS profiles (RFC 5764 §4.1.2).
 *
 * <p>Here: {@link io.jackfield.protocol.srtp.SrtpSender} and {@link
 * io.jackfield.protocol.srtp.SrtpReceiver}, one each per leg, working in place. Not here: where
 * keys come from ({@code media.dtls}), which addresses may send ({@code protocol.ice}).
 *
 * <p>Left out on purpose: MKI, a key derivation rate other than zero, null ciphers, encrypted
 * header extensions (RFC 6904).
 *
 * <p>Each object belongs to one thread.
 */
@NullMarked
package io.jackfield.protocol.srtp;

import org.jspecify.annotations.NullMarked;
