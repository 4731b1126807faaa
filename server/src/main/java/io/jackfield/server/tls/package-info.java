/**
 * Certificates and TLS settings shared by the HTTPS listener and SIP over TLS.
 *
 * <p>Here: reading PEM files, TLS 1.2 and 1.3 with authenticated ciphers, strict server names (RFC
 * 6066 §3). Not here: DTLS of media ({@code media.dtls}).
 *
 * <p>Start with {@link io.jackfield.server.tls.TlsIdentity}.
 */
@NullMarked
package io.jackfield.server.tls;

import org.jspecify.annotations.NullMarked;
