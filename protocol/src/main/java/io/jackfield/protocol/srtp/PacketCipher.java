package io.jackfield.protocol.srtp;

/** Encryption and authentication of one direction, of RTP or of RTCP. */
sealed interface PacketCipher permits AesCmCipher, AesGcmCipher {

    /** Encrypts the body in place and writes the tag. */
    void seal(SrtpFrame frame);

    /** Verifies the tag and decrypts the body in place; where false, nothing has changed. */
    boolean open(SrtpFrame frame);
}
