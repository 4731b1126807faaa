package io.jackfield.protocol.sip;

import java.util.Objects;

/** A request (RFC 3261 §7.1). Its method is the one in CSeq. */
public final class SipRequest implements SipMessage {
    private final Uri uri;
    private final SipHeaders headers;
    private final byte[] body;

    /**
     * @param headers with Via, From, To, Call-ID and CSeq
     * @param body copied
     */
    public SipRequest(Uri uri, SipHeaders headers, byte[] body) {
        this.uri = uri;
        this.headers = headers;
        this.body = body.clone();
    }

    /** The Request-URI. */
    public Uri uri() {
        return uri;
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

    public SipRequest withUri(Uri next) {
        return new SipRequest(next, headers, body);
    }

    public SipRequest withHeaders(SipHeaders next) {
        return new SipRequest(uri, next, body);
    }

    /** This request with that body and {@code Content-Type}. */
    public SipRequest withBody(String contentType, byte[] next) {
        return new SipRequest(uri, headers.with("Content-Type", contentType), next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipRequest that
                && uri.equals(that.uri)
                && headers.equals(that.headers)
                && SipMessage.sameBody(this, that);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, headers);
    }

    /** The start line alone, without a password: bodies and headers may hold secrets. */
    @Override
    public String toString() {
        return method() + " " + uri;
    }
}
