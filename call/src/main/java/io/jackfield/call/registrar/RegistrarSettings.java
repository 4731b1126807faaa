package io.jackfield.call.registrar;

import java.time.Duration;

/**
 * How long bindings live (RFC 3261 §10.3).
 *
 * @param expiresMin shorter wishes are answered 423 with {@code Min-Expires}; default 60 s
 * @param expiresMax longer wishes are shortened; default 1 h
 * @param expiresDefault when the phone names none; default 10 min
 * @param bindingsMax phones of one agent at a time; default 10, more are answered 403
 */
public record RegistrarSettings(
        Duration expiresMin, Duration expiresMax, Duration expiresDefault, int bindingsMax) {
    public static final RegistrarSettings DEFAULT =
            new RegistrarSettings(
                    Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofMinutes(10), 10);
}
