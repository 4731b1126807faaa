package io.jackfield.protocol.sdp;

import java.util.Locale;

/** The kinds of RTP transport an {@code m=} line can ask for. */
enum Profile {
    /** DTLS-SRTP under ICE. */
    WEBRTC,
    /** RTP in the clear. */
    PLAIN,
    /** Anything else: SDES keys, T.38, SCTP. */
    OTHER;

    /** What browsers, and we, write (RFC 8829 §5.1.2). */
    static final String WEBRTC_NAME = "UDP/TLS/RTP/SAVPF";

    static final String PLAIN_NAME = "RTP/AVP";

    /**
     * RTP/SAVP and RTP/SAVPF are what browsers wrote before RFC 5764's names; with a fingerprint
     * they mean the same (RFC 8829 §5.1.2), without one they mean SDES keys, which we don't take.
     */
    static Profile of(SessionDescription sdp, MediaDescription line) {
        return switch (line.protocol().toUpperCase(Locale.ROOT)) {
            case "UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP" -> WEBRTC;
            case "RTP/SAVPF", "RTP/SAVP" ->
                    line.attributes().has("fingerprint") || sdp.attributes().has("fingerprint")
                            ? WEBRTC
                            : OTHER;
            case "RTP/AVP", "RTP/AVPF" -> PLAIN;
            default -> OTHER;
        };
    }
}
