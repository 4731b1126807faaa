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
