package io.jackfield.call.b2bua;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A key press in an INFO body: {@code application/dtmf-relay} ({@code Signal=5}, {@code
 * Duration=160}) or {@code application/dtmf} (the digit alone). No RFC; what phones send.
 *
 * @param digit 0–9, *, #, A–D
 * @param durationMillis 40 to 5,000
 */
record InfoDtmf(char digit, int durationMillis) {
    private static final int DURATION_DEFAULT = 160;
    private static final int DURATION_MIN = 40;
    private static final int DURATION_MAX = 5_000;
    private static final String DIGITS = "0123456789*#ABCD";

    static Optional<InfoDtmf> parse(String contentType, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/dtmf" -> of(text.strip(), DURATION_DEFAULT);
            case "application/dtmf-relay" -> relay(text);
            default -> Optional.empty();
        };
    }

    private static Optional<InfoDtmf> relay(String text) {
        String signal = "";
        int duration = DURATION_DEFAULT;
        for (String line : text.split("\n", 16)) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            if (name.equalsIgnoreCase("Signal")) {
                signal = value;
            } else if (name.equalsIgnoreCase("Duration")) {
                duration = number(value);
            }
        }
        return of(signal, duration);
    }

    private static Optional<InfoDtmf> of(String signal, int duration) {
        String upper = signal.toUpperCase(Locale.ROOT);
        if (upper.length() != 1 || DIGITS.indexOf(upper.charAt(0)) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new InfoDtmf(upper.charAt(0), Math.clamp(duration, DURATION_MIN, DURATION_MAX)));
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            return DURATION_DEFAULT;
        }
    }
}
