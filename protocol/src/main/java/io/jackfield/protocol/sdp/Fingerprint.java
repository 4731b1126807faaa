package io.jackfield.protocol.sdp;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The fingerprint of a certificate (RFC 8122 §5).
 *
 * @param hash the hash function
 * @param value upper-case pairs of hexadecimal digits with colons between
 */
public record Fingerprint(Hash hash, String value) {
    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

    /** The hash functions we read; those of a fingerprint to rely on are {@link #isStrong}. */
    public enum Hash {
        SHA_1("sha-1", "SHA-1", 20, false),
        SHA_256("sha-256", "SHA-256", 32, true),
        SHA_384("sha-384", "SHA-384", 48, true),
        SHA_512("sha-512", "SHA-512", 64, true);

        private final String sdpName;
        private final String digestName;
        private final int bytes;
        private final boolean strong;

        Hash(String sdpName, String digestName, int bytes, boolean strong) {
            this.sdpName = sdpName;
            this.digestName = digestName;
            this.bytes = bytes;
            this.strong = strong;
        }

        /** As in {@code a=fingerprint}. */
        public String sdpName() {
            return sdpName;
        }

        /** As {@link java.security.MessageDigest} knows it. */
        public String digestName() {
            return digestName;
        }

        /** False for SHA-1, which a certificate must not be trusted by any more. */
        public boolean isStrong() {
            return strong;
        }
    }

    public Fingerprint {
        value = value.toUpperCase(Locale.ROOT);
        SdpText.check(isPairs(value, hash.bytes), hash.sdpName + " fingerprint", value);
    }

    /**
     * The fingerprint of that digest.
     *
     * @param digest of the certificate's DER form, as long as the hash function makes it
     */
    public static Fingerprint of(Hash hash, byte[] digest) {
        return new Fingerprint(hash, PAIRS.formatHex(digest));
    }

    /** The bytes of the digest. */
    public byte[] digest() {
        return PAIRS.parseHex(value);
    }

    static Optional<Fingerprint> parse(String text) {
        String[] fields = SdpText.fields(text);
        if (fields.length != 2) {
            return Optional.empty();
        }
        for (Hash hash : Hash.values()) {
            if (hash.sdpName.equalsIgnoreCase(fields[0]) && isPairs(fields[1], hash.bytes)) {
                return Optional.of(new Fingerprint(hash, fields[1]));
            }
        }
        return Optional.empty();
    }

    private static boolean isPairs(String text, int bytes) {
        if (text.length() != 3 * bytes - 1) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            boolean fits =
                    i % 3 == 2 ? text.charAt(i) == ':' : HexFormat.isHexDigit(text.charAt(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return hash.sdpName + " " + value;
    }
}
