package io.jackfield.protocol.stun;

import java.nio.ByteBuffer;

/** STUN message to bytes (RFC 8489 §5, §14). Padding is zero ("MUST be set to zero", §14). */
public final class StunWriter {
    private static final int INTEGRITY_BYTES =
            StunParser.ATTRIBUTE_HEADER_BYTES + StunKey.PROOF_BYTES;
    private static final int FINGERPRINT_BYTES = StunParser.ATTRIBUTE_HEADER_BYTES + Integer.BYTES;

    private final byte[] bytes = new byte[StunParser.MESSAGE_BYTES_MAX];
    private final ByteBuffer draft = ByteBuffer.wrap(bytes);

    private StunWriter(StunMessage message) {
        draft.putShort((short) type(message));
        draft.putShort((short) 0);
        draft.putInt(StunParser.MAGIC_COOKIE);
        draft.putInt(message.transactionId().high());
        draft.putLong(message.transactionId().low());
        for (StunAttribute attribute : message.attributes()) {
            StunAttributes.encode(attribute, draft);
        }
        putLength(draft.position());
    }

    /**
     * Writes message, MESSAGE-INTEGRITY and FINGERPRINT at the position and moves it behind them.
     *
     * @throws java.nio.BufferOverflowException where the buffer is too small or the message longer
     *     than {@link StunParser#MESSAGE_BYTES_MAX}: our mistake
     */
    public static void write(StunMessage message, StunKey key, ByteBuffer out) {
        StunWriter writer = new StunWriter(message);
        writer.putIntegrity(key);
        writer.putFingerprint();
        out.put(writer.draft.flip());
    }

    /** The same with FINGERPRINT only. */
    public static void writeUnproven(StunMessage message, ByteBuffer out) {
        StunWriter writer = new StunWriter(message);
        writer.putFingerprint();
        out.put(writer.draft.flip());
    }

    /** The same with MESSAGE-INTEGRITY only, as STUN outside ICE may have it. */
    public static void writeWithoutFingerprint(StunMessage message, StunKey key, ByteBuffer out) {
        StunWriter writer = new StunWriter(message);
        writer.putIntegrity(key);
        out.put(writer.draft.flip());
    }

    private void putIntegrity(StunKey key) {
        int end = draft.position();
        putLength(end + INTEGRITY_BYTES);
        byte[] proof = key.proof(bytes, end, end + INTEGRITY_BYTES - StunParser.HEADER_BYTES);
        StunAttributes.putHeader(StunAttributes.MESSAGE_INTEGRITY, proof.length, draft).put(proof);
    }

    /** The length must count FINGERPRINT before the CRC is taken (§14.7). */
    private void putFingerprint() {
        int end = draft.position();
        putLength(end + FINGERPRINT_BYTES);
        int value = StunAttributes.fingerprint(bytes, end);
        StunAttributes.putHeader(StunAttributes.FINGERPRINT, Integer.BYTES, draft).putInt(value);
    }

    private void putLength(int end) {
        draft.putShort(2, (short) (end - StunParser.HEADER_BYTES));
    }

    private static int type(StunMessage message) {
        int classBits =
                switch (message.messageClass()) {
                    case REQUEST -> 0x0000;
                    case INDICATION -> 0x0010;
                    case SUCCESS -> 0x0100;
                    case ERROR -> 0x0110;
                };
        int method = message.method();
        return classBits | (method & 0x00F) | (method & 0x070) << 1 | (method & 0xF80) << 2;
    }
}
