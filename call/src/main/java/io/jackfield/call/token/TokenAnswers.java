package io.jackfield.call.token;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import java.util.List;

/** What a phone hears when its call is not let out. Pure; any thread. */
public final class TokenAnswers {
    private TokenAnswers() {}

    /**
     * 403 with the reason in words as its phrase, and by its code for programs: as a Warning of no
     * particular kind (RFC 3261 §20.43, warn-code 399) and as a Reason (RFC 3326).
     */
    public static SipResponse refusal(SipRequest invite, TokenRefusal why, String toTag) {
        SipResponse response = SipResponses.to(invite, 403, why.words(), toTag);
        String text = "call-token " + why.code();
        return response.withHeaders(
                response.headers()
                        .plusAll(
                                List.of(
                                        new Header("Warning", "399 jackfield \"" + text + "\""),
                                        new Header(
                                                "Reason", "SIP;cause=403;text=\"" + text + "\""))));
    }
}
