package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key by which recordings are sealed; it comes from outside and is never written by us. Each
 * file has a key of its own, derived from this one. Never printed.
 */
public final class RecordingKey {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;

    private final SecretKey key;
    private final byte[] id;

    private RecordingKey(byte[] secret) {
        key = new SecretKeySpec(secret, "HKDF");
        id = Arrays.copyOf(derive(new byte[0], "jackfield recording key id"), ID_BYTES);
    }

    /**
     * @param text 32 bytes in hexadecimal or base64
     * @throws IllegalArgumentException for anything else; the message does not repeat it
     */
    public static RecordingKey of(String text) {
        byte[] secret = decode(text.strip());
        if (secret.length != BYTES) {
            throw new IllegalArgumentException(
                    "a recording key is 32 bytes, as 'openssl rand -hex 32' gives them");
        }
        return new RecordingKey(secret);
    }

    /**
     * Reads a file that holds the key as text.
     *
     * @throws IOException where it cannot be read
     * @throws IllegalArgumentException where it holds no key
     */
    public static RecordingKey read(Path file) throws IOException {
        return of(Files.readString(file, StandardCharsets.US_ASCII));
    }

    private static byte[] decode(String text) {
        try {
            return text.matches("[0-9A-Fa-f]{64}")
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            return new byte[0];
        }
    }

    /** Tells keys apart without telling the key. */
    byte[] id() {
        return id.clone();
    }

    /** The key of the file with that salt. */
    SecretKey fileKey(byte[] salt) {
        return new SecretKeySpec(derive(salt, "jackfield recording file"), "AES");
    }

    private byte[] derive(byte[] salt, String purpose) {
        try {
            HKDFParameterSpec parameters =
                    HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .addSalt(salt)
                            .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HKDF", missing);
        }
    }
}
