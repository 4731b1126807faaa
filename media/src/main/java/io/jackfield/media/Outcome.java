package io.jackfield.media;

/** What became of a received packet, or of one to be sent; each value is a counter. */
public enum Outcome {
    /** RTP, passed on to the leg that hears it, or back as an echo. */
    FORWARDED,
    /** RTP, accepted, but nobody hears this leg at the moment. */
    UNHEARD,
    /** RTP the engine made itself: prompts and DTMF. */
    GENERATED,
    /** A verified ICE check, answered. */
    STUN_ANSWERED,
    /** STUN for no leg of ours. */
    STUN_UNKNOWN,
    /** STUN that is broken, unproven or not a check. */
    STUN_REFUSED,
    /** DTLS, handed to the association. */
    DTLS_TAKEN,
    /** DTLS that the guard refused. */
    DTLS_REFUSED,
    /** RTCP, read. */
    RTCP_TAKEN,
    /** RTCP that is broken. */
    RTCP_REFUSED,
    /** Neither STUN, nor DTLS, nor RTP (RFC 7983). */
    NOT_MEDIA,
    /** DTLS, SRTP or plain RTP from an address that has not proven itself or was not signalled. */
    UNKNOWN_SOURCE,
    /** SRTP before the keys, and more of it than is kept for them. */
    BEFORE_KEYS,
    /** SRTP or SRTCP with a wrong authentication tag. */
    BAD_TAG,
    /** SRTP or SRTCP that was accepted before. */
    REPLAYED,
    /** RTP that is broken. */
    MALFORMED,
    /** RTP seen before, on a leg without SRTP. */
    DUPLICATE,
    /** RTP too late to be passed on. */
    TOO_LATE,
    /** RTP with a payload type that was not negotiated. */
    UNKNOWN_PAYLOAD_TYPE,
    /** RTP the other leg has no payload type for. */
    UNMAPPED_PAYLOAD_TYPE,
    /** RTP from a leg that may not send at the moment (hold). */
    NOT_EXPECTED,
    /** RTP for a leg that does not want to receive (hold), or hears something else just now. */
    NOT_WANTED,
    /** To be sent, but the leg has no path, no keys or no consent. */
    NO_PATH,
    /** To be sent, but the kernel had no room or refused. */
    SEND_FAILED
}
