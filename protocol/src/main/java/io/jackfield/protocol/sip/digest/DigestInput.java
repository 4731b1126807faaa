package io.jackfield.protocol.sip.digest;

import java.util.Optional;

/**
 * What a response value is computed from, apart from HA1 (RFC 7616 §3.4.1).
 *
 * @param method of the request
 * @param uri the {@code uri} parameter, letter by letter
 * @param counted empty for the response of RFC 2069, without {@code qop}
 * @param body only looked at for {@link Qop#AUTH_INT}
 */
// Made for one computation and never compared.
@SuppressWarnings("ArrayRecordComponent")
record DigestInput(
        String method, String uri, String nonce, Optional<Counted> counted, byte[] body) {
    /**
     * What {@code qop} adds.
     *
     * @param nonceCount eight hexadecimal digits
     */
    record Counted(Qop qop, String nonceCount, String cnonce) {}

    /** The {@code response} value. */
    String response(DigestAlgorithm algorithm, String storedHa1) {
        String ha1 = sessionHa1(algorithm, storedHa1);
        String ha2 = ha2(algorithm);
        return counted.map(c ->
                        algorithm.hash(
                                String.join(
                                        ":",
                                        ha1,
                                        nonce,
                                        c.nonceCount(),
                                        c.cnonce(),
                                        c.qop().token(),
                                        ha2)))
                .orElseGet(() -> algorithm.hash(String.join(":", ha1, nonce, ha2)));
    }

    private String sessionHa1(DigestAlgorithm algorithm, String storedHa1) {
        if (!algorithm.isSession()) {
            return storedHa1;
        }
        String cnonce = counted.map(Counted::cnonce).orElse("");
        return algorithm.hash(String.join(":", storedHa1, nonce, cnonce));
    }

    private String ha2(DigestAlgorithm algorithm) {
        boolean protectsBody = counted.filter(c -> c.qop() == Qop.AUTH_INT).isPresent();
        String request = method + ":" + uri;
        return algorithm.hash(protectsBody ? request + ":" + algorithm.hash(body) : request);
    }
}
