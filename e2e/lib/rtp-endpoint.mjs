// The carrier's end of the voice: sends a tone by RTP, records what arrives, presses and hears keys.
import dgram from 'node:dgram';
import { decodeA, decodeMu, encodeA, encodeMu } from './g711.mjs';
import { tone } from './tone.mjs';
import { writeWav } from './wav.mjs';

const FRAME = 160;
const DIGITS = '0123456789*#ABCD';

export class RtpEndpoint {
  /** @param {{port: number, hz?: number, payloadType?: 0|8, address?: string}} options */
  constructor({ port, hz = 1000, payloadType = 8, address = '127.0.0.1' }) {
    Object.assign(this, { port, address, payloadType });
    const samples = tone(hz, 1);
    const encode = payloadType === 0 ? encodeMu : encodeA;
    this.audio = Uint8Array.from(samples, encode);
    this.received = [];
    this.digits = [];
    this.packets = 0;
    this.sources = new Set();
    this.sequence = 1000;
    this.timestamp = 5000;
    this.ssrc = 0x4a61636b;
    this.at = 0;
    this.lastEvent = -1;
  }

  /** Speaks to whoever speaks first. */
  answering() {
    this.answers = true;
    return this;
  }

  /** Says again at once what it hears, to whoever said it. */
  echoing() {
    this.echoes = true;
    return this;
  }

  async open() {
    this.socket = dgram.createSocket('udp4');
    this.socket.on('message', (packet, from) => this.#onPacket(packet, from));
    await new Promise((ok, no) => this.socket.once('error', no).bind(this.port, this.address, ok));
    return this;
  }

  /** Sends the tone to that address, a packet each 20 ms, until `stop` or `close`. */
  sendTo(port, address = '127.0.0.1') {
    this.target = { port, address };
    const start = performance.now();
    let sent = 0;
    this.timer ??= setInterval(() => {
      while (sent * 20 <= performance.now() - start) {
        this.#sendAudio();
        sent++;
      }
    }, 10);
  }

  #sendAudio() {
    const payload = this.audio.subarray(this.at, this.at + FRAME);
    this.at = (this.at + FRAME) % this.audio.length;
    this.#send(this.payloadType, payload, this.timestamp, false);
    this.timestamp += FRAME;
  }

  /** Presses a key (RFC 4733) with that payload type: an update each 20 ms, the end said three times. */
  async press(digit, payloadType = 101, millis = 120) {
    const start = this.timestamp;
    const steps = Math.round(millis / 20);
    for (let i = 1; i < steps; i++) {
      this.#sendEvent(digit, payloadType, start, i * FRAME, false, i === 1);
      await new Promise((r) => setTimeout(r, 20));
    }
    for (let i = 0; i < 3; i++) {
      this.#sendEvent(digit, payloadType, start, steps * FRAME, true, false);
    }
  }

  #sendEvent(digit, payloadType, start, duration, end, marker) {
    const event = Buffer.alloc(4);
    event[0] = DIGITS.indexOf(digit);
    event[1] = (end ? 0x80 : 0) | 10;
    event.writeUInt16BE(duration, 2);
    this.#send(payloadType, event, start, marker);
  }

  #send(payloadType, payload, timestamp, marker) {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = (marker ? 0x80 : 0) | payloadType;
    header.writeUInt16BE(this.sequence++ & 0xffff, 2);
    header.writeUInt32BE(timestamp >>> 0, 4);
    header.writeUInt32BE(this.ssrc, 8);
    const { port, address } = this.target;
    this.socket.send(Buffer.concat([header, payload]), port, address);
  }

  #onPacket(packet, from) {
    const payloadType = packet[1] & 0x7f;
    this.packets++;
    if (this.answers && !this.target) {
      this.sendTo(from.port, from.address);
    }
    this.sources.add(`${from.address}:${from.port}`);
    const payload = packet.subarray(12);
    if (this.echoes && payloadType === this.payloadType) {
      this.target = { port: from.port, address: from.address };
      this.#send(payloadType, payload, packet.readUInt32BE(4), false);
    }
    if (payloadType === 0 || payloadType === 8) {
      const decode = payloadType === 0 ? decodeMu : decodeA;
      for (const byte of payload) {
        this.received.push(decode(byte));
      }
      return;
    }
    const timestamp = packet.readUInt32BE(4);
    if (payload.length === 4 && timestamp !== this.lastEvent) {
      this.lastEvent = timestamp;
      this.digits.push(DIGITS[payload[0]]);
    }
  }

  /** The last `seconds` of what was heard. */
  heard(seconds) {
    return this.received.slice(-Math.round(seconds * 8000));
  }

  /** Writes what was heard as a WAV, to be listened to or measured with sox. */
  writeWav(file) {
    writeWav(file, this.received, 8000);
  }

  close() {
    clearInterval(this.timer);
    this.socket.close();
  }
}
