import { describe, expect, it } from 'vitest';
import type { EndReport } from './cause';
import { causeOf } from './cause';

function outgoing(fields: Partial<EndReport>): EndReport {
    return { by: 'them', direction: 'out', answered: false, ...fields };
}

describe('a call that was not answered', () => {
    it.each([
        [486, 'busy'],
        [600, 'busy'],
        [603, 'declined'],
        [408, 'no-answer'],
        [487, 'no-answer'],
        [480, 'unavailable'],
        [404, 'not-found'],
        [410, 'not-found'],
        [604, 'not-found'],
        [484, 'number-incomplete'],
        [403, 'forbidden'],
        [407, 'forbidden'],
        [488, 'no-common-codec'],
        [415, 'no-common-codec'],
        [503, 'overloaded'],
        [500, 'server-fault'],
        [491, 'server-fault'],
        [699, 'server-fault'],
    ] as const)('with status %i ended because: %s (RFC 3261 §21)', (status, cause) => {
        expect(causeOf(outgoing({ status }))).toBe(cause);
    });

    it('is "cancelled by me" when we gave up', () => {
        expect(causeOf(outgoing({ by: 'us' }))).toBe('cancelled-by-me');
    });

    it('tells a lost server from a silent one', () => {
        expect(causeOf(outgoing({ by: 'system', fault: 'transport' }))).toBe('server-lost');
        expect(causeOf(outgoing({ by: 'system', fault: 'timeout' }))).toBe('server-silent');
    });

    it("blames codecs for a description of theirs that didn't fit, and the browser for its own", () => {
        expect(causeOf(outgoing({ by: 'them', fault: 'media' }))).toBe('no-common-codec');
        expect(causeOf(outgoing({ by: 'us', fault: 'media' }))).toBe('browser-fault');
    });
});

describe('a call that rang here', () => {
    const incoming: EndReport = { by: 'them', direction: 'in', answered: false };

    it('is missed when the caller gives up', () => {
        expect(causeOf(incoming)).toBe('missed');
        expect(causeOf({ ...incoming, reason: 'SIP;cause=487;text="x"' })).toBe('missed');
    });

    it('was answered elsewhere when the CANCEL says so (RFC 3326 §3.1)', () => {
        const reason = 'SIP;cause=200;text="Call completed elsewhere"';
        expect(causeOf({ ...incoming, reason })).toBe('answered-elsewhere');
        expect(causeOf({ ...incoming, reason: ' Q.850;cause=26, SIP ;cause = 200' })).toBe(
            'answered-elsewhere',
        );
    });

    it('is declined when we did', () => {
        expect(causeOf({ ...incoming, by: 'us', status: 486 })).toBe('declined-by-me');
    });
});

describe('a call that was talked', () => {
    const talked: EndReport = { by: 'them', direction: 'out', answered: true };

    it('ends by one of the two', () => {
        expect(causeOf(talked)).toBe('hung-up-by-peer');
        expect(causeOf({ ...talked, by: 'us' })).toBe('hung-up-by-me');
        expect(causeOf({ ...talked, reason: 'Q.850;cause=16' })).toBe('hung-up-by-peer');
    });

    it('ends by the sound when the server or the browser found it gone', () => {
        expect(causeOf({ ...talked, reason: 'SIP;cause=408;text="no media"' })).toBe('sound-lost');
        expect(causeOf({ ...talked, by: 'us', fault: 'media-timeout' })).toBe('sound-lost');
    });

    it('takes the reason a gateway states (ITU-T Q.850)', () => {
        expect(causeOf({ ...talked, reason: 'Q.850;cause=38' })).toBe('server-fault');
        expect(causeOf(outgoing({ reason: 'Q.850 ;cause=17' }))).toBe('busy');
    });

    it('is not misled by a reason nobody can read', () => {
        for (const reason of ['', ';', 'SIP;cause=', 'X;cause=17', 'SIP;cause=9999999']) {
            expect(causeOf({ ...talked, reason })).toBe('hung-up-by-peer');
        }
    });
});
