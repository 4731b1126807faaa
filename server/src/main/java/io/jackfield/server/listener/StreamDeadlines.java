package io.jackfield.server.listener;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a stream connection may take over what it does. Pure; confined to its connection.
 *
 * <p>Each limit is measured from a beginning, not from the last byte: a byte now and then must not
 * hold a connection for ever.
 */
final class StreamDeadlines {
    /** For the TLS handshake of a connection that somebody opened to us. */
    static final Duration HANDSHAKE_WITHIN = Duration.ofSeconds(5);

    /** From the opening to the end of the first message. */
    static final Duration FIRST_MESSAGE_WITHIN = Duration.ofSeconds(10);

    /** From a message's first byte to its last. */
    static final Duration MESSAGE_WITHIN = Duration.ofSeconds(10);

    /** From a message's handing over to its leaving: the peer no longer reads. */
    static final Duration WRITE_WITHIN = Duration.ofSeconds(10);

    /** Without a byte; peers that want to keep a connection send keep-alives every 2 minutes. */
    static final Duration IDLE_MAX = Duration.ofMinutes(15);

    private final long openedNanos;
    private boolean greeted;
    private boolean handshaking;
    private long heardNanos;
    private long messageNanos;
    private boolean withinMessage;
    private long writeNanos;
    private boolean writing;

    /**
     * @param trusted we opened the connection ourselves, so it owes us no first message
     */
    StreamDeadlines(boolean trusted, boolean handshaking, long nowNanos) {
        this.greeted = trusted;
        this.handshaking = handshaking;
        this.openedNanos = nowNanos;
        this.heardNanos = nowNanos;
    }

    void handshakeDone() {
        handshaking = false;
    }

    /**
     * @param message at least one whole message was among the bytes
     * @param rest the bytes ended within a message
     */
    void heard(boolean message, boolean rest, long nowNanos) {
        heardNanos = nowNanos;
        greeted |= message;
        if (rest && (!withinMessage || message)) {
            messageNanos = nowNanos;
        }
        withinMessage = rest;
    }

    void writeBegins(long nowNanos) {
        writing = true;
        writeNanos = nowNanos;
    }

    void writeEnds() {
        writing = false;
    }

    /** Why the connection must end now; empty while it may live. */
    Optional<String> overdue(long nowNanos) {
        if (handshaking && passed(openedNanos, HANDSHAKE_WITHIN, nowNanos)) {
            return Optional.of("handshake took too long");
        }
        if (!greeted && passed(openedNanos, FIRST_MESSAGE_WITHIN, nowNanos)) {
            return Optional.of("no message came");
        }
        if (withinMessage && passed(messageNanos, MESSAGE_WITHIN, nowNanos)) {
            return Optional.of("a message took too long");
        }
        if (writing && passed(writeNanos, WRITE_WITHIN, nowNanos)) {
            return Optional.of("the peer does not read");
        }
        return passed(heardNanos, IDLE_MAX, nowNanos) ? Optional.of("idle") : Optional.empty();
    }

    private static boolean passed(long sinceNanos, Duration limit, long nowNanos) {
        return nowNanos - sinceNanos >= limit.toNanos();
    }
}
