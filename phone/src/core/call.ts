/** One call, as this phone sees it. */

import type { EndCause } from './cause';

export type CallId = string;
export type Direction = 'out' | 'in';

export interface Peer {
    readonly number: string;
    /** The display name that came with the call; empty where there was none. */
    readonly name: string;
}

export type CallStage =
    /** Microphone, candidates, INVITE on its way. */
    | { readonly kind: 'dialing' }
    /** The other side rings. `earlyMedia`: the network already lets us hear something. */
    | { readonly kind: 'ringing'; readonly earlyMedia: boolean }
    | { readonly kind: 'incoming' }
    | { readonly kind: 'answering' }
    | { readonly kind: 'talking'; readonly since: number }
    | { readonly kind: 'held'; readonly since: number };

/** The way of the voice: ICE and DTLS up, or not (yet, any more). */
export type SoundState = 'starting' | 'flowing' | 'interrupted';

/** What can be said about a silence, by the phone itself. */
export const SOUND_HINTS = ['nothing-received', 'mic-silent'] as const;
export type SoundHint = (typeof SOUND_HINTS)[number];

export interface Call {
    readonly id: CallId;
    readonly direction: Direction;
    readonly peer: Peer;
    readonly stage: CallStage;
    readonly startedAt: number;
    readonly startedWallClock: number;
    readonly muted: boolean;
    readonly peerHolds: boolean;
    readonly sound: SoundState;
    /** When to ask for a fresh path next, while the sound is interrupted (ICE restart). */
    readonly nextRestartAt?: number;
    readonly received: Received;
    readonly micSilentSince?: number;
    readonly hint?: SoundHint;
    /** Keys pressed in this call, the last few. */
    readonly keys: string;
}

interface Received {
    readonly packets: number;
    readonly grewAt: number;
}

export interface EndedCall {
    readonly id: CallId;
    readonly direction: Direction;
    readonly peer: Peer;
    readonly cause: EndCause;
    readonly status?: number;
    readonly startedWallClock: number;
    /** Undefined where nobody answered. */
    readonly talkedMillis?: number;
}

/** A second of a call as measured by the browser. */
export interface SoundReport {
    /** RTP packets received since the call began. */
    readonly packets: number;
    /** The microphone gave nothing but zeros since the last report. */
    readonly micSilent: boolean;
}

export const RESTART_AFTER_MILLIS = 2_000;
export const RESTART_EVERY_MILLIS = 5_000;
export const NOTHING_RECEIVED_MILLIS = 3_000;
/** A room is never silent to the last bit; a muted headset is. Suppression of noise may be, shortly. */
export const MIC_SILENT_MILLIS = 8_000;
const KEYS_SHOWN_MAX = 24;

export function newCall(
    id: CallId,
    direction: Direction,
    peer: Peer,
    now: number,
    startedWallClock: number,
): Call {
    return {
        id,
        direction,
        peer,
        stage: { kind: direction === 'out' ? 'dialing' : 'incoming' },
        startedAt: now,
        startedWallClock,
        muted: false,
        peerHolds: false,
        sound: 'starting',
        received: { packets: 0, grewAt: now },
        keys: '',
    };
}

/** Answered and not yet over. */
export function isAnswered(call: Call): boolean {
    return call.stage.kind === 'talking' || call.stage.kind === 'held';
}

export function answeredSince(call: Call): number | undefined {
    return call.stage.kind === 'talking' || call.stage.kind === 'held' ? call.stage.since : undefined;
}

export function withSound(call: Call, sound: SoundState, now: number): Call {
    const { nextRestartAt: _, ...rest } = call;
    if (sound !== 'interrupted') return { ...rest, sound, received: { ...call.received, grewAt: now } };
    return { ...rest, sound, nextRestartAt: call.nextRestartAt ?? now + RESTART_AFTER_MILLIS };
}

export function withKey(call: Call, key: string): Call {
    return { ...call, keys: (call.keys + key).slice(-KEYS_SHOWN_MAX) };
}

export function withReport(call: Call, report: SoundReport, now: number): Call {
    const grew = report.packets > call.received.packets;
    const received = grew ? { packets: report.packets, grewAt: now } : call.received;
    const { micSilentSince, hint: _, ...rest } = call;
    const silentSince = report.micSilent && isSpeaking(call) ? (micSilentSince ?? now) : undefined;
    const measured: Call = {
        ...rest,
        received,
        ...(silentSince === undefined ? {} : { micSilentSince: silentSince }),
    };
    const hint = hintOf(measured, now);
    return hint === undefined ? measured : { ...measured, hint };
}

/** Muted and held calls send silence on purpose. */
function isSpeaking(call: Call): boolean {
    return call.stage.kind === 'talking' && !call.muted && !call.peerHolds;
}

function hintOf(call: Call, now: number): SoundHint | undefined {
    if (call.stage.kind !== 'talking' || call.sound !== 'flowing' || call.peerHolds) return undefined;
    const quietSince = Math.max(call.received.grewAt, call.stage.since);
    if (now - quietSince >= NOTHING_RECEIVED_MILLIS) return 'nothing-received';
    const silent = call.micSilentSince !== undefined && now - call.micSilentSince >= MIC_SILENT_MILLIS;
    return silent ? 'mic-silent' : undefined;
}

export function endedCall(call: Call, cause: EndCause, now: number, status?: number): EndedCall {
    const since = answeredSince(call);
    return {
        id: call.id,
        direction: call.direction,
        peer: call.peer,
        cause,
        startedWallClock: call.startedWallClock,
        ...(status === undefined ? {} : { status }),
        ...(since === undefined ? {} : { talkedMillis: now - since }),
    };
}
