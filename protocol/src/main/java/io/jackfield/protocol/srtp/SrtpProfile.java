package io.jackfield.protocol.srtp;

import java.util.Optional;

/** Protection profiles (RFC 5764 §4.1.2, RFC 7714 §14.2). */
public enum SrtpProfile {
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10, 10),
    /** Short tags on RTP, full ones on RTCP. Accepted from peers, never offered. */
    AES128_CM_HMAC_SHA1_32(0x0002, 16, 14, 4, 10),
    AEAD_AES_128_GCM(0x0007, 16, 12, 16, 16),
    AEAD_AES_256_GCM(0x0008, 32, 12, 16, 16);

    private final int dtlsId;
    private final int keyBytes;
    private final int saltBytes;
    private final int rtpTagBytes;
    private final int rtcpTagBytes;

    SrtpProfile(int dtlsId, int keyBytes, int saltBytes, int rtpTagBytes, int rtcpTagBytes) {
        this.dtlsId = dtlsId;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.rtpTagBytes = rtpTagBytes;
        this.rtcpTagBytes = rtcpTagBytes;
    }

    /** The profile of the DTLS {@code use_srtp} extension. */
    public static Optional<SrtpProfile> byDtlsId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.dtlsId == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** Its number in the DTLS {@code use_srtp} extension. */
    public int dtlsId() {
        return dtlsId;
    }

    /** Master key length. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Master salt length. */
    public int saltBytes() {
        return saltBytes;
    }

    /** What a DTLS exporter must give for both directions: two keys and two salts. */
    public int exporterBytes() {
        return 2 * (keyBytes + saltBytes);
    }

    /** What protection adds to an RTP packet. */
    public int rtpTagBytes() {
        return rtpTagBytes;
    }

    /** What protection adds to an RTCP packet, besides 4 bytes of index. */
    public int rtcpTagBytes() {
        return rtcpTagBytes;
    }

    boolean isGcm() {
        return switch (this) {
            case AES128_CM_HMAC_SHA1_80, AES128_CM_HMAC_SHA1_32 -> false;
            case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> true;
        };
    }
}
