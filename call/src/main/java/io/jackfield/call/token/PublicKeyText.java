package io.jackfield.call.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a public key as {@code openssl pkey -pubout} writes it (RFC 7468 §13). */
public final class PublicKeyText {
    private static final Pattern PEM =
            Pattern.compile(
                    "\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,8192})"
                            + "-----END PUBLIC KEY-----\\s*");

    private PublicKeyText() {}

    /**
     * @throws UnusableKey when it is no such key
     */
    public static PublicKey read(TokenAlgorithm algorithm, String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            throw new UnusableKey("this is no public key in PEM (-----BEGIN PUBLIC KEY-----)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(
                            switch (algorithm) {
                                case EDDSA -> "EdDSA";
                                case ES256 -> "EC";
                                case RS256 -> "RSA";
                                case HS256 ->
                                        throw new UnusableKey("HS256 needs secret, not publicKey");
                            })
                    .generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            throw new UnusableKey("this is no public key for " + algorithm.jwsName());
        }
    }
}
