package io.jackfield.protocol.sdp;

import java.nio.charset.StandardCharsets;

/**
 * Reads descriptions (RFC 8866). Whatever the bytes are, the answer is a value; nothing is thrown,
 * and the time is linear in the length.
 *
 * <p>Strict in the first three lines, in what must be there, and in the grammar of every line whose
 * meaning we use; "unknown attributes MUST be ignored" (§5.13) and are kept as text; an unknown
 * type letter refuses the description (§5). Tolerant where phones are known to differ and nothing
 * can be misread: lines ended by LF alone (§5), lines after {@code s=} in another order than the
 * RFC's, spaces at the end of a line, blank lines at the very end, an empty session name.
 */
public final class SdpParser {
    /** Bytes of a description; the same as of any body we take. */
    public static final int BYTES_MAX = 32 * 1024;

    /** Lines of a description; a browser's audio and video offer has about 150. */
    public static final int LINES_MAX = 256;

    /** {@code m=} lines of a description; each costs a line in the answer. */
    public static final int MEDIA_MAX = 8;

    /**
     * Candidates kept of one media description; a laptop with virtual machines and a VPN shows 20.
     * The rest is dropped: connectivity needs one that works, and ours finds the peer by itself.
     */
    public static final int CANDIDATES_MAX = 32;

    /** What became of a description. */
    public sealed interface Result {}

    /** It is valid. */
    public record Parsed(SessionDescription description) implements Result {}

    /**
     * It is not.
     *
     * @param line counted from 1; 0 when the whole is meant
     * @param reason in words, without anything the peer wrote; fit for a Warning header
     */
    public record Rejected(int line, String reason) implements Result {}

    private SdpParser() {}

    /** Parses a body; bytes that are not UTF-8 become U+FFFD. */
    public static Result parse(byte[] body) {
        if (body.length > BYTES_MAX) {
            return tooLong();
        }
        return SdpReader.read(new String(body, StandardCharsets.UTF_8));
    }

    /** Parses a text. */
    public static Result parse(String text) {
        // A char is never less than a byte in UTF-8, so this bounds the work before the copy.
        if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return tooLong();
        }
        return SdpReader.read(text);
    }

    private static Result tooLong() {
        return new Rejected(0, "description is longer than " + BYTES_MAX + " bytes");
    }
}
