import fs from 'node:fs';

/** Writes mono 16-bit samples as a WAV file. */
export function writeWav(file, samples, rate = 48000) {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => data.writeInt16LE(Math.round(sample), i * 2));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  fs.writeFileSync(file, Buffer.concat([head, data]));
}

/** A WAV with a tone at `hz`, for a browser's fake microphone. */
export function toneWav(file, hz, seconds = 5, rate = 48000) {
  const samples = new Float64Array(seconds * rate);
  for (let i = 0; i < samples.length; i++) samples[i] = 12000 * Math.sin((2 * Math.PI * hz * i) / rate);
  writeWav(file, samples, rate);
  return file;
}

/** The same, on for `on` seconds of every `period`: passes the noise suppression, which takes what is steady. */
export function beepWav(file, hz, on = 0.2, period = 0.8, rate = 48000) {
  const samples = new Float64Array(5 * period * rate);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = (i / rate) % period < on ? 12000 * Math.sin((2 * Math.PI * hz * i) / rate) : 0;
  }
  writeWav(file, samples, rate);
  return file;
}
