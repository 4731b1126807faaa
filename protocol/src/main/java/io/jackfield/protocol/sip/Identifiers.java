package io.jackfield.protocol.sip;

/**
 * Where unguessable names come from. The driver backs it with a secure random source, a test with a
 * counter, so that protocol code draws no randomness itself.
 */
public interface Identifiers {
    /** A tag with at least 32 random bits (RFC 3261 §19.3). */
    String tag();

    /** A branch that begins with {@link Via#MAGIC_COOKIE} (RFC 3261 §8.1.1.7). */
    String branch();

    /** A Call-ID that tells nothing about the host (RFC 3261 §8.1.1.4). */
    String callId();
}
