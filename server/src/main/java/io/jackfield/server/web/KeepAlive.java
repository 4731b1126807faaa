package io.jackfield.server.web;

import java.time.Duration;

/**
 * When a WebSocket connection is pinged, and when one over which no SIP comes is given up.
 *
 * <p>Pings keep the middleboxes' state alive and find dead peers: browsers cannot send them
 * themselves, and timers of pages in the background are throttled, so the server does it (RFC 7118
 * §6). Single-threaded.
 */
final class KeepAlive {
    /** Well below the 30 to 60 s after which proxies and NATs forget a silent connection. */
    static final Duration PING_EVERY = Duration.ofSeconds(20);

    /** A phone registers at once; whoever says nothing for so long holds a place for nothing. */
    static final Duration FIRST_MESSAGE_WITHIN = Duration.ofSeconds(10);

    private final long openedNanos;
    private long pingedNanos;

    KeepAlive(long openedNanos) {
        this.openedNanos = openedNanos;
        this.pingedNanos = openedNanos;
    }

    /** What to do with the connection. */
    enum Duty {
        NOTHING,
        PING,
        GIVE_UP
    }

    /**
     * @param heard whether a SIP message has come yet
     */
    Duty at(long nowNanos, boolean heard) {
        if (!heard && nowNanos - openedNanos >= FIRST_MESSAGE_WITHIN.toNanos()) {
            return Duty.GIVE_UP;
        }
        if (nowNanos - pingedNanos >= PING_EVERY.toNanos()) {
            pingedNanos = nowNanos;
            return Duty.PING;
        }
        return Duty.NOTHING;
    }
}
