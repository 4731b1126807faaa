/** The sounds of a telephone, computed: no file to load, and the same in every browser. */

import type { Key } from './number';

/** What should sound, or nothing. `ringback` is what a caller hears while the other side rings. */
export type Tone = 'none' | 'ring' | 'waiting' | 'ringback';

interface Note {
    readonly startSeconds: number;
    readonly lengthSeconds: number;
    readonly hertz: readonly number[];
    readonly loudness: number;
    /** A struck note dies away; a held one keeps its loudness. */
    readonly struck: boolean;
}

interface Pattern {
    readonly cycleSeconds: number;
    readonly notes: readonly Note[];
}

const EDGE_SECONDS = 0.008;

const PATTERNS: Record<Exclude<Tone, 'none'>, Pattern> = {
    // A rising third, twice, then silence: heard through an office, not startling in a headset.
    ring: {
        cycleSeconds: 3,
        notes: [0, 0.42].flatMap((at) => [
            struck(at, [587.33, 880], 0.34),
            struck(at + 0.16, [739.99, 1108.73], 0.3),
        ]),
    },
    waiting: { cycleSeconds: 5, notes: [held(0, 0.14, [425], 0.16), held(0.28, 0.14, [425], 0.16)] },
    // 425 Hz, 1 s in 5: the ringing tone of most of Europe (ITU-T E.180).
    ringback: { cycleSeconds: 5, notes: [held(0, 1, [425], 0.14)] },
};

/** Two notes down: the call is over. Played once. */
const ENDED: Pattern = {
    cycleSeconds: 0.5,
    notes: [struck(0, [659.25], 0.16), struck(0.14, [493.88], 0.16)],
};

/** One cycle of a tone, to be looped. Samples from -1 to 1. */
export function toneSamples(tone: Exclude<Tone, 'none'>, sampleRate: number): Float32Array {
    return render(PATTERNS[tone], sampleRate);
}

export function endedSamples(sampleRate: number): Float32Array {
    return render(ENDED, sampleRate);
}

const ROW_HERTZ = [697, 770, 852, 941];
const COLUMN_HERTZ = [1209, 1336, 1477];
const KEY_ROWS = ['123', '456', '789', '*0#'];

/** What the agent hears on pressing a key (ITU-T Q.23); the far end gets RFC 4733 events instead. */
export function keySamples(key: Key, sampleRate: number): Float32Array {
    const row = KEY_ROWS.findIndex((keys) => keys.includes(key));
    const column = KEY_ROWS[row]?.indexOf(key) ?? 0;
    const hertz = [ROW_HERTZ[row] ?? 0, COLUMN_HERTZ[column] ?? 0];
    return render({ cycleSeconds: 0.14, notes: [held(0, 0.12, hertz, 0.1)] }, sampleRate);
}

function struck(startSeconds: number, hertz: readonly number[], loudness: number): Note {
    return { startSeconds, lengthSeconds: 0.9, hertz, loudness, struck: true };
}

function held(
    startSeconds: number,
    lengthSeconds: number,
    hertz: readonly number[],
    loudness: number,
): Note {
    return { startSeconds, lengthSeconds, hertz, loudness, struck: false };
}

function render(pattern: Pattern, sampleRate: number): Float32Array {
    const samples = new Float32Array(Math.round(pattern.cycleSeconds * sampleRate));
    for (const note of pattern.notes) add(note, samples, sampleRate);
    return samples;
}

function add(note: Note, samples: Float32Array, sampleRate: number): void {
    const first = Math.round(note.startSeconds * sampleRate);
    const length = Math.min(Math.round(note.lengthSeconds * sampleRate), samples.length - first);
    for (let i = 0; i < length; i++) {
        const at = i / sampleRate;
        const wave = note.hertz.reduce((sum, hz) => sum + Math.sin(2 * Math.PI * hz * at), 0);
        const value = (wave / note.hertz.length) * note.loudness * envelope(note, at, length / sampleRate);
        samples[first + i] = (samples[first + i] ?? 0) + value;
    }
}

/** Soft edges: a wave that starts or stops in mid-swing clicks. */
function envelope(note: Note, at: number, length: number): number {
    const edge = Math.min(1, at / EDGE_SECONDS, (length - at) / EDGE_SECONDS);
    return note.struck ? edge * Math.exp(-at * 6) : edge;
}
