package io.jackfield.protocol.sip;

/**
 * Command sequence (RFC 3261 §20.16).
 *
 * @param number 0 to 2^31 - 1 (§8.1.1.5)
 */
public record CSeq(long number, SipMethod method) {
    public static final long NUMBER_MAX = (1L << 31) - 1;

    public CSeq {
        if (number < 0 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("CSeq outside 0 to 2^31 - 1");
        }
    }
}
