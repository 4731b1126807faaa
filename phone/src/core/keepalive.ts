/**
 * Is the server still there? A WebSocket that lost its Wi-Fi looks open for minutes.
 *
 * Two CRLFs go out, one comes back (RFC 5626 §4.4.1, over WebSocket by RFC 7118 §6). Servers that
 * never answered one are never taken for dead by it: not all do.
 */

export const PING_EVERY_MILLIS = 20_000;
export const PONG_WITHIN_MILLIS = 6_000;

export interface KeepAlive {
    readonly nextPingAt: number;
    /** Set while an answer is awaited. */
    readonly pongBy?: number;
    readonly answers: boolean;
}

export type KeepAliveVerdict = 'wait' | 'ping' | 'dead';

export function startKeepAlive(now: number): KeepAlive {
    // The first ping goes at once: it teaches us whether this server answers them.
    return { nextPingAt: now, answers: false };
}

/** Anything that comes from the server proves it is there. */
export function heard(state: KeepAlive, pong: boolean): KeepAlive {
    return { nextPingAt: state.nextPingAt, answers: state.answers || pong };
}

/** Asks at once, for instance because the network has changed. */
export function askNow(state: KeepAlive, now: number): KeepAlive {
    return { ...state, nextPingAt: now };
}

export function verdict(state: KeepAlive, now: number): KeepAliveVerdict {
    if (state.answers && state.pongBy !== undefined && now >= state.pongBy) return 'dead';
    return now >= state.nextPingAt ? 'ping' : 'wait';
}

export function pinged(state: KeepAlive, now: number): KeepAlive {
    return {
        ...state,
        nextPingAt: now + PING_EVERY_MILLIS,
        pongBy: state.pongBy ?? now + PONG_WITHIN_MILLIS,
    };
}

export function wakeAt(state: KeepAlive): number {
    return state.answers && state.pongBy !== undefined
        ? Math.min(state.nextPingAt, state.pongBy)
        : state.nextPingAt;
}
