package io.jackfield.protocol.sip;

import java.util.Optional;

/** {@code qvalue} (RFC 3261 §25.1), in thousandths. */
final class QValue {
    static final int MAX = 1_000;

    private QValue() {}

    /** Reads 0, 0.7, 0.375, 1, 1.000; empty for anything else. */
    static Optional<Integer> parse(String text) {
        return Values.parse(text, QValue::read);
    }

    private static int read(Cursor in) throws Malformed {
        int value = in.digit() * MAX;
        if (in.take('.')) {
            for (int place = MAX / 10; place > 0 && Tokens.isDigit(in.peek()); place /= 10) {
                value += in.digit() * place;
            }
        }
        if (value > MAX) {
            throw in.malformed("q above 1");
        }
        return value;
    }
}
