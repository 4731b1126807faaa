package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * To tags of answers that leave nothing behind: "To tags MUST be generated for responses in a
 * stateless manner - in a manner that will generate the same tag for the same request consistently"
 * (RFC 3261 §8.2.7). An INVITE and its ACK earn the same, so that the ACK is known when it comes.
 */
final class OwnTags {
    /** 64 bits; §19.3 asks for at least 32. */
    private static final int LENGTH_BYTES = 8;

    private final String secret;

    OwnTags(String secret) {
        this.secret = secret;
    }

    String tag(SipRequest request) {
        ServerTransactionId id = ServerTransactionId.of(request);
        String text =
                String.join(
                        "\n",
                        secret,
                        id.branch(),
                        id.sentBy(),
                        request.headers().callId(),
                        request.headers().from().tag().orElse(""));
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, LENGTH_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
