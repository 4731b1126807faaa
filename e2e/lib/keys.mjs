// Keys by their sound (ITU-T Q.23): each is one low and one high frequency at once.
import { rms, shareAt } from './tone.mjs';

const LOW = [697, 770, 852, 941];
const HIGH = [1209, 1336, 1477, 1633];
const ROWS = ['123A', '456B', '789C', '*0#D'];

/** One period of the lowest frequency is 1.4 ms, and neighbours are told apart within this. */
const WINDOW_SECONDS = 0.02;
const SILENCE_RMS_MAX = 100;
/** Of the energy; two sines and nothing else have all of it. */
const SHARE_MIN = 0.9;

export const KEYS = ROWS.join('');

/** The two frequencies of a key, Hz. */
export function frequenciesOf(key) {
  const row = ROWS.findIndex((keys) => keys.includes(key));
  return [LOW[row], HIGH[ROWS[row].indexOf(key)]];
}

/**
 * What sounds in each window of 20 ms: a key whose two frequencies have nearly all of the energy,
 * '' for silence, '?' for anything else, as the first and last moment of a key.
 */
export function soundsIn(samples, rate) {
  const length = Math.round(rate * WINDOW_SECONDS);
  return Array.from({ length: Math.floor(samples.length / length) }, (_, i) =>
    soundOf(samples.slice(i * length, (i + 1) * length), rate));
}

function soundOf(window, rate) {
  if (rms(window) <= SILENCE_RMS_MAX) return '';
  const strongest = (candidates) => candidates
    .map((hz, index) => ({ index, share: shareAt(window, hz, rate) }))
    .reduce((a, b) => (b.share > a.share ? b : a));
  const [low, high] = [strongest(LOW), strongest(HIGH)];
  return low.share + high.share > SHARE_MIN ? ROWS[low.index][high.index] : '?';
}
