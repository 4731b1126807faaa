package io.jackfield.protocol.sip;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes a message of lines, or says what is wrong with the first that is. */
final class MessageReader {
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_SCHEME = 416;
    private static final int VERSION_NOT_SUPPORTED = 505;
    private static final int MESSAGE_TOO_LARGE = 513;

    /** Schemes a Request-URI may have here; what becomes of them is decided by routing. */
    private static final Set<String> SCHEMES = Set.of("tel", "urn");

    private static final String VERSION = "SIP/2.0";

    private MessageReader() {}

    static SipMessage read(Head head, Framing framing) throws Malformed {
        Cursor in = head.startLineCursor();
        return isResponse(in) ? response(head, in, framing) : request(head, in, framing);
    }

    /** A status line begins with the version; no method can, since a slash is no token. */
    static boolean isResponse(Cursor in) {
        return (in.peek() | 0x20) == 's'
                && (in.peek(1) | 0x20) == 'i'
                && (in.peek(2) | 0x20) == 'p'
                && in.peek(3) == '/';
    }

    private static SipRequest request(Head head, Cursor in, Framing framing) throws Malformed {
        int methodStart = in.position();
        SipMethod method = method(in);
        in.expect(' ');
        failOn(head.problem().filter(p -> p.status() != BAD_REQUEST));
        Uri uri = requestUri(in);
        in.expect(' ');
        version(in);
        failOn(head.problem());
        HeaderReader headers = HeaderReader.read(head);
        SipHeaders read = headers.headers();
        if (!read.cseq().method().equals(method)) {
            throw new Malformed(BAD_REQUEST, methodStart, "CSeq names another method");
        }
        return new SipRequest(uri, read, body(head, headers.contentLength(), framing));
    }

    private static SipResponse response(Head head, Cursor in, Framing framing) throws Malformed {
        version(in.until(" "));
        in.expect(' ');
        int status = status(in);
        in.expect(' ');
        String reason = reason(in);
        failOn(head.problem());
        HeaderReader headers = HeaderReader.read(head);
        byte[] body = body(head, headers.contentLength(), framing);
        return new SipResponse(status, reason, headers.headers(), body);
    }

    private static void failOn(Optional<Malformed> problem) throws Malformed {
        if (problem.isPresent()) {
            throw problem.get();
        }
    }

    static SipMethod method(Cursor in) throws Malformed {
        int start = in.position();
        String name = in.token("a method");
        if (name.length() > SipMethod.LENGTH_MAX) {
            throw new Malformed(BAD_REQUEST, start, "method is too long");
        }
        return SipMethod.of(name);
    }

    private static Uri requestUri(Cursor in) throws Malformed {
        int start = in.position();
        Uri uri = UriReader.read(in.until(" "));
        return switch (uri) {
            // §19.1.1, table 1: headers are "not allowed" in a Request-URI.
            case SipUri sip when !sip.headers().isEmpty() ->
                    throw new Malformed(BAD_REQUEST, start, "headers in the Request-URI");
            case OtherUri other when !SCHEMES.contains(other.scheme()) ->
                    throw new Malformed(UNSUPPORTED_SCHEME, start, "URI scheme is not supported");
            case SipUri sip -> sip;
            case OtherUri other -> other;
        };
    }

    /** {@code SIP-Version}, "case-insensitive" (§7.1); another than 2.0 earns 505. */
    private static void version(Cursor in) throws Malformed {
        int start = in.position();
        String text = in.ascii(start, in.end());
        in.skip(text.length());
        if (text.equalsIgnoreCase(VERSION)) {
            return;
        }
        boolean another = isResponse(Cursor.over(text)) && isNumbered(text.substring(4));
        int status = another ? VERSION_NOT_SUPPORTED : BAD_REQUEST;
        throw new Malformed(status, start, "expected " + VERSION);
    }

    private static boolean isNumbered(String version) {
        return !version.isEmpty() && version.chars().allMatch(c -> Tokens.isDigit(c) || c == '.');
    }

    private static int status(Cursor in) throws Malformed {
        int start = in.position();
        int status = (int) in.number(699, "status");
        if (status < 100 || in.position() - start != 3) {
            throw new Malformed(BAD_REQUEST, start, "status outside 100 to 699");
        }
        return status;
    }

    private static String reason(Cursor in) throws Malformed {
        String reason = in.text(in.position(), in.end());
        if (!Tokens.fitsInLine(reason)) {
            throw in.malformed("control character");
        }
        return reason;
    }

    /** The body by §18.3; see {@link Framing}. */
    private static byte[] body(Head head, OptionalInt contentLength, Framing framing)
            throws Malformed {
        int there = head.end() - head.bodyStart();
        int length = contentLength.orElse(there);
        if (contentLength.isEmpty() && framing == Framing.STREAM) {
            throw new Malformed(BAD_REQUEST, head.bodyStart(), "no Content-Length over a stream");
        }
        if (length > there) {
            throw new Malformed(BAD_REQUEST, head.end(), "message ends before Content-Length");
        }
        if (length < there && framing != Framing.DATAGRAM) {
            throw new Malformed(BAD_REQUEST, head.bodyStart() + length, "bytes behind the body");
        }
        if (length > SipParser.BODY_MAX) {
            throw new Malformed(MESSAGE_TOO_LARGE, head.bodyStart(), "body is too long");
        }
        return Arrays.copyOfRange(head.bytes(), head.bodyStart(), head.bodyStart() + length);
    }
}
