import { describe, expect, it } from 'vitest';
import { meterLevel, rootMeanSquare, smoothed } from './level';
import { microphoneProblem } from './microphone';
import { KEYS } from './number';
import { endedSamples, keySamples, toneSamples } from './tones';

const RATE = 8_000;

/** How much of one frequency is in the samples (Goertzel). */
function power(samples: Float32Array, hertz: number): number {
    const step = (2 * Math.PI * hertz) / RATE;
    let re = 0;
    let im = 0;
    samples.forEach((sample, i) => {
        re += sample * Math.cos(step * i);
        im += sample * Math.sin(step * i);
    });
    return (re ** 2 + im ** 2) / samples.length ** 2;
}

describe('the meter', () => {
    it('is at rest in silence and full at loud speech', () => {
        expect(meterLevel(rootMeanSquare([]))).toBe(0);
        expect(meterLevel(rootMeanSquare(new Float32Array(160)))).toBe(0);
        expect(meterLevel(1)).toBe(1);
        expect(meterLevel(10 ** (-35 / 20))).toBeCloseTo(0.5);
    });

    it('rises at once and falls over 0.6 s', () => {
        expect(smoothed(0.2, 0.9, 16)).toBe(0.9);
        expect(smoothed(1, 0, 300)).toBeCloseTo(0.5);
        expect(smoothed(0.1, 0, 300)).toBe(0);
    });
});

describe('tones', () => {
    it('never overdrive, and start and end without a click', () => {
        const all = (['ring', 'waiting', 'ringback'] as const).map((tone) => toneSamples(tone, RATE));
        for (const samples of [...all, endedSamples(RATE), ...KEYS.map((k) => keySamples(k, RATE))]) {
            expect(Math.max(...samples.map(Math.abs))).toBeLessThan(1);
            expect(Math.max(...samples.map(Math.abs))).toBeGreaterThan(0.05);
            expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.001);
            expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.001);
        }
    });

    it('ringback is 425 Hz, 1 s of 5 (ITU-T E.180)', () => {
        const samples = toneSamples('ringback', RATE);
        expect(samples).toHaveLength(5 * RATE);
        expect(power(samples.slice(0, RATE), 425)).toBeGreaterThan(1e-3);
        expect(rootMeanSquare(samples.slice(RATE))).toBe(0);
    });

    it.each([
        ['1', 697, 1209],
        ['5', 770, 1336],
        ['9', 852, 1477],
        ['*', 941, 1209],
        ['0', 941, 1336],
        ['#', 941, 1477],
    ] as const)('key %s sounds %i and %i Hz (ITU-T Q.23)', (key, low, high) => {
        const samples = keySamples(key, RATE);
        for (const other of [697, 770, 852, 941].filter((hz) => hz !== low)) {
            expect(power(samples, low)).toBeGreaterThan(20 * power(samples, other));
        }
        for (const other of [1209, 1336, 1477].filter((hz) => hz !== high)) {
            expect(power(samples, high)).toBeGreaterThan(20 * power(samples, other));
        }
    });
});

describe('a microphone that is not to be had', () => {
    it.each([
        ['NotAllowedError', 'mic-denied'],
        ['NotFoundError', 'mic-missing'],
        ['OverconstrainedError', 'mic-missing'],
        ['NotReadableError', 'mic-busy'],
        ['TypeError', 'insecure-page'],
    ] as const)('%s means %s (W3C Media Capture §10.2)', (name, problem) => {
        expect(microphoneProblem(name)).toBe(problem);
    });
});
