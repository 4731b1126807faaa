package io.jackfield.protocol.stun;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A received STUN message with the bytes its proofs are about.
 *
 * <p>Immutable; any thread.
 */
public final class StunPacket {
    static final int NO_INTEGRITY = -1;

    private final StunMessage message;
    private final byte[] bytes;
    private final int integrityOffset;
    private final boolean fingerprint;

    StunPacket(StunMessage message, byte[] bytes, int integrityOffset, boolean fingerprint) {
        this.message = message;
        this.bytes = bytes;
        this.integrityOffset = integrityOffset;
        this.fingerprint = fingerprint;
    }

    /** What it says. */
    public StunMessage message() {
        return message;
    }

    /** Length on the wire in bytes. */
    public int length() {
        return bytes.length;
    }

    /** True where a MESSAGE-INTEGRITY is there to be verified. */
    public boolean hasIntegrity() {
        return integrityOffset != NO_INTEGRITY;
    }

    /** True where a FINGERPRINT is there; a wrong one never gets this far. */
    public boolean hasFingerprint() {
        return fingerprint;
    }

    /**
     * Verifies MESSAGE-INTEGRITY (RFC 8489 §9.1.3): one HMAC, compared in constant time; none where
     * the attribute is missing.
     */
    public boolean provenBy(StunKey key) {
        if (!hasIntegrity()) {
            return false;
        }
        int valueOffset = integrityOffset + StunParser.ATTRIBUTE_HEADER_BYTES;
        int end = valueOffset + StunKey.PROOF_BYTES;
        byte[] expected = key.proof(bytes, integrityOffset, end - StunParser.HEADER_BYTES);
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, valueOffset, end));
    }
}
