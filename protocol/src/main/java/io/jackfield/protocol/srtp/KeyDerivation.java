package io.jackfield.protocol.srtp;

import java.util.Arrays;

/** Session keys from a master key (RFC 3711 §4.3, RFC 6188 §3 for 256 bits, RFC 7714 §11). */
final class KeyDerivation {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    /** HMAC-SHA1's key (§5.2). */
    static final int AUTHENTICATION_BYTES = 20;

    private static final int LABEL_OFFSET = 7;

    private final SrtpKeys keys;

    KeyDerivation(SrtpKeys keys) {
        this.keys = keys;
    }

    PacketCipher rtp() {
        return cipher(RTP_ENCRYPTION, keys.profile().rtpTagBytes(), false);
    }

    PacketCipher rtcp() {
        return cipher(RTCP_ENCRYPTION, keys.profile().rtcpTagBytes(), true);
    }

    /** The three labels of RTP, and those of RTCP, follow each other. */
    private PacketCipher cipher(int firstLabel, int tagBytes, boolean rtcp) {
        SrtpProfile profile = keys.profile();
        byte[] key = derive(firstLabel, profile.keyBytes());
        byte[] salt = derive(firstLabel + RTP_SALT, profile.saltBytes());
        return profile.isGcm()
                ? new AesGcmCipher(key, salt, rtcp)
                : new AesCmCipher(
                        key,
                        salt,
                        derive(firstLabel + RTP_AUTHENTICATION, AUTHENTICATION_BYTES),
                        tagBytes);
    }

    /**
     * "PRF(k_master, x)" with x = label XOR salt and a key derivation rate of zero (§4.3.1). A salt
     * of 96 bits is filled up with zeros on the right.
     */
    byte[] derive(int label, int length) {
        byte[] x = Arrays.copyOf(keys.masterSalt(), AesCounter.NONCE_BYTES);
        x[LABEL_OFFSET] ^= (byte) label;
        byte[] derived = new byte[length];
        new AesCounter(keys.masterKey()).xor(x, derived, 0, length, Workspace.ofThread());
        return derived;
    }
}
