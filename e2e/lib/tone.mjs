// Tones: made, and measured (Goertzel).

export const RATE = 8000;

/** `seconds` of a sine at `hz`, amplitude of full scale 0..1, as Int16. */
export function tone(hz, seconds, amplitude = 0.4) {
  const samples = new Int16Array(Math.round(seconds * RATE));
  for (let i = 0; i < samples.length; i++) {
    samples[i] = Math.round(amplitude * 32767 * Math.sin((2 * Math.PI * hz * i) / RATE));
  }
  return samples;
}

/** Share of the samples' energy that lies at `hz`: 1 for a pure tone, near 0 for anything else. */
export function shareAt(samples, hz, rate = RATE) {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let previous = 0;
  let before = 0;
  let energy = 0;
  for (const sample of samples) {
    const next = sample + coefficient * previous - before;
    before = previous;
    previous = next;
    energy += sample * sample;
  }
  const power = previous * previous + before * before - coefficient * previous * before;
  return energy === 0 ? 0 : (2 * power) / (samples.length * energy);
}

/** Root mean square, 0..32767. */
export function rms(samples) {
  let sum = 0;
  for (const sample of samples) {
    sum += sample * sample;
  }
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** The frequency of `candidates` that holds most of the energy, with its share. */
export function loudest(samples, candidates, rate = RATE) {
  return candidates
    .map((hz) => ({ hz, share: shareAt(samples, hz, rate) }))
    .sort((a, b) => b.share - a.share)[0];
}

const WINDOW_SECONDS = 0.1;
const TELEPHONE_BAND = Array.from({ length: 3101 }, (_, i) => 300 + i);

/** The samples in parts of 100 ms. */
function windows(samples, rate) {
  const length = Math.round(rate * WINDOW_SECONDS);
  return Array.from({ length: Math.floor(samples.length / length) }, (_, i) => samples.slice(i * length, (i + 1) * length));
}

/** What sounds in the loudest 100 ms: its frequency to 1 Hz, the share it has there, and how loud that is (rms). */
export function loudestTone(samples, rate = RATE) {
  const [level, part] = windows(samples, rate)
    .map((window) => [rms(window), window])
    .sort(([a], [b]) => b - a)[0];
  return { ...loudest(part, TELEPHONE_BAND, rate), level };
}

/** The share of time in which next to nothing but this tone is heard, by parts of 100 ms. */
export function steadiness(samples, hz, rate = RATE) {
  const parts = windows(samples, rate);
  return parts.filter((part) => shareAt(part, hz, rate) > 0.95).length / parts.length;
}
