package io.jackfield.storage.site;

import io.jackfield.storage.StorageException;
import io.jackfield.storage.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what the database must not tell: AES-256-GCM under a key that lies outside of it.
 *
 * <p>Each value is bound to its purpose (table, row, column and realm): moved to another row it
 * does not open. Sealing the same value twice gives two different texts.
 *
 * <p>Thread-safety: any thread.
 */
public final class SecretSeal {
    /** What every sealed text begins with; the 1 is for the day when something better is needed. */
    private static final String PREFIX = "sealed:1:";

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /**
     * @param key 32 bytes
     */
    public SecretSeal(byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * Takes the key from a file of 64 hexadecimal digits; makes one that only we may read where
     * there is none.
     *
     * @throws StorageException when the file cannot be made or read, or holds something else
     */
    public static SecretSeal ofFile(Path file) {
        SecureRandom random = new SecureRandom();
        try {
            if (!Files.exists(file)) {
                makeKey(file, random);
            }
            byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
            return new SecretSeal(key, random);
        } catch (IOException | IllegalArgumentException unusable) {
            throw new StorageException(
                    "The key of the site's secrets "
                            + file
                            + " cannot be used: "
                            + unusable.getMessage()
                            + "\n    It is a file of 64 hexadecimal digits that this user may read;"
                            + " restore it from the backup.",
                    unusable);
        }
    }

    /** Under another name first: of two programs that start at once, both get the same key. */
    private static void makeKey(Path file, SecureRandom random) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            PrivateFiles.createFolder(folder);
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Path fresh = file.resolveSibling(file.getFileName() + "." + random.nextLong());
        PrivateFiles.createFile(fresh);
        try {
            Files.writeString(fresh, HexFormat.of().formatHex(key) + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException theOtherWasFaster) {
            // theirs holds
        } catch (UnsupportedOperationException noLinks) {
            move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to);
        } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException theOtherWasFaster) {
            // theirs holds
        }
    }

    /** True for a text that {@link #seal} made, whatever the key. */
    public static boolean isSealed(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * @param purpose where the value belongs
     */
    public String seal(String purpose, String clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] body =
                    cipher(Cipher.ENCRYPT_MODE, nonce, purpose)
                            .doFinal(clear.getBytes(StandardCharsets.UTF_8));
            byte[] all =
                    ByteBuffer.allocate(nonce.length + body.length).put(nonce).put(body).array();
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException everyJdkCan) {
            throw new IllegalStateException(everyJdkCan);
        }
    }

    /** The value; empty when it was sealed by another key or for another purpose, or not at all. */
    public Optional<String> open(String purpose, String sealed) {
        if (!isSealed(sealed)) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed.substring(PREFIX.length()));
            if (all.length < NONCE_BYTES + TAG_BITS / 8) {
                return Optional.empty();
            }
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            byte[] clear =
                    cipher(Cipher.DECRYPT_MODE, nonce, purpose)
                            .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new String(clear, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "SecretSeal[hidden]";
    }
}
