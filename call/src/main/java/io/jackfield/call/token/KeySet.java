package io.jackfield.call.token;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a JWK Set (RFC 7517 §5, RFC 7518 §6, RFC 8037 §2). Pure; any thread. */
public final class KeySet {
    /** More than any rotation needs; each find is one look-up anyway. */
    private static final int KEYS_MAX = 32;

    private static final int ED25519_BYTES = 32;
    private static final int P256_BYTES = 32;

    /**
     * RSA numbers are read up to this; longer keys are refused later, by a reason that names bits.
     */
    private static final int RSA_MAX_BYTES = 2_048;

    private KeySet() {}

    /**
     * The public keys of a set that can sign tokens. Keys of other kinds and uses are left out, as
     * §5 wants it; so are secrets, which have no place on the web.
     *
     * @return empty when the text is no key set, holds too many keys or one id twice
     */
    public static Optional<List<TokenKey>> read(String text, Optional<String> issuer) {
        Optional<List<Json>> listed =
                JsonReader.object(text)
                        .flatMap(set -> set.get("keys"))
                        .flatMap(keys ->
                                keys instanceof Json.Items(var items)
                                        ? Optional.of(items)
                                        : Optional.empty());
        if (listed.filter(items -> items.size() <= KEYS_MAX).isEmpty()) {
            return Optional.empty();
        }
        List<TokenKey> keys = new ArrayList<>();
        Set<String> kids = new HashSet<>();
        for (Json item : listed.get()) {
            Optional<TokenKey> key = item instanceof Json.Members jwk ? key(jwk, issuer) : none();
            if (key.isPresent() && !kids.add(key.get().kid())) {
                return Optional.empty();
            }
            key.ifPresent(keys::add);
        }
        return Optional.of(List.copyOf(keys));
    }

    private static Optional<TokenKey> none() {
        return Optional.empty();
    }

    private static Optional<TokenKey> key(Json.Members jwk, Optional<String> issuer) {
        Optional<TokenAlgorithm> algorithm = algorithm(jwk);
        Optional<String> kid = jwk.text("kid");
        boolean signs = !jwk.has("use") || jwk.text("use").filter("sig"::equals).isPresent();
        if (algorithm.isEmpty() || kid.isEmpty() || !signs) {
            return Optional.empty();
        }
        try {
            return publicKey(algorithm.get(), jwk)
                    .map(key ->
                            TokenKey.asymmetric(
                                    kid.get(),
                                    algorithm.get(),
                                    key,
                                    TokenKey.Validity.ALWAYS,
                                    issuer));
        } catch (GeneralSecurityException | UnusableKey unfit) {
            return Optional.empty();
        }
    }

    /** By the kind of the key; what {@code alg} says must agree. */
    private static Optional<TokenAlgorithm> algorithm(Json.Members jwk) {
        String kind = jwk.text("kty").orElse("") + " " + jwk.text("crv").orElse("");
        Optional<TokenAlgorithm> own =
                switch (kind) {
                    case "OKP Ed25519" -> Optional.of(TokenAlgorithm.EDDSA);
                    case "EC P-256" -> Optional.of(TokenAlgorithm.ES256);
                    case "RSA " -> Optional.of(TokenAlgorithm.RS256);
                    default -> Optional.empty();
                };
        return own.filter(a -> !jwk.has("alg") || jwk.text("alg").equals(Optional.of(a.jwsName())));
    }

    private static Optional<PublicKey> publicKey(TokenAlgorithm algorithm, Json.Members jwk)
            throws GeneralSecurityException {
        return switch (algorithm) {
            case EDDSA -> ed25519(jwk);
            case ES256 -> p256(jwk);
            case RS256 -> rsa(jwk);
            case HS256 -> Optional.empty();
        };
    }

    private static Optional<PublicKey> ed25519(Json.Members jwk) throws GeneralSecurityException {
        Optional<byte[]> x = bytes(jwk, "x").filter(b -> b.length == ED25519_BYTES);
        if (x.isEmpty()) {
            return Optional.empty();
        }
        byte[] bigEndian = reversed(x.get());
        boolean odd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return Optional.of(
                KeyFactory.getInstance("EdDSA")
                        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }

    private static Optional<PublicKey> p256(Json.Members jwk) throws GeneralSecurityException {
        Optional<byte[]> x = bytes(jwk, "x").filter(b -> b.length == P256_BYTES);
        Optional<byte[]> y = bytes(jwk, "y").filter(b -> b.length == P256_BYTES);
        if (x.isEmpty() || y.isEmpty()) {
            return Optional.empty();
        }
        ECPoint point = new ECPoint(new BigInteger(1, x.get()), new BigInteger(1, y.get()));
        return Optional.of(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, p256())));
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (InvalidParameterSpecException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static Optional<PublicKey> rsa(Json.Members jwk) throws GeneralSecurityException {
        Optional<byte[]> n = bytes(jwk, "n").filter(b -> b.length <= RSA_MAX_BYTES);
        Optional<byte[]> e = bytes(jwk, "e").filter(b -> b.length <= RSA_MAX_BYTES);
        if (n.isEmpty() || e.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new RSAPublicKeySpec(
                                        new BigInteger(1, n.get()), new BigInteger(1, e.get()))));
    }

    private static Optional<byte[]> bytes(Json.Members jwk, String name) {
        return jwk.text(name).flatMap(Base64Url::decode);
    }
}
