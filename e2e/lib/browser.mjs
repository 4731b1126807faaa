// A real browser with plain JsSIP: a phone as any web developer would write it.
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';
import { ears } from './ears.mjs';

const require = createRequire(import.meta.url);

const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'];

export const jssip = buildSync({
  stdin: {
    contents: "import JsSIP from 'jssip'; globalThis.JsSIP = JsSIP;",
    resolveDir: path.dirname(require.resolve('jssip/package.json')) + '/..',
  },
  bundle: true, write: false, format: 'iife',
}).outputFiles[0].text;

/** A Chromium; its microphone beeps, or says what is in `wav`. */
export async function startChromium({ wav } = {}) {
  const args = wav ? [...CHROMIUM, `--use-file-for-fake-audio-capture=${wav}`] : CHROMIUM;
  return chromium.launch({ executablePath: '/usr/bin/chromium', args });
}

/** Sound as the microphone has it: a steady tone is noise and echo to what browsers do by default. */
export const AS_IT_IS = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/**
 * A page of its own in that browser, with a phone in it; `audio` is what it asks of the microphone,
 * and the domain is the host of `ws` unless told.
 */
export async function openPhone(browser, { ws, user, password, domain = new URL(ws).hostname, audio = true }) {
  const server = http.createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>phone</title><audio id="audio" autoplay></audio>');
  });
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript({ content: `(${ear})()` });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.addScriptTag({ content: jssip });
  await page.addScriptTag({ content: `(${ears})(); (${inPage})()` });
  await page.evaluate((a) => globalThis.phone.microphone(a), audio);
  await page.evaluate((account) => globalThis.phone.register(account), { ws, user, password, domain });
  const run = (name, ...args) =>
    page.evaluate(([n, a]) => globalThis.phone[n](...a), [name, args]);
  return {
    page,
    run,
    call: (number, options = {}) => run('call', number, options),
    state: () => run('state'),
    hear: (seconds) => hear(page, seconds),
    async close() {
      await run('stop').catch(() => {});
      await context.close();
      server.close();
    },
  };
}

/** Before that the ear is not open yet. */
const EAR_OPENS_SECONDS = 0.2;

/** What the page hears for so long, as it comes from the network: mono samples, -1..1, and their rate. */
export async function hear(page, seconds) {
  const { rate, samples } = await page.evaluate((s) => globalThis.hear(s), EAR_OPENS_SECONDS + seconds);
  return { rate, samples: Float32Array.from(samples.slice(Math.round(EAR_OPENS_SECONDS * rate))) };
}

/** Runs in the page before its own scripts: keeps the sound of the newest call, to be recorded. */
export function ear() {
  const Native = globalThis.RTCPeerConnection;
  let stream;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(...options) {
      super(...options);
      this.addEventListener('track', (e) => (stream = new MediaStream([e.track])));
    }
  };

  const tap = `registerProcessor('tap', class extends AudioWorkletProcessor {
    process([[samples]]) {
      this.port.postMessage(samples ? samples.slice() : new Float32Array(128));
      return true;
    }
  })`;

  globalThis.hear = async (seconds) => {
    const context = new AudioContext();
    try {
      const module = URL.createObjectURL(new Blob([tap], { type: 'text/javascript' }));
      await context.audioWorklet.addModule(module);
      const node = new AudioWorkletNode(context, 'tap', { numberOfOutputs: 0 });
      const heard = [];
      const enough = new Promise((ok, no) => {
        setTimeout(() => no(new Error('the clock of the sound stands still')), 20_000);
        node.port.onmessage = ({ data }) => {
          heard.push(...data);
          if (heard.length >= seconds * context.sampleRate) ok();
        };
      });
      context.createMediaStreamSource(stream).connect(node);
      await enough;
      return { rate: context.sampleRate, samples: heard };
    } finally {
      await context.close();
    }
  };
}

/** Runs in the page. */
function inPage() {
  const events = [];
  const received = [];
  let ua;
  let session;
  let first;
  let answering = { auto: false, codec: undefined };
  let audio = true;

  globalThis.WebSocket = class extends WebSocket {
    constructor(...where) {
      super(...where);
      this.addEventListener('message', ({ data }) => received.push(data));
    }
  };

  // Of the other's offer as well: an answer that is changed only after it was made would not keep
  // the browser from sending what it says no more.
  const only = (codec) => (data) => {
    if (codec && (data.originator === 'local' || data.type === 'offer')) {
      data.sdp = keepCodec(data.sdp, codec);
    }
  };

  /** Leaves one codec and the DTMF in the audio section. */
  function keepCodec(sdp, codec) {
    const lines = sdp.split('\r\n');
    const keep = lines
      .map((l) => /^a=rtpmap:(\d+) ([^/]+)\/(\d+)/.exec(l))
      .filter((m) => m && (m[2].toLowerCase() === codec.toLowerCase() || m[2] === 'telephone-event'))
      .map((m) => m[1]);
    return lines
      .map((l) => (l.startsWith('m=audio') ? l.split(' ').slice(0, 3).concat(keep).join(' ') : l))
      .filter((l) => {
        const m = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(l);
        return !m || keep.includes(m[1]);
      })
      .join('\r\n');
  }

  function referred(from, target, options) {
    return new Promise((ok) => {
      const told = [];
      const note = (name) => (e) => {
        told.push(e?.status_line ? `${name} ${e.status_line.status_code}` : name);
        if (name !== 'trying' && name !== 'progress') ok(told);
      };
      const eventHandlers = Object.fromEntries(
        ['requestFailed', 'trying', 'progress', 'accepted', 'failed'].map((name) => [name, note(name)]));
      from.refer(target, { ...options, eventHandlers });
    });
  }

  function watch(next) {
    session = next;
    session.on('sdp', only(answering.codec));
    for (const name of ['progress', 'accepted', 'confirmed', 'hold', 'unhold', 'failed', 'ended', 'newDTMF', 'reinvite']) {
      session.on(name, (e) => events.push({
        name, at: performance.now(), cause: e?.cause, originator: e?.originator,
        status: e?.message?.status_code ?? e?.response?.status_code, tone: e?.dtmf?.tone,
        reason: e?.message?.getHeader?.('Reason'),
      }));
    }
    const onConnection = (pc) => {
      globalThis.ears.listen(pc);
      pc.addEventListener('track', (e) => {
        document.getElementById('audio').srcObject = e.streams[0] ?? new MediaStream([e.track]);
      });
    };
    if (session.connection) onConnection(session.connection);
    session.on('peerconnection', (e) => onConnection(e.peerconnection));
  }

  globalThis.phone = {
    microphone(constraints) { audio = constraints; },
    register({ ws, user, password, domain }) {
      const socket = new JsSIP.WebSocketInterface(ws);
      ua = new JsSIP.UA({ sockets: [socket], uri: `sip:${user}@${domain}`, password, session_timers: true });
      ua.on('newRTCSession', (e) => {
        if (e.originator !== 'remote') return;
        watch(e.session);
        events.push({ name: 'incoming', at: performance.now(), from: e.request.from.uri.user });
        if (answering.auto) globalThis.phone.answer();
      });
      ua.on('disconnected', () => events.push({ name: 'disconnected', at: performance.now() }));
      return new Promise((ok, no) => {
        ua.on('registered', () => { events.push({ name: 'registered', at: performance.now() }); ok(); });
        ua.on('registrationFailed', (e) => no(new Error(`registration failed: ${e.cause}`)));
        ua.start();
        setTimeout(() => no(new Error('no registration in 10 s')), 10_000);
      });
    },
    autoAnswer(codec) { answering = { auto: true, codec }; },
    use(codec) { answering.codec = codec; },
    answer() {
      session.answer({ mediaConstraints: { audio, video: false }, pcConfig: { iceServers: [] } });
    },
    reject(status) { session.terminate({ status_code: status }); },
    call(number, { headers = [], codec, mediaStream } = {}) {
      answering.codec = codec;
      const started = performance.now();
      const next = ua.call(number, {
        mediaConstraints: { audio, video: false }, mediaStream, extraHeaders: headers,
        pcConfig: { iceServers: [] },
        eventHandlers: { sdp: only(codec) },
      });
      watch(next);
      return started;
    },
    hangup() { session.terminate(); },
    giveUp() { if (session && !session.isEnded()) session.terminate(); },
    hold() { return new Promise((ok) => session.hold({}, ok)); },
    unhold() { return new Promise((ok) => session.unhold({}, ok)); },
    /** Asks for that number in its own place; what is told of it, to the last. */
    refer(number) { return referred(session, number); },
    /** Puts the other on hold and calls that number besides. */
    async consult(number) {
      first = session;
      await new Promise((ok) => first.hold({}, ok));
      return globalThis.phone.call(number);
    },
    /** Brings the one on hold and the one who was called besides together. */
    bringTogether() { return referred(first, session.remote_identity.uri.toString(), { replaces: session }); },
    firstEnded: () => first.isEnded(),
    mute() { session.mute({ audio: true }); },
    unmute() { session.unmute({ audio: true }); },
    dtmf(tones, transport = 'RFC2833') {
      session.sendDTMF(tones, { duration: 120, interToneGap: 100, transportType: transport });
    },
    /** Every SIP message that has come. */
    received: () => received,
    dropConnection() { ua.transport.socket._ws.close(); },
    events: () => events,
    state: () => ({
      established: Boolean(session?.isEstablished()), ended: Boolean(session?.isEnded()),
      inProgress: Boolean(session?.isInProgress()), ice: session?.connection?.iceConnectionState,
      connection: session?.connection?.connectionState,
      // Of a connection that is closed, Firefox tells no description.
      offer: session?.isEnded() ? undefined : session?.connection?.localDescription?.sdp,
      answer: session?.isEnded() ? undefined : session?.connection?.remoteDescription?.sdp,
    }),
    async stats() {
      const report = await session.connection.getStats();
      const out = {};
      for (const s of report.values()) {
        if (s.type === 'inbound-rtp') {
          out.received = { packets: s.packetsReceived, lost: s.packetsLost, jitter: s.jitter, energy: s.totalAudioEnergy, concealed: s.concealedSamples, samples: s.totalSamplesReceived, codec: report.get(s.codecId)?.mimeType };
        }
        if (s.type === 'outbound-rtp') out.sent = { packets: s.packetsSent, codec: report.get(s.codecId)?.mimeType };
        if (s.type === 'remote-inbound-rtp') out.remote = { rtt: s.roundTripTime, lost: s.packetsLost, jitter: s.jitter };
      }
      return out;
    },
    loudest: () => globalThis.ears.loudest(),
    record: () => globalThis.ears.record(),
    take: () => globalThis.ears.take(),
    /** One call: when the INVITE left, and how long after it the 200, the connection and the first packet came. */
    async timed(number, ms) {
      let sent;
      const at = {};
      const send = ua.transport.socket.send.bind(ua.transport.socket);
      ua.transport.socket.send = (m) => {
        if (m.startsWith('INVITE')) sent ??= performance.now();
        return send(m);
      };
      const ondata = ua.transport.socket.ondata;
      ua.transport.socket.ondata = (m) => {
        if (/^SIP\/2.0 200/.test(m) && /CSeq: \d+ INVITE/i.test(m)) at.ok ??= performance.now();
        return ondata(m);
      };
      // The microphone gives a frame each 20 ms: a call that begins at no particular moment of these favours nobody.
      const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
      await new Promise((r) => setTimeout(r, 100 + Math.random() * 20));
      globalThis.phone.call(number, { mediaStream: microphone });
      const pc = session.connection;
      pc.addEventListener('connectionstatechange', () => {
        if (pc.connectionState === 'connected') at.connected ??= performance.now();
      });
      pc.addEventListener('track', (e) => e.track.addEventListener('unmute', () => { at.rtp ??= performance.now(); }));
      await new Promise((r) => setTimeout(r, ms));
      const { received } = await globalThis.phone.stats();
      session.terminate();
      microphone.getTracks().forEach((track) => track.stop());
      await new Promise((r) => setTimeout(r, 200));
      return {
        inviteTo200: at.ok - sent, okToConnected: at.connected - at.ok, okToFirstRtp: at.rtp - at.ok,
        inviteToFirstRtp: at.rtp - sent, lost: received.lost, packets: received.packets, codec: received.codec,
      };
    },
    async stop() { ua?.stop(); await new Promise((r) => setTimeout(r, 200)); },
  };
}
