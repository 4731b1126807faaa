package io.jackfield.protocol.sip;

import java.util.Objects;

/** A response (RFC 3261 §7.2). */
public final class SipResponse implements SipMessage {
    private final int status;
    private final String reason;
    private final SipHeaders headers;
    private final byte[] body;

    /**
     * @param status 100 to 699
     * @param headers with Via, From, To, Call-ID and CSeq
     * @param body copied
     * @throws IllegalArgumentException when the status is outside, or the reason not on one line
     */
    public SipResponse(int status, String reason, SipHeaders headers, byte[] body) {
        if (status < 100 || status > 699) {
            throw new IllegalArgumentException("status outside 100 to 699: " + status);
        }
        this.status = status;
        this.reason = Tokens.requireInLine(reason, "reason");
        this.headers = headers;
        this.body = body.clone();
    }

    public int status() {
        return status;
    }

    /** The reason phrase; may be empty. */
    public String reason() {
        return reason;
    }

    /**
     * True when it was sent to another: "if more than one Via header field value is present in a
     * response, the UAC SHOULD discard the message" (§8.1.3.3). We are never a proxy.
     */
    public boolean isMisrouted() {
        return headers.vias().size() > 1;
    }

    public boolean isProvisional() {
        return status < 200;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isFinal() {
        return status >= 200;
    }

    @Override
    public SipHeaders headers() {
        return headers;
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public boolean hasBody() {
        return body.length > 0;
    }

    public SipResponse withHeaders(SipHeaders next) {
        return new SipResponse(status, reason, next, body);
    }

    /** This response with that body and {@code Content-Type}. */
    public SipResponse withBody(String contentType, byte[] next) {
        return new SipResponse(status, reason, headers.with("Content-Type", contentType), next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipResponse that
                && status == that.status
                && reason.equals(that.reason)
                && headers.equals(that.headers)
                && SipMessage.sameBody(this, that);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, headers);
    }

    /** The start line and CSeq's method: bodies and headers may hold secrets. */
    @Override
    public String toString() {
        return status + " " + reason + " (" + method() + ")";
    }
}
