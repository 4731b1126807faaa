package io.jackfield.call.routing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The HA1 of one user in one realm, per algorithm (RFC 7616 §3.4.2, RFC 8760). As good as the
 * password within that realm: never printed, never logged.
 */
public final class Credential {
    private final String md5;
    private final String sha256;

    /**
     * @param md5 32 hexadecimal digits, lower case
     * @param sha256 64 hexadecimal digits, lower case
     */
    public Credential(String md5, String sha256) {
        this.md5 = md5;
        this.sha256 = sha256;
    }

    /** Computes both from a clear-text password, which is not kept. */
    public static Credential of(String user, String realm, String password) {
        String text = user + ":" + realm + ":" + password;
        return new Credential(hash("MD5", text), hash("SHA-256", text));
    }

    public String md5() {
        return md5;
    }

    public String sha256() {
        return sha256;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credential credential
                && MessageDigest.isEqual(bytes(md5), bytes(credential.md5))
                && MessageDigest.isEqual(bytes(sha256), bytes(credential.sha256));
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    private static byte[] bytes(String digits) {
        return digits.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Credential[hidden]";
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasThem) {
            throw new IllegalStateException(everyJdkHasThem);
        }
    }
}
