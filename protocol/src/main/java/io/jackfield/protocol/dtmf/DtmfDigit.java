package io.jackfield.protocol.dtmf;

import java.util.Optional;

/** The sixteen DTMF digits (RFC 4733 §3.2). */
public enum DtmfDigit {
    DIGIT_0(0, '0'),
    DIGIT_1(1, '1'),
    DIGIT_2(2, '2'),
    DIGIT_3(3, '3'),
    DIGIT_4(4, '4'),
    DIGIT_5(5, '5'),
    DIGIT_6(6, '6'),
    DIGIT_7(7, '7'),
    DIGIT_8(8, '8'),
    DIGIT_9(9, '9'),
    STAR(10, '*'),
    POUND(11, '#'),
    A(12, 'A'),
    B(13, 'B'),
    C(14, 'C'),
    D(15, 'D');

    private final int event;
    private final char character;

    DtmfDigit(int event, char character) {
        this.event = event;
        this.character = character;
    }

    public char character() {
        return character;
    }

    /** Its event code, 0 to 15. */
    public int event() {
        return event;
    }

    /** Empty for events that are no digit. */
    public static Optional<DtmfDigit> byEvent(int event) {
        for (DtmfDigit digit : values()) {
            if (digit.event == event) {
                return Optional.of(digit);
            }
        }
        return Optional.empty();
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
