import { describe, expect, it } from 'vitest';
import { refusedDelayMillis, retryDelayMillis } from './backoff';
import {
    GATHERING_MAX_MILLIS,
    QUIET_MILLIS,
    readyAt,
    startGathering,
    withCandidate,
} from './gathering';
import {
    PING_EVERY_MILLIS,
    PONG_WITHIN_MILLIS,
    askNow,
    heard,
    pinged,
    startKeepAlive,
    verdict,
    wakeAt,
} from './keepalive';

describe('trying again', () => {
    it('doubles from 1 s to 30 s', () => {
        const delays = [1, 2, 3, 4, 5, 6, 7, 100].map((attempt) => retryDelayMillis(attempt, 0.5));
        expect(delays).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
    });

    it('is spread by a quarter to either side', () => {
        expect(retryDelayMillis(3, 0)).toBe(3000);
        expect(retryDelayMillis(3, 1)).toBe(5000);
    });

    it('heeds Retry-After up to five minutes, and never hurries because of it', () => {
        expect(refusedDelayMillis(1, 0.5, 20)).toBe(20_000);
        expect(refusedDelayMillis(1, 0.5, 86_400)).toBe(300_000);
        expect(refusedDelayMillis(5, 0.5, 1)).toBe(16_000);
        expect(refusedDelayMillis(2, 0.5, undefined)).toBe(2_000);
    });
});

describe('gathering candidates', () => {
    const UDP = 'candidate:1 1 udp 2122260223 192.0.2.7 51112 typ host generation 0';
    const TCP = 'candidate:2 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active';

    it(`is over ${QUIET_MILLIS} ms after the last UDP candidate`, () => {
        let gathering = withCandidate(startGathering(1000), UDP, 1003);
        expect(readyAt(gathering)).toBe(1003 + QUIET_MILLIS);
        gathering = withCandidate(gathering, UDP.replace('192.0.2.7', '198.51.100.7'), 1020);
        expect(readyAt(gathering)).toBe(1020 + QUIET_MILLIS);
        expect(gathering.usable).toBe(2);
    });

    it(`takes ${GATHERING_MAX_MILLIS} ms at most, even if candidates keep trickling`, () => {
        let gathering = startGathering(0);
        expect(readyAt(gathering)).toBe(GATHERING_MAX_MILLIS);
        for (let at = 15; at <= 285; at += 15) gathering = withCandidate(gathering, UDP, at);
        expect(readyAt(gathering)).toBe(GATHERING_MAX_MILLIS);
    });

    it('does not count TCP candidates or garbage: our media is UDP', () => {
        let gathering = startGathering(0);
        for (const line of [TCP, '', 'candidate:', 'x'.repeat(10_000)]) {
            gathering = withCandidate(gathering, line, 10);
        }
        expect(gathering.usable).toBe(0);
        expect(readyAt(gathering)).toBe(GATHERING_MAX_MILLIS);
    });
});

describe('keeping the server in sight (RFC 5626 §4.4.1)', () => {
    it('asks at once, then every 20 s', () => {
        let state = startKeepAlive(0);
        expect(verdict(state, 0)).toBe('ping');
        state = heard(pinged(state, 0), true);
        expect(verdict(state, PING_EVERY_MILLIS - 1)).toBe('wait');
        expect(wakeAt(state)).toBe(PING_EVERY_MILLIS);
        expect(verdict(state, PING_EVERY_MILLIS)).toBe('ping');
    });

    it('takes a server for dead that used to answer and no longer does', () => {
        const taught = heard(pinged(startKeepAlive(0), 0), true);
        const asked = pinged(taught, PING_EVERY_MILLIS);
        expect(wakeAt(asked)).toBe(PING_EVERY_MILLIS + PONG_WITHIN_MILLIS);
        expect(verdict(asked, PING_EVERY_MILLIS + PONG_WITHIN_MILLIS)).toBe('dead');
    });

    it('takes any message for a sign of life', () => {
        const asked = pinged(heard(pinged(startKeepAlive(0), 0), true), PING_EVERY_MILLIS);
        expect(verdict(heard(asked, false), PING_EVERY_MILLIS + PONG_WITHIN_MILLIS)).toBe('wait');
    });

    it('never takes a server for dead that does not answer pings by habit', () => {
        let state = startKeepAlive(0);
        for (let now = 0; now < 600_000; now = wakeAt(state)) {
            expect(verdict(state, now)).toBe('ping');
            state = pinged(state, now);
        }
    });

    it('keeps the first deadline when asked again in between', () => {
        const taught = heard(pinged(startKeepAlive(0), 0), true);
        const twice = pinged(askNow(pinged(askNow(taught, 1000), 1000), 4000), 4000);
        expect(verdict(twice, 1000 + PONG_WITHIN_MILLIS)).toBe('dead');
    });
});
