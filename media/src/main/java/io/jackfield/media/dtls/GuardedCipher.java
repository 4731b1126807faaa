package io.jackfield.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/**
 * Applies {@link DtlsRecordGuard}'s bound on handshake messages to encrypted records, where the
 * guard cannot look: a peer with the right certificate is still no reason to allocate 16 MiB.
 *
 * <p>A record over the bound is treated as one with a wrong tag, that is, silently dropped.
 */
final class GuardedCipher implements TlsCipher {
    private static final int FRAGMENT_HEADER_BYTES = 12;

    private final TlsCipher cipher;

    GuardedCipher(TlsCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long sequence,
            short recordType,
            ProtocolVersion version,
            byte[] ciphertext,
            int offset,
            int length)
            throws IOException {
        TlsDecodeResult clear =
                cipher.decodeCiphertext(sequence, recordType, version, ciphertext, offset, length);
        if (clear.contentType == ContentType.handshake && !withinBounds(clear)) {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac);
        }
        return clear;
    }

    private static boolean withinBounds(TlsDecodeResult clear) {
        int at = clear.off;
        int end = clear.off + clear.len;
        while (at < end) {
            if (end - at < FRAGMENT_HEADER_BYTES) {
                return false;
            }
            int fragmentBytes = uint24(clear.buf, at + 9);
            if (uint24(clear.buf, at + 1) > DtlsRecordGuard.MESSAGE_BYTES_MAX
                    || fragmentBytes > end - at - FRAGMENT_HEADER_BYTES) {
                return false;
            }
            at += FRAGMENT_HEADER_BYTES + fragmentBytes;
        }
        return true;
    }

    private static int uint24(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return cipher.getCiphertextDecodeLimit(plaintextLimit);
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return cipher.getCiphertextEncodeLimit(plaintextLimit);
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextDecodeLimit(ciphertextLimit);
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextEncodeLimit(ciphertextLimit);
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long sequence,
            short contentType,
            ProtocolVersion version,
            int headerAllocation,
            byte[] plaintext,
            int offset,
            int length)
            throws IOException {
        return cipher.encodePlaintext(
                sequence, contentType, version, headerAllocation, plaintext, offset, length);
    }

    @Override
    public void rekeyDecoder() throws IOException {
        cipher.rekeyDecoder();
    }

    @Override
    public void rekeyEncoder() throws IOException {
        cipher.rekeyEncoder();
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return cipher.usesOpaqueRecordTypeDecode();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return cipher.usesOpaqueRecordTypeEncode();
    }
}
