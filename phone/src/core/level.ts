/** Loudness for the eye: what a meter shows for a stretch of samples. */

const FLOOR_DB = -60;
const CEILING_DB = -10;

/** Root mean square of samples from -1 to 1. */
export function rootMeanSquare(samples: ArrayLike<number>): number {
    if (samples.length === 0) return 0;
    let sum = 0;
    for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2;
    return Math.sqrt(sum / samples.length);
}

/** From 0 (quieter than a quiet room) to 1 (loud speech), even steps to the ear. */
export function meterLevel(rms: number): number {
    if (rms <= 0) return 0;
    const db = 20 * Math.log10(rms);
    return Math.min(1, Math.max(0, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}

/** Rises at once and falls slowly, so that the eye can follow. `elapsedMillis` since the last. */
export function smoothed(previous: number, level: number, elapsedMillis: number): number {
    const fallen = previous - elapsedMillis / 600;
    return Math.max(level, fallen, 0);
}
