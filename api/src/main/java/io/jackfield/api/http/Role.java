package io.jackfield.api.http;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Usual sets of scopes. */
public enum Role {
    /** Everything, as {@code api.token}. */
    ADMIN(EnumSet.allOf(Scope.class)),
    /** Sees and steers people and calls; changes no settings. */
    SUPERVISOR(
            EnumSet.of(
                    Scope.CALLS_READ,
                    Scope.CALLS_WRITE,
                    Scope.AGENTS_READ,
                    Scope.AGENTS_WRITE,
                    Scope.QUEUES_READ,
                    Scope.CDRS_READ,
                    Scope.RECORDINGS_READ,
                    Scope.RECORDINGS_WRITE,
                    Scope.EVENTS_READ,
                    Scope.DIAGNOSIS_READ)),
    /** The server of a CRM. */
    CRM(
            EnumSet.of(
                    Scope.CALLS_READ,
                    Scope.CALLS_WRITE,
                    Scope.AGENTS_READ,
                    Scope.AGENTS_WRITE,
                    Scope.QUEUES_READ,
                    Scope.CDRS_READ,
                    Scope.RECORDINGS_READ,
                    Scope.RECORDINGS_WRITE,
                    Scope.EVENTS_READ,
                    Scope.WEBHOOKS_READ)),
    /**
     * One agent's own: begins calls for that agent and changes that agent's state, nobody else's.
     */
    AGENT(EnumSet.of(Scope.CALLS_WRITE, Scope.AGENTS_READ, Scope.AGENTS_WRITE, Scope.QUEUES_READ)),
    /** Looks, and changes nothing; no settings and no recordings. */
    READ(
            EnumSet.of(
                    Scope.CALLS_READ,
                    Scope.AGENTS_READ,
                    Scope.QUEUES_READ,
                    Scope.CDRS_READ,
                    Scope.EVENTS_READ,
                    Scope.METRICS_READ)),
    /** Prometheus. */
    METRICS(EnumSet.of(Scope.METRICS_READ));

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf
    private final Set<Scope> scopes;

    Role(Set<Scope> scopes) {
        this.scopes = Set.copyOf(scopes);
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    /** As the site writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that word; empty when there is none. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
