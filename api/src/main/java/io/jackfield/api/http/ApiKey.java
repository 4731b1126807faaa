package io.jackfield.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A key of the site for the API. Only its hash is known here: the key itself is random, so that a
 * plain hash is as good as any.
 *
 * @param sha256 of the key, 64 hexadecimal digits in lower case
 * @param agent the only one for whom it may act; empty: for all
 * @param expires from then on it is refused; empty: never
 */
public record ApiKey(
        String name,
        String sha256,
        Set<Scope> scopes,
        Optional<String> agent,
        Optional<Instant> expires) {
    private static final String PREFIX = "jk_";
    private static final int RANDOM_BYTES = 24;

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** A new key of 192 random bits, to be shown once. */
    public static String random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of a key. */
    public static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Takes the same time wherever the two first differ. */
    boolean isHashed(String hash) {
        return MessageDigest.isEqual(
                sha256.getBytes(StandardCharsets.US_ASCII),
                hash.getBytes(StandardCharsets.US_ASCII));
    }
}
