/** What JsSIP says about the end of a call, in the phone's own terms. No DOM: tested in Node. */

import type { Direction } from '../core/call';
import type { EndReport, StackFault } from '../core/cause';

/** The parts of JsSIP's `ended` and `failed` events that matter. */
export interface StackEnd {
    readonly originator: string;
    readonly cause: string;
    /** The response or request that ended the call, where one did. */
    readonly message?: StackMessage | null | undefined;
}

export interface StackMessage {
    readonly status_code?: number;
    getHeader(name: string): string | undefined;
}

export interface EndContext {
    readonly direction: Direction;
    readonly answered: boolean;
    /** The agent pressed hang up, cancel or decline. */
    readonly asked: boolean;
    /** ICE has given up; JsSIP ends the call by itself then, under different names. */
    readonly iceFailed: boolean;
}

export function endReport(end: StackEnd, context: EndContext): EndReport {
    const { direction, answered } = context;
    const status = end.message?.status_code;
    const reason = end.message?.getHeader('reason');
    const fault = faultOf(end, context);
    return {
        by: originOf(end, context),
        direction,
        answered,
        ...(status === undefined ? {} : { status }),
        ...(reason === undefined ? {} : { reason }),
        ...(fault === undefined ? {} : { fault }),
    };
}

function originOf(end: StackEnd, context: EndContext): EndReport['by'] {
    // A call that rang here until somebody's time was over counts as given up by the caller.
    if (end.originator === 'remote' || isRungOut(end)) return 'them';
    return context.asked ? 'us' : 'system';
}

function isRungOut(end: StackEnd): boolean {
    return end.cause === 'Expires' || end.cause === 'No Answer';
}

function faultOf(end: StackEnd, context: EndContext): StackFault | undefined {
    switch (end.cause) {
        case 'Bad Media Description':
        case 'Missing SDP':
        case 'WebRTC Error':
            return 'media';
        case 'Connection Error':
            return 'transport';
        case 'Request Timeout':
        case 'No ACK':
            return 'timeout';
        case 'RTP Timeout':
            return 'media-timeout';
    }
    if (end.originator === 'remote' || isRungOut(end) || context.asked) return undefined;
    return context.iceFailed ? 'media-timeout' : 'other';
}
