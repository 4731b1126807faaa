package io.jackfield.protocol.sip;

import java.util.Optional;

/** Reads the value of one header, the whole of it, or says that it is none. */
final class Values {
    private Values() {}

    /** Reads one value; the cursor stands at its first byte that is no white space. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Cursor in) throws Malformed;
    }

    static <T> Optional<T> parse(String text, Reader<T> reader) {
        Cursor in = Cursor.over(text);
        try {
            in.skipLws();
            T value = reader.read(in);
            in.expectEnd();
            return Optional.of(value);
        } catch (Malformed malformed) {
            return Optional.empty();
        }
    }
}
