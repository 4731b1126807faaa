package io.jackfield.call.edge;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.Via;
import java.security.SecureRandom;

/**
 * Unguessable names: 80 random bits for a tag, 96 for a branch, 128 for a Call-ID.
 *
 * <p>Thread-safety: any thread; {@link SecureRandom} is safe for use by several.
 */
public final class RandomIdentifiers implements Identifiers {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS_PER_CHARACTER = 5;

    private final SecureRandom random;

    public RandomIdentifiers(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String tag() {
        return text(80);
    }

    @Override
    public String branch() {
        return Via.MAGIC_COOKIE + text(96);
    }

    @Override
    public String callId() {
        return text(128);
    }

    private String text(int bits) {
        int length = (bits + BITS_PER_CHARACTER - 1) / BITS_PER_CHARACTER;
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        StringBuilder out = new StringBuilder(length);
        for (byte b : bytes) {
            out.append(ALPHABET.charAt(b & 31));
        }
        return out.toString();
    }
}
