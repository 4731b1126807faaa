package io.jackfield.api.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What part of a file a request asks for (RFC 9110 §14.2). Pure.
 *
 * @param first byte, from 0
 * @param last byte, included
 */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a header comes to. */
    sealed interface Asked {
        /** All of it: no range, several, or one that we do not understand (§14.2 lets us). */
        record Everything() implements Asked {}

        record Part(ByteRange range) implements Asked {}

        /** No byte of it is there: 416. */
        record Nothing() implements Asked {}
    }

    long length() {
        return last - first + 1;
    }

    /**
     * @param header of the request; empty where there is none
     * @param size of the file
     */
    static Asked read(Optional<String> header, long size) {
        Matcher matcher = ONE.matcher(header.orElse(""));
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return new Asked.Everything();
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(matcher.group(2)), size);
            return part(size - suffix, size - 1);
        }
        long first = Long.parseLong(matcher.group(1));
        if (matcher.group(2).isEmpty()) {
            return part(first, size - 1);
        }
        long last = Long.parseLong(matcher.group(2));
        return last < first ? new Asked.Everything() : part(first, Math.min(last, size - 1));
    }

    private static Asked part(long first, long last) {
        return first > last ? new Asked.Nothing() : new Asked.Part(new ByteRange(first, last));
    }
}
