/**
 * The line: from signed out, over connecting and registering, to registered, and back after a loss.
 *
 * A pure function of what was and what happened. The socket and the SIP stack are somebody else's.
 */

import type { Account } from './account';
import { refusedDelayMillis, retryDelayMillis } from './backoff';
import type { Moment } from './moment';

export type Line =
    | { readonly kind: 'offline'; readonly fault?: LineFault }
    | { readonly kind: 'connecting'; readonly account: Account; readonly attempt: number }
    | { readonly kind: 'registering'; readonly account: Account; readonly attempt: number }
    | { readonly kind: 'registered'; readonly account: Account; readonly since: number }
    | {
          readonly kind: 'waiting';
          readonly account: Account;
          /** 1 for the first wait after a loss. */
          readonly attempt: number;
          readonly retryAt: number;
          readonly fault: LineFault;
          /** The server can be reached and merely refused us. */
          readonly socketOpen: boolean;
      };

export const LINE_FAULTS = [
    'unreachable',
    'lost',
    'offline',
    'local-network-denied',
    'wrong-credentials',
    'refused',
    'overloaded',
    'silent',
] as const;

/** Why there is no registration. */
export type LineFault = (typeof LINE_FAULTS)[number];

export type LineEvent =
    | { readonly kind: 'sign-in'; readonly account: Account }
    | { readonly kind: 'sign-out' }
    | { readonly kind: 'socket-opened' }
    | { readonly kind: 'socket-lost'; readonly fault: LineFault }
    | { readonly kind: 'registered' }
    /** No status: the server did not answer. */
    | {
          readonly kind: 'refused';
          readonly status?: number;
          readonly retryAfterSeconds?: number;
      }
    | { readonly kind: 'retry-now' };

export type LineEffect =
    | { readonly kind: 'open'; readonly account: Account }
    | { readonly kind: 'reopen' }
    | { readonly kind: 'register' }
    /** Drops a connection on which nobody answers; `reopen` makes a new one. */
    | { readonly kind: 'abandon' }
    | { readonly kind: 'close' };

export interface LineStep {
    readonly line: Line;
    readonly effects: readonly LineEffect[];
}

/** `inCall`: a live call is never thrown away because of a registration. */
export function onLineEvent(line: Line, event: LineEvent, at: Moment, inCall: boolean): LineStep {
    switch (event.kind) {
        case 'sign-in':
            if (line.kind !== 'offline') return stay(line);
            return {
                line: { kind: 'connecting', account: event.account, attempt: 0 },
                effects: [{ kind: 'open', account: event.account }],
            };
        case 'sign-out':
            if (line.kind === 'offline') return stay({ kind: 'offline' });
            return { line: { kind: 'offline' }, effects: [{ kind: 'close' }] };
        case 'socket-opened':
            if (line.kind !== 'connecting') return stay(line);
            return stay({ kind: 'registering', account: line.account, attempt: line.attempt });
        case 'socket-lost':
            if (line.kind === 'offline') return stay(line);
            return stay(wait(line, event.fault, false, at));
        case 'registered':
            if (line.kind === 'offline' || line.kind === 'registered') return stay(line);
            return stay({ kind: 'registered', account: line.account, since: at.now });
        case 'refused':
            return onRefused(line, event, at, inCall);
        case 'retry-now':
            return line.kind === 'waiting' ? retry(line) : stay(line);
    }
}

/** The time has come that `lineWakeAt` named. */
export function onLineTick(line: Line, at: Moment): LineStep {
    return line.kind === 'waiting' && at.now >= line.retryAt ? retry(line) : stay(line);
}

export function lineWakeAt(line: Line): number | undefined {
    return line.kind === 'waiting' ? line.retryAt : undefined;
}

function onRefused(
    line: Line,
    event: Extract<LineEvent, { kind: 'refused' }>,
    at: Moment,
    inCall: boolean,
): LineStep {
    if (line.kind === 'offline') return stay(line);
    const fault = faultOfStatus(event.status);
    if (fault === 'wrong-credentials' && !inCall) {
        return { line: { kind: 'offline', fault }, effects: [{ kind: 'close' }] };
    }
    if (fault === 'silent') {
        return { line: wait(line, fault, false, at), effects: [{ kind: 'abandon' }] };
    }
    return stay(wait(line, fault, true, at, event.retryAfterSeconds));
}

function faultOfStatus(status: number | undefined): LineFault {
    switch (status) {
        case undefined:
        case 408:
            return 'silent';
        case 401:
        case 403:
        case 404:
        case 407:
            return 'wrong-credentials';
        case 503:
            return 'overloaded';
    }
    return 'refused';
}

function wait(
    line: Exclude<Line, { kind: 'offline' }>,
    fault: LineFault,
    socketOpen: boolean,
    at: Moment,
    retryAfterSeconds?: number,
): Line {
    const attempt = line.kind === 'registered' ? 1 : line.attempt + (line.kind === 'waiting' ? 0 : 1);
    const delay = socketOpen
        ? refusedDelayMillis(attempt, at.random, retryAfterSeconds)
        : retryDelayMillis(attempt, at.random);
    const retryAt = at.now + delay;
    return { kind: 'waiting', account: line.account, attempt, retryAt, fault, socketOpen };
}

function retry(line: Extract<Line, { kind: 'waiting' }>): LineStep {
    const kind = line.socketOpen ? 'registering' : 'connecting';
    return {
        line: { kind, account: line.account, attempt: line.attempt },
        effects: [{ kind: line.socketOpen ? 'register' : 'reopen' }],
    };
}

function stay(line: Line): LineStep {
    return { line, effects: [] };
}
