package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a message into start line, headers and body (RFC 3261 §7.5, §7.3.1), and goes on past what
 * is broken, so that the answer can still be addressed.
 *
 * <p>A line ends with CRLF alone. A lone CR, a lone LF, NUL and the other control characters are
 * refused wherever they stand: what one reader takes for the end of a line another does not.
 */
final class HeadScanner {
    private static final int BAD_REQUEST = 400;
    private static final int URI_TOO_LONG = 414;
    private static final int MESSAGE_TOO_LARGE = 513;

    private final byte[] bytes;
    private final int end;
    private final List<Head.Line> lines = new ArrayList<>();
    private Optional<Malformed> problem = Optional.empty();
    private int position;
    private int bodyStart = -1;

    private HeadScanner(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    static Head scan(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + SipParser.MESSAGE_MAX);
        HeadScanner scanner = new HeadScanner(bytes, from, end);
        Head.Span startLine = scanner.startLine();
        if (end < to) {
            scanner.report(MESSAGE_TOO_LARGE, end, "message is too long");
        }
        scanner.headers();
        return new Head(
                bytes,
                startLine,
                List.copyOf(scanner.lines),
                scanner.bodyStart,
                to,
                scanner.problem);
    }

    /** "Implementations processing SIP messages MUST ignore any CRLF before the start-line." */
    private Head.Span startLine() {
        while (isLineBreak(position)) {
            position += 2;
        }
        int from = position;
        int to = endOfLine(from);
        position = Math.min(end, to + 2);
        if (to - from > SipParser.START_LINE_MAX) {
            report(URI_TOO_LONG, from, "start line is too long");
        }
        return new Head.Span(from, Math.min(to, from + SipParser.START_LINE_MAX));
    }

    private void headers() {
        while (position < end && bodyStart < 0) {
            if (isLineBreak(position)) {
                bodyStart = position + 2;
            } else if (lines.size() == SipParser.HEADERS_MAX) {
                report(MESSAGE_TOO_LARGE, position, "too many headers");
                return;
            } else {
                header();
            }
        }
        if (bodyStart < 0) {
            report(BAD_REQUEST, end, "no empty line behind the headers");
        }
    }

    private void header() {
        int from = position;
        int to = endOfLine(from);
        while (isBlank(to + 2)) {
            to = endOfLine(to + 2);
        }
        position = Math.min(end, to + 2);
        int dirty = controlCharacter(from, to);
        if (dirty >= 0) {
            report(BAD_REQUEST, dirty, "control character");
        } else if (to - from > SipParser.HEADER_LENGTH_MAX) {
            report(MESSAGE_TOO_LARGE, from, "header is too long");
        } else {
            split(new Cursor(bytes, from, to));
        }
    }

    /**
     * {@code HCOLON = *( SP / HTAB ) ":" SWS}: white space before the colon is no part of the name.
     */
    private void split(Cursor in) {
        try {
            String name = in.token("a header name");
            while (in.peek() == ' ' || in.peek() == '\t') {
                in.skip(1);
            }
            in.expect(':');
            lines.add(new Head.Line(HeaderNames.canonical(name), in.position(), in.end()));
        } catch (Malformed malformed) {
            report(malformed.status(), malformed.position(), malformed.reason());
        }
    }

    /** Where the next CRLF stands; the end when there is none. */
    private int endOfLine(int from) {
        int i = from;
        while (i < end && !isLineBreak(i)) {
            i++;
        }
        return i;
    }

    private boolean isLineBreak(int at) {
        return at + 1 < end && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }

    private boolean isBlank(int at) {
        return at < end && (bytes[at] == ' ' || bytes[at] == '\t');
    }

    /** The first control character that is no tab and no fold; -1 when there is none. */
    private int controlCharacter(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isLineBreak(i)) {
                i++;
            } else if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t'
                    || bytes[i] == Tokens.DELETE) {
                return i;
            }
        }
        return -1;
    }

    private void report(int status, int at, String reason) {
        if (problem.isEmpty()) {
            problem = Optional.of(new Malformed(status, at, reason));
        }
    }
}
