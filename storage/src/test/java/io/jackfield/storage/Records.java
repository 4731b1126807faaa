package io.jackfield.storage;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.Heard;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Call records for tests. */
public final class Records {
    private Records() {}

    /** A record that knows everything; a larger number is a later call. */
    public static Cdr full(int number) {
        return new Cdr(
                id(number),
                Optional.of("lead-" + number),
                Cdr.Direction.OUTBOUND,
                "1001",
                "95551234",
                Optional.of("carrier"),
                2,
                Instant.parse("2026-11-23T10:15:30.120Z").plusSeconds(number),
                4_200,
                61_000,
                Cdr.HangupSide.CALLEE,
                "normal",
                200,
                Optional.of("PCMA"),
                new Heard(
                        Optional.of(3_050L), Optional.of(3L), Optional.of(2.5), Optional.of(41.0)),
                new Heard(
                        Optional.of(3_049L), Optional.of(0L), Optional.of(0.1), Optional.of(7.25)),
                Optional.of(id(number)),
                Optional.of("{\"verdict\":\"Well.\",\"bad_s\":" + number + "}"));
    }

    /** A record of a call that nobody answered: most things are not known. */
    public static Cdr sparse(int number) {
        return new Cdr(
                id(number),
                Optional.empty(),
                Cdr.Direction.INTERNAL,
                "\"Анна\"\n<1001>",
                "1002",
                Optional.empty(),
                1,
                Instant.parse("2026-11-23T10:15:30Z"),
                60_000,
                0,
                Cdr.HangupSide.PBX,
                "no answer",
                480,
                Optional.empty(),
                Heard.NOTHING,
                Heard.NOTHING,
                Optional.empty());
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "%028d", number);
    }
}
