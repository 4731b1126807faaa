package io.jackfield.api.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows the receiver that a delivery is ours, and new (HMAC-SHA256, RFC 2104). Any thread. */
final class Signature {
    static final String HEADER = "Jackfield-Signature";

    private Signature() {}

    /**
     * {@code t=…,v1=…}: the time, and the HMAC of the time, a dot and the body.
     *
     * @param epochSeconds when it is sent; a receiver refuses what is older than some minutes
     */
    static String of(String secret, long epochSeconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] said = (epochSeconds + "." + body).getBytes(StandardCharsets.UTF_8);
            return "t=" + epochSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(said));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }
}
