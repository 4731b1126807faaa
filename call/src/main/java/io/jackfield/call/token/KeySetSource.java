package io.jackfield.call.token;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a JWK Set (RFC 7517 §5) is fetched from.
 *
 * @param issuer what {@code iss} must say of tokens signed with its keys; empty: anything
 * @param refresh how often it is fetched
 * @param keep how long the last good one is used when no new one can be had
 */
public record KeySetSource(URI url, Optional<String> issuer, Duration refresh, Duration keep) {}
