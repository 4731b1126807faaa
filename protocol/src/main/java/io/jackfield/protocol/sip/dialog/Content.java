package io.jackfield.protocol.sip.dialog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A body and its Content-Type, compared by content. Immutable; any thread. */
public final class Content {
    private final String type;
    private final byte[] bytes;

    /**
     * @param type value of Content-Type; empty when there was none
     * @param bytes copied
     */
    public Content(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes.clone();
    }

    /** A body of text, in UTF-8. */
    public static Content of(String type, String text) {
        return new Content(type, text.getBytes(StandardCharsets.UTF_8));
    }

    public String type() {
        return type;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** As UTF-8; what is not UTF-8 becomes U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that
                && type.equals(that.type)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    /** Type and length alone: a body may hold digits of a card. */
    @Override
    public String toString() {
        return type + " (" + bytes.length + " bytes)";
    }
}
