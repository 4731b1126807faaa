package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Session descriptions as bodies; what is in them is no matter of this package. */
final class Sdp {
    static final String TYPE = "application/sdp";

    private Sdp() {}

    static Optional<String> of(SipMessage message) {
        return message.hasBody(TYPE)
                ? Optional.of(new String(message.body(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    static SipRequest in(SipRequest request, Optional<String> sdp) {
        return sdp.map(s -> request.withBody(TYPE, s.getBytes(StandardCharsets.UTF_8)))
                .orElse(request);
    }

    static SipResponse in(SipResponse response, Optional<String> sdp) {
        return sdp.map(s -> response.withBody(TYPE, s.getBytes(StandardCharsets.UTF_8)))
                .orElse(response);
    }
}
