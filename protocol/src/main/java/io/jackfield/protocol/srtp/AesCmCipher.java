package io.jackfield.protocol.srtp;

import java.util.Arrays;

/** AES-CM with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1). */
final class AesCmCipher implements PacketCipher {
    private static final int INNER = 0x36;
    private static final int OUTER = 0x5C;
    private static final int SSRC_OFFSET = 4;
    private static final int INDEX_OFFSET = 8;

    private final AesCounter counter;
    private final byte[] salt;
    private final byte[] innerPad;
    private final byte[] outerPad;
    private final int tagBytes;

    AesCmCipher(byte[] key, byte[] salt, byte[] authenticationKey, int tagBytes) {
        this.counter = new AesCounter(key);
        this.salt = Arrays.copyOf(salt, AesCounter.NONCE_BYTES);
        this.tagBytes = tagBytes;
        this.innerPad = pad(authenticationKey, INNER);
        this.outerPad = pad(authenticationKey, OUTER);
    }

    /** "append zeros to the end of K to create a B byte string" (RFC 2104 §2), XOR a constant. */
    private static byte[] pad(byte[] key, int constant) {
        byte[] padded = Arrays.copyOf(key, Workspace.SHA1_BLOCK_BYTES);
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= (byte) constant;
        }
        return padded;
    }

    @Override
    public void seal(SrtpFrame frame) {
        Workspace workspace = Workspace.ofThread();
        crypt(frame, workspace);
        prove(frame, workspace);
        System.arraycopy(workspace.proof, 0, frame.bytes, frame.tagOffset, tagBytes);
    }

    /** The tag is compared in a time that does not depend on where it differs. */
    @Override
    public boolean open(SrtpFrame frame) {
        Workspace workspace = Workspace.ofThread();
        prove(frame, workspace);
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) {
            difference |= workspace.proof[i] ^ frame.bytes[frame.tagOffset + i];
        }
        if (difference != 0) {
            return false;
        }
        crypt(frame, workspace);
        return true;
    }

    /** "M = Authenticated Portion || ROC" (§4.2); for SRTCP the index stands in its place. */
    private void prove(SrtpFrame frame, Workspace workspace) {
        for (int i = 0; i < Integer.BYTES; i++) {
            workspace.trailer[i] = (byte) (frame.trailer >>> (24 - 8 * i));
        }
        workspace.prove(
                innerPad, outerPad, frame.bytes, frame.offset, frame.bodyEnd - frame.offset);
    }

    /** "IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16)" (§4.1.1). */
    private void crypt(SrtpFrame frame, Workspace workspace) {
        byte[] nonce = workspace.nonce;
        System.arraycopy(salt, 0, nonce, 0, nonce.length);
        for (int i = 0; i < Integer.BYTES; i++) {
            nonce[SSRC_OFFSET + i] ^= (byte) (frame.ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            nonce[INDEX_OFFSET + i] ^= (byte) (frame.index >>> (40 - 8 * i));
        }
        counter.xor(nonce, frame.bytes, frame.bodyOffset, frame.bodyLength(), workspace);
    }
}
