/**
 * The whole phone as a function: `(phone, event, moment) → (next phone, effects)`.
 *
 * Here: what the phone is, what can happen to it, what it asks of the browser. How calls answer to
 * events is in `calls`, how the line does in `line`. Start with `onEvent`.
 */

import type { Account } from './account';
import type { Call, CallId, EndedCall, Peer, SoundReport, SoundState } from './call';
import { isAnswered } from './call';
import type { CallEffect } from './calls';
import { callsWakeAt, onCallEvent, onCallsTick, onLineBack } from './calls';
import type { EndCause } from './cause';
import type { Line, LineEffect, LineEvent, LineStep } from './line';
import { lineWakeAt, onLineEvent, onLineTick } from './line';
import type { Moment } from './moment';
import type { Key } from './number';
import type { Tone } from './tones';

export interface Phone {
    readonly line: Line;
    /** Registered at least once since signing in: from then on the phone stays on the screen. */
    readonly signedIn: boolean;
    /** Live calls, oldest first. */
    readonly calls: readonly Call[];
    /** The call in hand; the others ring, wait or are held. */
    readonly active?: CallId;
    /** The call that ended last, until the next one begins or its note is put away. */
    readonly lastEnded?: EndedCall;
    /** Newest first. */
    readonly recent: readonly EndedCall[];
}

export type CallEvent =
    /** `id` is fresh; it names the call from here on. */
    | { readonly kind: 'dial'; readonly id: CallId; readonly number: string }
    | { readonly kind: 'answer'; readonly id: CallId }
    | { readonly kind: 'reject'; readonly id: CallId }
    | { readonly kind: 'hang-up'; readonly id: CallId }
    | { readonly kind: 'mute'; readonly id: CallId; readonly on: boolean }
    | { readonly kind: 'hold'; readonly id: CallId }
    /** Takes a held call in hand; the one in hand goes on hold. */
    | { readonly kind: 'resume'; readonly id: CallId }
    | { readonly kind: 'press'; readonly id: CallId; readonly key: Key }
    | { readonly kind: 'dismiss' }
    | { readonly kind: 'incoming'; readonly id: CallId; readonly peer: Peer }
    | { readonly kind: 'progress'; readonly id: CallId; readonly earlyMedia: boolean }
    | { readonly kind: 'accepted'; readonly id: CallId }
    | { readonly kind: 'held'; readonly id: CallId }
    | { readonly kind: 'resumed'; readonly id: CallId }
    | { readonly kind: 'peer-holds'; readonly id: CallId; readonly on: boolean }
    | { readonly kind: 'sound'; readonly id: CallId; readonly sound: SoundState }
    | { readonly kind: 'sound-report'; readonly id: CallId; readonly report: SoundReport }
    | {
          readonly kind: 'ended';
          readonly id: CallId;
          readonly cause: EndCause;
          readonly status?: number;
      };

export type PhoneEvent = LineEvent | CallEvent | { readonly kind: 'tick' };
export type PhoneEffect = LineEffect | CallEffect;

export interface PhoneStep {
    readonly phone: Phone;
    readonly effects: readonly PhoneEffect[];
}

export const NEW_PHONE: Phone = {
    line: { kind: 'offline' },
    signedIn: false,
    calls: [],
    recent: [],
};

export function onEvent(phone: Phone, event: PhoneEvent, at: Moment): PhoneStep {
    switch (event.kind) {
        case 'sign-in':
        case 'sign-out':
        case 'socket-opened':
        case 'socket-lost':
        case 'registered':
        case 'refused':
        case 'retry-now':
            return onLine(phone, onLineEvent(phone.line, event, at, phone.calls.length > 0), at);
        case 'tick': {
            const line = onLine(phone, onLineTick(phone.line, at), at);
            const calls = onCallsTick(line.phone, at);
            return { phone: calls.phone, effects: [...line.effects, ...calls.effects] };
        }
        default:
            return onCallEvent(phone, event, at);
    }
}

function onLine(phone: Phone, step: LineStep, at: Moment): PhoneStep {
    const { line, effects } = step;
    if (line.kind === 'offline') return { phone: { ...phone, line, signedIn: false }, effects };
    const isBack = line.kind === 'registered' && phone.line.kind !== 'registered';
    const next = { ...phone, line, signedIn: phone.signedIn || isBack };
    return { phone: isBack ? onLineBack(next, at) : next, effects };
}

/** When the phone wants a `tick`, at the latest; undefined where nothing is due. */
export function wakeAt(phone: Phone): number | undefined {
    const times = [lineWakeAt(phone.line), callsWakeAt(phone)].filter((t) => t !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
}

export function account(phone: Phone): Account | undefined {
    return phone.line.kind === 'offline' ? undefined : phone.line.account;
}

export function callById(phone: Phone, id: CallId | undefined): Call | undefined {
    return phone.calls.find((call) => call.id === id);
}

export function activeCall(phone: Phone): Call | undefined {
    return callById(phone, phone.active);
}

/** Calls that ring here, longest waiting first. */
export function incomingCalls(phone: Phone): readonly Call[] {
    return phone.calls.filter((call) => call.stage.kind === 'incoming');
}

/** Calls that wait on hold beside the one in hand. */
export function heldCalls(phone: Phone): readonly Call[] {
    return phone.calls.filter((call) => call.stage.kind === 'held' && call.id !== phone.active);
}

/** The one call whose sound belongs in the headset: the one in hand, unless it is on hold. */
export function heardCall(phone: Phone): CallId | undefined {
    const call = activeCall(phone);
    return call === undefined || call.stage.kind === 'held' ? undefined : call.id;
}

/** What the phone itself should sound right now. */
export function toneOf(phone: Phone): Tone {
    const active = activeCall(phone);
    if (incomingCalls(phone).length > 0) return active === undefined ? 'ring' : 'waiting';
    return active?.stage.kind === 'ringing' && !active.stage.earlyMedia ? 'ringback' : 'none';
}

/** Leaving the page now would cut somebody off. */
export function isTalking(phone: Phone): boolean {
    return phone.calls.some(isAnswered);
}
