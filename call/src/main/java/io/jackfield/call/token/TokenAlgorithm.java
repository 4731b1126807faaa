package io.jackfield.call.token;

import java.util.Optional;

/** How tokens are signed (RFC 7518 §3.1, RFC 8037 §3.1). There are no others, and no "none". */
public enum TokenAlgorithm {
    /** Ed25519. */
    EDDSA("EdDSA"),

    /** ECDSA on P-256 with SHA-256. */
    ES256("ES256"),

    /** RSASSA-PKCS1-v1_5 with SHA-256; keys of 2048 bits and more. */
    RS256("RS256"),

    /** HMAC with SHA-256; keys of 256 bits and more. */
    HS256("HS256");

    private final String jwsName;

    TokenAlgorithm(String jwsName) {
        this.jwsName = jwsName;
    }

    /** As {@code alg} writes it. */
    public String jwsName() {
        return jwsName;
    }

    /** The one of exactly that name: RFC 7515 §4.1.1 makes it case-sensitive. */
    public static Optional<TokenAlgorithm> of(String jwsName) {
        for (TokenAlgorithm algorithm : values()) {
            if (algorithm.jwsName.equals(jwsName)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
