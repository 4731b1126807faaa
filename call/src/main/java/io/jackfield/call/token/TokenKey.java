package io.jackfield.call.token;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that tokens are checked with. Its algorithm is the key's own: what a token says of it can
 * only agree or be refused (CVE-2015-9235).
 *
 * <p>Immutable; any thread. Has no text form: one of the kinds is a secret.
 */
public final class TokenKey {
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final int SECRET_MIN_BYTES = 32;
    private static final int ES256_SIGNATURE_BYTES = 64;
    private static final int ED25519_SIGNATURE_BYTES = 64;

    private sealed interface Material {
        record Public(PublicKey key) implements Material {}

        record Edwards(Ed25519Key key) implements Material {}

        record Secret(SecretKeySpec key) implements Material {}
    }

    private final String kid;
    private final TokenAlgorithm algorithm;
    private final Material material;
    private final Validity validity;
    private final Optional<String> issuer;

    /**
     * When tokens signed with a key are taken, for rotation: both ends may be open.
     *
     * @param notBefore the first moment
     * @param notAfter the first moment after it
     */
    public record Validity(Optional<Instant> notBefore, Optional<Instant> notAfter) {
        public static final Validity ALWAYS = new Validity(Optional.empty(), Optional.empty());

        public Validity {
            if (notBefore.isPresent()
                    && notAfter.isPresent()
                    && !notBefore.get().isBefore(notAfter.get())) {
                throw new UnusableKey("notAfter must be later than notBefore");
            }
        }

        boolean covers(Instant now) {
            return notBefore.filter(now::isBefore).isEmpty()
                    && notAfter.filter(end -> !now.isBefore(end)).isEmpty();
        }
    }

    private TokenKey(
            String kid,
            TokenAlgorithm algorithm,
            Material material,
            Validity validity,
            Optional<String> issuer) {
        if (!isKid(kid)) {
            throw new UnusableKey("kid has 1 to 64 letters, digits, dots, colons, _ or -");
        }
        this.kid = kid;
        this.algorithm = algorithm;
        this.material = material;
        this.validity = validity;
        this.issuer = issuer;
    }

    /**
     * A key whose private half the CRM keeps.
     *
     * @param issuer what {@code iss} must say; empty when anything will do
     * @throws UnusableKey when the key is not one of the algorithm's, or too weak
     */
    public static TokenKey asymmetric(
            String kid,
            TokenAlgorithm algorithm,
            PublicKey key,
            Validity validity,
            Optional<String> issuer) {
        KeyRules.check(algorithm, key);
        Material material =
                algorithm == TokenAlgorithm.EDDSA
                        ? new Material.Edwards(new Ed25519Key(key))
                        : new Material.Public(key);
        return new TokenKey(kid, algorithm, material, validity, issuer);
    }

    /**
     * A key that the CRM and we share: HS256 and nothing else.
     *
     * @throws UnusableKey when it is shorter than 256 bits (RFC 7518 §3.2)
     */
    public static TokenKey shared(
            String kid, byte[] secret, Validity validity, Optional<String> issuer) {
        if (secret.length < SECRET_MIN_BYTES) {
            throw new UnusableKey("a secret for HS256 has at least 256 bits (32 bytes)");
        }
        Material material = new Material.Secret(new SecretKeySpec(secret, "HmacSHA256"));
        return new TokenKey(kid, TokenAlgorithm.HS256, material, validity, issuer);
    }

    static boolean isKid(String text) {
        return KID.matcher(text).matches();
    }

    public String kid() {
        return kid;
    }

    public TokenAlgorithm algorithm() {
        return algorithm;
    }

    Validity validity() {
        return validity;
    }

    Optional<String> issuer() {
        return issuer;
    }

    /** True when that signature over those bytes was made with this key. Never throws. */
    boolean hasSigned(byte[] input, byte[] signature) {
        try {
            return switch (material) {
                case Material.Secret(var key) -> hasSigned(key, input, signature);
                case Material.Public(var key) ->
                        fits(signature) && hasSigned(key, input, signature);
                case Material.Edwards(var key) ->
                        fits(signature) && key.hasSigned(input, signature);
            };
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }

    /** Numbers out of range are refused here, whatever the library behind does with them. */
    private boolean fits(byte[] signature) {
        return switch (algorithm) {
            case ES256 -> signature.length == ES256_SIGNATURE_BYTES && KeyRules.inP256(signature);
            case EDDSA ->
                    signature.length == ED25519_SIGNATURE_BYTES && KeyRules.inEd25519(signature);
            case RS256 -> true;
            case HS256 -> false;
        };
    }

    private boolean hasSigned(PublicKey key, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier =
                Signature.getInstance(
                        switch (algorithm) {
                            case ES256 -> "SHA256withECDSAinP1363Format";
                            case RS256 -> "SHA256withRSA";
                            case EDDSA, HS256 ->
                                    throw new UnusableKey(algorithm + " is not checked here");
                        });
        verifier.initVerify(key);
        verifier.update(input);
        return verifier.verify(signature);
    }

    private static boolean hasSigned(SecretKeySpec key, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return MessageDigest.isEqual(mac.doFinal(input), signature);
    }
}
