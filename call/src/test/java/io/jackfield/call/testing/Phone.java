package io.jackfield.call.testing;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.digest.DigestClient;
import java.util.Optional;
import java.util.regex.Matcher;

/** What an agent's phone says, one request after the other, with a Call-ID of its own. */
public final class Phone {
    private final String agent;
    private final String password;
    private final String callId;
    private int cseq;

    public Phone(String agent, String password) {
        this(agent, password, "of-" + agent);
    }

    public Phone(String agent, String password, String callId) {
        this.agent = agent;
        this.password = password;
        this.callId = callId;
    }

    /** A REGISTER with these further lines, such as Contact; no credentials. */
    public String register(String... lines) {
        return request("REGISTER", "sip:pbx.example", agent, lines);
    }

    /** An INVITE to that URI. */
    public String invite(String uri, String... lines) {
        return request("INVITE", uri, "600", lines);
    }

    /** Any request, from this agent. */
    public String request(String method, String uri, String toUser, String... lines) {
        cseq++;
        return """
        %1$s %2$s SIP/2.0
        Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK%3$s-%4$d
        From: <sip:%5$s@pbx.example>;tag=f
        To: <sip:%6$s@pbx.example>
        Call-ID: %3$s
        CSeq: %4$d %1$s
        Max-Forwards: 70
        """
                        .formatted(method, uri, callId, cseq, agent, toUser)
                + (lines.length == 0 ? "" : String.join("\n", lines) + "\n")
                + "\n";
    }

    /** A further request of the same kind, with the line that answers the challenge. */
    public String answering(String asked, SipResponse challenge, String next) {
        SipRequest request = SipText.request(asked);
        String credentials =
                new DigestClient(agent, password, Optional.empty())
                        .answer(request, challenge, "0123456789abcdef")
                        .orElseThrow()
                        .value();
        return next.replaceFirst(
                "Max-Forwards: 70\n",
                "Max-Forwards: 70\nAuthorization: " + Matcher.quoteReplacement(credentials) + "\n");
    }
}
