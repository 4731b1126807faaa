package io.jackfield.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may be allowed. The words are part of the API and stay. */
public enum Scope {
    CALLS_READ,
    CALLS_WRITE,
    AGENTS_READ,
    AGENTS_WRITE,
    QUEUES_READ,
    CDRS_READ,
    RECORDINGS_READ,
    /** Pausing a recording. */
    RECORDINGS_WRITE,
    EVENTS_READ,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE,
    /** Ladders and the live trace: every message, with numbers and names, without secrets. */
    DIAGNOSIS_READ,
    SITE_READ,
    SITE_WRITE,
    METRICS_READ;

    /** As the site writes it: {@code calls:read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** The scope of that word; empty when there is none. */
    public static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }
}
