package io.jackfield.protocol.sdp;

/** Whose order of preference holds when both know several codecs. */
public enum CodecOrder {
    /** The offerer's, as RFC 3264 §6.1 recommends; the default. */
    OFFERER,
    /** Ours, as configured. */
    OURS
}
