package io.jackfield.protocol.dtmf;

import java.util.Optional;

/** The sixteen DTMF digits; the order is that of their event codes (RFC 4733 §3.2). */
public enum DtmfDigit {
    DIGIT_0('0'),
    DIGIT_1('1'),
    DIGIT_2('2'),
    DIGIT_3('3'),
    DIGIT_4('4'),
    DIGIT_5('5'),
    DIGIT_6('6'),
    DIGIT_7('7'),
    DIGIT_8('8'),
    DIGIT_9('9'),
    STAR('*'),
    POUND('#'),
    A('A'),
    B('B'),
    C('C'),
    D('D');

    private final char character;

    DtmfDigit(char character) {
        this.character = character;
    }

    public char character() {
        return character;
    }

    /** Its event code, 0 to 15. */
    public int event() {
        return ordinal();
    }

    /** Empty for events that are no digit. */
    public static Optional<DtmfDigit> byEvent(int event) {
        return event >= 0 && event < values().length
                ? Optional.of(values()[event])
                : Optional.empty();
    }

    /** {@code 0-9 * # A-D}, in either case; empty for anything else. */
    public static Optional<DtmfDigit> byCharacter(char character) {
        char upper = Character.toUpperCase(character);
        for (DtmfDigit digit : values()) {
            if (digit.character == upper) {
                return Optional.of(digit);
            }
        }
        return Optional.empty();
    }
}
