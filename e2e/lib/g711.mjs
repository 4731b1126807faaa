// G.711 by the segments of ITU-T G.711, sample by sample; slow and plain, for tests.

const BIAS = 0x84;

export function encodeMu(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32635) + BIAS;
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

export function decodeMu(byte) {
  const code = ~byte & 0xff;
  const exponent = (code >> 4) & 7;
  const magnitude = ((((code & 0x0f) << 3) + BIAS) << exponent) - BIAS;
  return code & 0x80 ? -magnitude : magnitude;
}

export function decodeA(byte) {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = code & 0x0f;
  const magnitude = exponent === 0
    ? (mantissa << 4) + 8
    : ((mantissa << 4) + 0x108) << (exponent - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

export function encodeA(sample) {
  let best = 0;
  let bestDistance = Infinity;
  for (const byte of ALL) {
    const distance = Math.abs(decodeA(byte) - sample);
    if (distance < bestDistance) {
      best = byte;
      bestDistance = distance;
    }
  }
  return best;
}

const ALL = Array.from({ length: 256 }, (_, i) => i);
