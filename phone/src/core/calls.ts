/** How the phone's calls answer to what happens: one exhaustive switch, and small steps below it. */

import type { Call, CallId, EndedCall } from './call';
import {
    RESTART_EVERY_MILLIS,
    answeredSince,
    endedCall,
    isAnswered,
    newCall,
    withKey,
    withReport,
    withSound,
} from './call';
import type { Moment } from './moment';
import type { Key } from './number';
import { cleanNumber } from './number';
import type { CallEvent, Phone, PhoneStep } from './phone';

export type CallEffect =
    | { readonly kind: 'dial'; readonly id: CallId; readonly number: string }
    | { readonly kind: 'answer'; readonly id: CallId }
    | { readonly kind: 'reject'; readonly id: CallId; readonly status: 486 }
    | { readonly kind: 'hang-up'; readonly id: CallId }
    | { readonly kind: 'mute'; readonly id: CallId; readonly on: boolean }
    | { readonly kind: 'hold'; readonly id: CallId }
    | { readonly kind: 'resume'; readonly id: CallId }
    | { readonly kind: 'press'; readonly id: CallId; readonly key: Key }
    | { readonly kind: 'restart-ice'; readonly id: CallId }
    | { readonly kind: 'sound-ended' };

/** One in hand, one held, one knocking. A fourth caller hears busy. */
export const CALLS_MAX = 3;
export const RECENT_MAX = 20;

export function onCallEvent(phone: Phone, event: CallEvent, at: Moment): PhoneStep {
    if (event.kind === 'dial') return onDial(phone, event.id, event.number, at);
    if (event.kind === 'incoming') return onIncoming(phone, event, at);
    if (event.kind === 'dismiss') return stay(withoutLastEnded(phone));
    const call = phone.calls.find((each) => each.id === event.id);
    return call === undefined ? stay(phone) : onOneCall(phone, call, event, at);
}

type OneCallEvent = Exclude<CallEvent, { kind: 'dial' | 'incoming' | 'dismiss' }>;

function onOneCall(phone: Phone, call: Call, event: OneCallEvent, at: Moment): PhoneStep {
    switch (event.kind) {
        case 'answer':
            return onAnswer(phone, call);
        case 'reject':
            if (call.stage.kind !== 'incoming') return stay(phone);
            return step(phone, { kind: 'reject', id: call.id, status: 486 });
        case 'hang-up':
            if (call.stage.kind === 'incoming') return stay(phone);
            return step(phone, { kind: 'hang-up', id: call.id });
        case 'mute':
            if (!isAnswered(call) || call.muted === event.on) return stay(phone);
            return step(withCall(phone, { ...call, muted: event.on }), event);
        case 'hold':
            if (call.stage.kind !== 'talking' || !canSignal(phone)) return stay(phone);
            return step(phone, { kind: 'hold', id: call.id });
        case 'resume':
            return onResume(phone, call);
        case 'press':
            if (!canPress(call)) return stay(phone);
            return step(withCall(phone, withKey(call, event.key)), event);
        case 'progress':
            return onProgress(phone, call, event.earlyMedia);
        case 'accepted':
            return onAccepted(phone, call, at);
        case 'held':
            return stay(withStage(phone, call, 'held'));
        case 'resumed':
            return stay(withStage(phone, call, 'talking'));
        case 'peer-holds':
            return stay(withCall(phone, { ...call, peerHolds: event.on }));
        case 'sound':
            return stay(withCall(phone, withSound(call, event.sound, at.now)));
        case 'sound-report':
            return stay(withCall(phone, withReport(call, event.report, at.now)));
        case 'ended':
            return onEnded(phone, call, endedCall(call, event.cause, at.now, event.status));
    }
}

function onDial(phone: Phone, id: CallId, typed: string, at: Moment): PhoneStep {
    const number = cleanNumber(typed);
    if (number === '' || phone.calls.length > 0 || !canSignal(phone)) return stay(phone);
    const call = newCall(id, 'out', { number, name: '' }, at.now, at.wallClock);
    const next = { ...withoutLastEnded(phone), calls: [call], active: id };
    return step(next, { kind: 'dial', id, number });
}

function onIncoming(
    phone: Phone,
    event: Extract<CallEvent, { kind: 'incoming' }>,
    at: Moment,
): PhoneStep {
    const call = newCall(event.id, 'in', event.peer, at.now, at.wallClock);
    const next = { ...withoutLastEnded(phone), calls: [...phone.calls, call] };
    if (next.calls.length <= CALLS_MAX) return stay(next);
    return step(next, { kind: 'reject', id: event.id, status: 486 });
}

/** Answering takes the call in hand: the one before it goes on hold, or is given up if only dialled. */
function onAnswer(phone: Phone, call: Call): PhoneStep {
    if (call.stage.kind !== 'incoming') return stay(phone);
    const next = withCall({ ...phone, active: call.id }, { ...call, stage: { kind: 'answering' } });
    return { phone: next, effects: [...putAside(phone), { kind: 'answer', id: call.id }] };
}

function onResume(phone: Phone, call: Call): PhoneStep {
    if (call.stage.kind !== 'held' || !canSignal(phone)) return stay(phone);
    const aside = phone.active === call.id ? [] : putAside(phone);
    const next = { ...phone, active: call.id };
    return { phone: next, effects: [...aside, { kind: 'resume', id: call.id }] };
}

function putAside(phone: Phone): CallEffect[] {
    const active = phone.calls.find((call) => call.id === phone.active);
    switch (active?.stage.kind) {
        case 'talking':
            return [{ kind: 'hold', id: active.id }];
        case 'dialing':
        case 'ringing':
        case 'answering':
            return [{ kind: 'hang-up', id: active.id }];
        case 'held':
        case 'incoming':
        case undefined:
            return [];
    }
}

/** Once the far side let us hear something, a later plain 180 doesn't take it away again. */
function onProgress(phone: Phone, call: Call, earlyMedia: boolean): PhoneStep {
    const { stage } = call;
    if (stage.kind !== 'dialing' && stage.kind !== 'ringing') return stay(phone);
    const heard = earlyMedia || (stage.kind === 'ringing' && stage.earlyMedia);
    return stay(withCall(phone, { ...call, stage: { kind: 'ringing', earlyMedia: heard } }));
}

function onAccepted(phone: Phone, call: Call, at: Moment): PhoneStep {
    if (isAnswered(call)) return stay(phone);
    return stay(withCall(phone, { ...call, stage: { kind: 'talking', since: at.now } }));
}

function onEnded(phone: Phone, call: Call, ended: EndedCall): PhoneStep {
    const calls = phone.calls.filter((each) => each.id !== call.id);
    const { active, ...rest } = phone;
    const kept = active === call.id ? calls.find(isAnswered)?.id : active;
    const next: Phone = {
        ...rest,
        ...(kept === undefined ? {} : { active: kept }),
        calls,
        lastEnded: ended,
        recent: [ended, ...phone.recent].slice(0, RECENT_MAX),
    };
    return isAnswered(call) ? step(next, { kind: 'sound-ended' }) : stay(next);
}

/** The server is back: a call whose sound broke off with it tries a new path at once. */
export function onLineBack(phone: Phone, at: Moment): Phone {
    const calls = phone.calls.map((call) =>
        call.sound === 'interrupted' ? { ...call, nextRestartAt: at.now } : call,
    );
    return { ...phone, calls };
}

export function onCallsTick(phone: Phone, at: Moment): PhoneStep {
    if (!canSignal(phone)) return stay(phone);
    const due = phone.calls.filter((call) => isRestartDue(call, at.now));
    const calls = phone.calls.map((call) =>
        due.includes(call) ? { ...call, nextRestartAt: at.now + RESTART_EVERY_MILLIS } : call,
    );
    return {
        phone: due.length === 0 ? phone : { ...phone, calls },
        effects: due.map((call) => ({ kind: 'restart-ice', id: call.id })),
    };
}

export function callsWakeAt(phone: Phone): number | undefined {
    if (!canSignal(phone)) return undefined;
    const times = phone.calls.filter(isAnswered).flatMap((call) => call.nextRestartAt ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
}

function isRestartDue(call: Call, now: number): boolean {
    return isAnswered(call) && call.nextRestartAt !== undefined && now >= call.nextRestartAt;
}

/** A re-INVITE without a server would end the call, so nothing of the kind is tried. */
export function canSignal(phone: Phone): boolean {
    return phone.line.kind === 'registered';
}

export function canPress(call: Call): boolean {
    return call.stage.kind === 'talking' || (call.stage.kind === 'ringing' && call.stage.earlyMedia);
}

function withStage(phone: Phone, call: Call, kind: 'talking' | 'held'): Phone {
    const since = answeredSince(call);
    return since === undefined ? phone : withCall(phone, { ...call, stage: { kind, since } });
}

function withCall(phone: Phone, call: Call): Phone {
    return { ...phone, calls: phone.calls.map((each) => (each.id === call.id ? call : each)) };
}

function withoutLastEnded(phone: Phone): Phone {
    const { lastEnded: _, ...rest } = phone;
    return rest;
}

function step(phone: Phone, effect: CallEffect): PhoneStep {
    return { phone, effects: [effect] };
}

function stay(phone: Phone): PhoneStep {
    return { phone, effects: [] };
}
