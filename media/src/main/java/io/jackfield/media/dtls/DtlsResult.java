package io.jackfield.media.dtls;

import io.jackfield.protocol.srtp.SrtpKeys;

/** What became of an association. */
public sealed interface DtlsResult {

    /**
     * The peer showed the certificate of the session description and proved that it has the key.
     *
     * @param send with which we protect
     * @param receive with which the peer does
     * @param cipher of the DTLS association, as IANA names it
     */
    record Established(SrtpKeys send, SrtpKeys receive, String cipher) implements DtlsResult {}

    /** No keys; nothing was played or sent. Final. */
    record Failed(Cause cause, String detail) implements DtlsResult {}

    /**
     * After {@link Established}: the peer has closed the association, or broken it with an alert.
     * The SRTP keys remain good (RFC 5764 §5.1.1 ties them to the session description, not to the
     * association's end); whether the leg ends is for signalling to say.
     */
    record Closed(String detail) implements DtlsResult {}

    /** Why a handshake failed, for counters and for words. */
    enum Cause {
        /** The certificate is not that of the session description. */
        FINGERPRINT_MISMATCH,
        /** The deadline passed. */
        TIMEOUT,
        /** No SRTP profile, cipher or version in common. */
        NOTHING_IN_COMMON,
        /** The peer refused, with an authenticated alert. */
        REFUSED_BY_PEER,
        /** The peer broke the protocol. */
        PROTOCOL_VIOLATION,
        /** We closed it. */
        CANCELLED
    }
}
