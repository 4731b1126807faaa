package io.jackfield.protocol.sip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** From bytes to text and back: folds, percent escapes, UTF-8. */
final class Text {
    /**
     * Escaped bytes that are no UTF-8 are kept as lone surrogates, U+DC80 to U+DCFF, so that two
     * different URIs never become one and writing gives back what was read.
     */
    private static final int RAW_BYTE_BASE = 0xDC00;

    private Text() {}

    /** Folds become one blank, the ends are stripped; what is no UTF-8 becomes U+FFFD. */
    static String unfolded(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (!holdsLineBreak(bytes, start, end)) {
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            if (bytes[i] != '\r') {
                out.write(bytes[i]);
                continue;
            }
            while (i + 1 < end && isBlank(bytes[i + 1])) {
                i++;
            }
            out.write(' ');
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static boolean holdsLineBreak(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    /** What percent-decoded bytes mean. */
    static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            StringBuilder out = new StringBuilder(bytes.length);
            for (byte b : bytes) {
                out.append((char) (b < 0 ? RAW_BYTE_BASE + (b & 0xFF) : b));
            }
            return out.toString();
        }
    }

    /** The inverse of {@link #decoded}. */
    static byte[] encoded(String text) {
        if (text.chars().noneMatch(Text::isRawByte)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] out = new byte[text.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) text.charAt(i);
        }
        return out;
    }

    private static boolean isRawByte(int c) {
        return c >= RAW_BYTE_BASE + 0x80 && c <= RAW_BYTE_BASE + 0xFF;
    }
}
