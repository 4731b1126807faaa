import { describe, expect, it } from 'vitest';
import { causeOf } from '../core/cause';
import type { EndContext, StackEnd } from './end-report';
import { endReport } from './end-report';

const OUT: EndContext = { direction: 'out', answered: false, asked: false, iceFailed: false };
const IN: EndContext = { ...OUT, direction: 'in' };
const TALKED: EndContext = { ...OUT, answered: true };

function response(status_code: number): StackEnd['message'] {
    return { status_code, getHeader: () => undefined };
}

function withReason(reason: string): StackEnd['message'] {
    return { getHeader: (name) => (name === 'reason' ? reason : undefined) };
}

describe("JsSIP's words for the end of a call", () => {
    it.each<[StackEnd, EndContext, string]>([
        [{ originator: 'remote', cause: 'Busy', message: response(486) }, OUT, 'busy'],
        [{ originator: 'remote', cause: 'Unavailable', message: response(480) }, OUT, 'unavailable'],
        [{ originator: 'remote', cause: 'Terminated', message: withReason('') }, TALKED, 'hung-up-by-peer'],
        [{ originator: 'local', cause: 'Terminated' }, { ...TALKED, asked: true }, 'hung-up-by-me'],
        [{ originator: 'local', cause: 'Canceled' }, { ...OUT, asked: true }, 'cancelled-by-me'],
        [{ originator: 'local', cause: 'Rejected' }, { ...IN, asked: true }, 'declined-by-me'],
        [{ originator: 'remote', cause: 'Canceled', message: withReason('SIP;cause=487') }, IN, 'missed'],
        [
            { originator: 'remote', cause: 'Canceled', message: withReason('SIP;cause=200') },
            IN,
            'answered-elsewhere',
        ],
        [{ originator: 'local', cause: 'No Answer' }, IN, 'missed'],
        [{ originator: 'system', cause: 'Expires' }, IN, 'missed'],
        [{ originator: 'local', cause: 'RTP Timeout' }, TALKED, 'sound-lost'],
        [{ originator: 'local', cause: 'Canceled' }, { ...OUT, iceFailed: true }, 'sound-lost'],
        [{ originator: 'local', cause: 'Connection Error' }, TALKED, 'server-lost'],
        [{ originator: 'local', cause: 'Request Timeout' }, OUT, 'server-silent'],
        [{ originator: 'remote', cause: 'No ACK' }, { ...TALKED, direction: 'in' }, 'server-silent'],
        [{ originator: 'remote', cause: 'Bad Media Description' }, OUT, 'no-common-codec'],
        [{ originator: 'local', cause: 'WebRTC Error' }, OUT, 'browser-fault'],
        [{ originator: 'system', cause: 'Internal Error' }, IN, 'browser-fault'],
    ])('%j in %j: %s', (end, context, cause) => {
        expect(causeOf(endReport(end, context))).toBe(cause);
    });
});
