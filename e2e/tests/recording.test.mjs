// Recordings of real calls: a browser and a carrier, each with its tone; read back over HTTP.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { AS_IT_IS, openPhone, startChromium } from '../lib/browser.mjs';
import { site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { rms, shareAt } from '../lib/tone.mjs';
import { beepWav, toneWav } from '../lib/wav.mjs';

const CARRIER = 15192;
const AGENT_HZ = 440;
const CARRIER_HZ = 1000;

const SITE = site(`trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
routes:
  - pattern: _9X.
    trunks: [carrier]
    strip: 1
numbers:
  - pattern: _8XXX
    agent: 1XXX
recording: all
`);

let browser;
let pbx;
let phone;
let rtp;
let rtpPort = 16700;

before(async () => {
  browser = await startChromium({ wav: toneWav(path.join(os.tmpdir(), `recording-${process.pid}.wav`), AGENT_HZ) });
});

after(async () => {
  await browser?.close();
});

afterEach(() => {
  stopAll();
  rtp?.close();
  rtp = undefined;
});

async function start(recordings, from = browser) {
  pbx = await startPbx({ site: SITE, more: `recordings:
${recordings}` });
  phone = await openPhone(from, { ws: pbx.ws, user: '1001', password: 'demo-1001', audio: AS_IT_IS });
}

async function stop() {
  await phone?.close();
  await pbx?.stop();
}

const callsEnded = () => pbx.log().split(' ended by=').length - 1;
const metric = async (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await pbx.metrics())?.[1]);

/** A call to the carrier in which both hear each other. */
async function talk(number) {
  await answered(number, 'uas-answer', (carrier) => carrier.answering());
  await hearing();
}

/** A call that the carrier has answered by that scenario. */
async function answered(number, scenario, voice) {
  rtpPort += 2;
  rtp = voice(await new RtpEndpoint({ port: rtpPort, hz: CARRIER_HZ }).open());
  sipp(scenario, { port: CARRIER, rtp: rtpPort, seconds: 60 });
  const since = await phone.call(number);
  await until(async () => (await phone.run('events')).find((e) => e.name === 'accepted' && e.at >= since), 'an answer');
}

async function hearing() {
  await until(async () => Math.abs((await phone.run('loudest')).hz - CARRIER_HZ) < 8, `agent hears ${CARRIER_HZ} Hz`);
  await until(() => rtp.received.length > 8000 && shareAt(rtp.heard(1), AGENT_HZ) > 0.9, `carrier hears ${AGENT_HZ} Hz`);
}

async function hangUp() {
  const before = callsEnded();
  await phone.run('hangup');
  await until(() => callsEnded() > before, 'the end of the call');
}

const cdrOf = (callee) => until(async () => (await pbx.cdrs()).find((c) => c.callee === callee), `CDR of ${callee}`);

async function get(what, headers = {}) {
  const response = await fetch(`${pbx.url}${what}`, { headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const recordingOf = (id) => until(async () => {
  const answer = await get(`/api/v1/recordings/${id}`);
  return answer.status === 200 ? answer : undefined;
}, `recording ${id}`);

/** Both channels of a WAV of 16 bits, and its rate; fails where header and length disagree. */
function channels(wav) {
  assert.equal(wav.toString('latin1', 0, 4), 'RIFF');
  assert.equal(wav.readUInt32LE(4), wav.length - 8, 'the length that the header says');
  assert.equal(wav.readUInt16LE(22), 2, 'channels');
  const rate = wav.readUInt32LE(24);
  const at = wav.indexOf('data') + 8;
  assert.equal(wav.readUInt32LE(at - 4), wav.length - at, 'the length of the samples');
  const frames = (wav.length - at) / 4;
  const channel = (n) => Int16Array.from({ length: frames }, (_, i) => wav.readInt16LE(at + 4 * i + 2 * n));
  return { rate, seconds: frames / rate, agent: channel(0), customer: channel(1) };
}

/** What a tenth of a second usually has of that tone; a start may be drawn out by a hundredth. */
function usualShare(samples, hz, rate) {
  const length = rate / 10;
  const windows = Math.floor(samples.length / length);
  const shares = Array.from({ length: windows }, (_, i) => shareAt(samples.slice(i * length, (i + 1) * length), hz, rate));
  return shares.sort((a, b) => a - b)[Math.floor(windows / 2)];
}

function assertTones(sound, words) {
  const agent = usualShare(sound.agent, AGENT_HZ, sound.rate);
  const customer = usualShare(sound.customer, CARRIER_HZ, sound.rate);
  console.log(`# ${words}: ${sound.seconds.toFixed(2)} s, left ${(agent * 100).toFixed(1)} % at ${AGENT_HZ} Hz,`
    + ` right ${(customer * 100).toFixed(1)} % at ${CARRIER_HZ} Hz`);
  assert.ok(agent > 0.9, `agent on the left: ${agent}`);
  assert.ok(customer > 0.9, `customer on the right: ${customer}`);
}

describe('as WAV', () => {
  before(() => start('  keep: 30d\n'));
  after(stop);

  test('the agent is left, the customer right; parts, picture and record', async () => {
    await talk('95550001');
    await new Promise((r) => setTimeout(r, 2000));
    await hangUp();
    const cdr = await cdrOf('95550001');
    assert.ok(cdr.recording, 'the record names the recording');
    const all = await recordingOf(cdr.recording);
    assert.equal(all.headers.get('content-type'), 'audio/wav');
    const sound = channels(all.bytes);
    assertTones(sound, 'recorded');
    assert.ok(Math.abs(sound.seconds * 1000 - cdr.talk_ms) < 1000, `${sound.seconds} s of ${cdr.talk_ms} ms`);

    const part = await get(`/api/v1/recordings/${cdr.recording}`, { range: 'bytes=1000-1999' });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes 1000-1999/${all.bytes.length}`);
    assert.deepEqual(part.bytes, all.bytes.subarray(1000, 2000));
    assert.equal((await get(`/api/v1/recordings/${cdr.recording}`, { range: 'bytes=99999999-' })).status, 416);

    const picture = JSON.parse((await get(`/api/v1/recordings/${cdr.recording}/waveform?points=40`)).bytes);
    assert.equal(picture.agent.length, 40);
    assert.ok(Math.max(...picture.agent) > 0.05 && Math.max(...picture.customer) > 0.05, JSON.stringify(picture));
    assert.ok(Math.abs(picture.length_ms - sound.seconds * 1000) < 2, `${picture.length_ms}`);

    assert.equal((await get('/api/v1/recordings/..%2F..%2Fjackfield.db')).status, 400);
    assert.equal((await get('/api/v1/recordings/nobody')).status, 404);
    assert.equal(await metric('jackfield_recordings_failing'), 0);
  });

  test('a pause keeps nothing of that time and marks the gap', async () => {
    await talk('95550002');
    const [call] = await pbx.calls();
    const pause = (paused) => fetch(`${pbx.url}/api/v1/calls/${call.id}/recording`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ paused }),
    });
    await new Promise((r) => setTimeout(r, 1500));
    assert.equal((await pause(true)).status, 200);
    await new Promise((r) => setTimeout(r, 2000));
    assert.equal((await pause(false)).status, 200);
    await new Promise((r) => setTimeout(r, 1500));
    await hangUp();
    const sound = channels((await recordingOf((await cdrOf('95550002')).recording)).bytes);
    // Somewhere there is a second in which neither tone is: the mark.
    const windows = Array.from({ length: Math.floor(sound.seconds * 4) }, (_, i) =>
      sound.agent.slice((i * sound.rate) / 4, ((i + 1) * sound.rate) / 4));
    const spoken = windows.map((w) => shareAt(w, AGENT_HZ, sound.rate) > 0.5);
    console.log(`# paused: ${spoken.map((s) => (s ? 'A' : '-')).join('')}`);
    assert.match(spoken.map((s) => (s ? 'A' : '-')).join(''), /AA-+A{3,}/, 'spoken, a gap, spoken');
    assert.equal((await pause(true)).status, 404, 'the call is over');
  });
});

describe('with a customer who says again what he hears', () => {
  let beeping;

  before(async () => {
    const wav = beepWav(path.join(os.tmpdir(), `recording-beeps-${process.pid}.wav`), AGENT_HZ, 0.2, 1);
    beeping = await startChromium({ wav });
    await start('', beeping);
  });
  after(async () => {
    await stop();
    await beeping?.close();
  });

  test('both sides lie at the same place, before a hold and after it', async () => {
    await answered('95550007', 'uas-hold', (carrier) => carrier.echoing());
    await beeps(4, 'before the hold');
    await phone.run('hold');
    await until(() => rtp.received.length > 8000 && rms(rtp.heard(1.5)) < 20, 'silence while held');
    await phone.run('unhold');
    await beeps(4, 'after the hold');
    await hangUp();
    const wav = path.join(pbx.folder, 'recorded.wav');
    fs.writeFileSync(wav, (await recordingOf((await cdrOf('95550007')).recording)).bytes);
    const [agent, customer] = [1, 2].map((channel) => bySox(wav, channel));
    const held = longestSilence(agent);
    assert.ok(held.until - held.from > 8000, `held for ${held.until - held.from} samples`);
    for (const [from, to, words] of [[0, held.from, 'before'], [held.until, agent.length, 'after']]) {
      const millis = lag(agent.subarray(from, to), customer.subarray(from, to)) / 8;
      console.log(`# ${words} the hold: the customer ${millis.toFixed(1)} ms behind the agent`);
      assert.ok(Math.abs(millis) < 20, `${words} the hold: ${millis} ms`);
    }
  });

  /** Waits until the carrier has heard so many beeps more. */
  async function beeps(count, words) {
    rtp.received.length = 0;
    await until(() => onsets(rtp.received) >= count, `${count} beeps ${words}`, 20_000);
  }
});

/** One channel of a WAV as sox reads it, at 8 kHz. */
function bySox(wav, channel) {
  const raw = execFileSync('sox', [wav, '-t', 'raw', '-e', 'signed', '-b', '16', '-', 'remix', String(channel)],
    { maxBuffer: 1 << 26 });
  return new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
}

/** Whether each 10 ms is loud. */
const loudness = (samples) => Array.from({ length: Math.floor(samples.length / 80) }, (_, i) =>
  rms(samples.slice(i * 80, (i + 1) * 80)) > 500);

const onsets = (samples) => loudness(samples).filter((loud, i, all) => loud && !all[i - 1]).length;

/** The longest part in which nothing is loud, but for what is before the first sound and after the last. */
function longestSilence(samples) {
  const loud = loudness(samples).flatMap((is, i) => (is ? [i] : []));
  const gaps = loud.slice(1).map((at, i) => ({ from: (loud[i] + 1) * 80, until: at * 80 }));
  return gaps.reduce((longest, gap) => (gap.until - gap.from > longest.until - longest.from ? gap : longest));
}

/** By how many samples `other` is behind `one` where the two are most alike, up to 0.3 s. */
function lag(one, other) {
  let best = { at: 0, likeness: -Infinity };
  for (let at = -2400; at <= 2400; at++) {
    let likeness = 0;
    for (let i = Math.max(0, -at); i < Math.min(one.length, other.length - at); i++) likeness += one[i] * other[i + at];
    if (likeness > best.likeness) best = { at, likeness };
  }
  return best.at;
}

describe('sealed, as Opus', () => {
  before(async () => {
    const key = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-key-')), 'key');
    fs.writeFileSync(key, `${'0123456789abcdef'.repeat(4)}\n`, { mode: 0o600 });
    await start(`  format: opus\n  rate: 16000\n  key: ${key}\n`);
  });
  after(stop);

  test('the file says nothing, the API gives the sound', async () => {
    await talk('95550003');
    await new Promise((r) => setTimeout(r, 2000));
    await hangUp();
    const { recording } = await cdrOf('95550003');
    const given = await recordingOf(recording);
    assert.equal(given.bytes.toString('latin1', 0, 4), 'OggS');
    const folder = path.join(pbx.folder, 'data', 'recordings');
    const file = fs.readdirSync(folder, { recursive: true }).find((f) => f.includes(recording));
    const stored = fs.readFileSync(path.join(folder, file));
    assert.ok(!stored.includes('OggS') && !stored.includes('OpusHead'), 'nothing in the clear');
    const ogg = path.join(pbx.folder, 'given.ogg');
    const wav = path.join(pbx.folder, 'given.wav');
    fs.writeFileSync(ogg, given.bytes);
    execFileSync('opusdec', ['--quiet', '--rate', '16000', ogg, wav]);
    const decoded = fs.readFileSync(wav);
    const at = decoded.indexOf('data') + 8;
    const frames = Math.floor((decoded.length - at) / 4);
    const channel = (n) => Int16Array.from({ length: frames }, (_, i) => decoded.readInt16LE(at + 4 * i + 2 * n));
    assertTones({ rate: 16000, seconds: frames / 16000, agent: channel(0), customer: channel(1) }, 'sealed');
  });
});

/** Whether that command works here: a container's root often may not mount. */
function may(command, ...args) {
  const { PATH } = process.env;
  return spawnSync(command, args, { env: { PATH: `${PATH}:/sbin:/usr/sbin` }, stdio: 'ignore' }).status === 0;
}

describe('on a disk that', { skip: may('unshare', '--mount', 'true') ? false : 'mounting a small disk needs root' }, () => {
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-disk-'));

  before(async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
    await start(`  folder: ${disk}\n`);
  });
  after(async () => {
    await stop();
    execFileSync('umount', [disk]);
    fs.rmdirSync(disk);
  });

  async function assertGoesOn(words) {
    await until(async () => (await metric('jackfield_recordings_failing')) === 1, `${words}: the alarm`, 30_000);
    rtp.received.length = 0;
    await hearing();
    await hangUp();
    assert.match(pbx.log(), /recordings cannot be written, calls go on/);
  }

  test('fills up: the call goes on, an alarm is raised, the file is good as far as it goes', async () => {
    await talk('95550004');
    await assertGoesOn('full');
    const { recording } = await cdrOf('95550004');
    const sound = channels((await recordingOf(recording)).bytes);
    assertTones(sound, 'until the disk was full');
    assert.ok(sound.seconds > 3, `${sound.seconds} s`);
    for (const day of fs.readdirSync(disk)) fs.rmSync(path.join(disk, day), { recursive: true });
  });

  test('is well again: the next call is recorded', async () => {
    await talk('95550005');
    await new Promise((r) => setTimeout(r, 3000));
    await hangUp();
    assertTones(channels((await recordingOf((await cdrOf('95550005')).recording)).bytes), 'after that');
    assert.equal(await metric('jackfield_recordings_failing'), 0);
    for (const day of fs.readdirSync(disk)) fs.rmSync(path.join(disk, day), { recursive: true });
  });
});

const LOOP = may('unshare', '--mount', 'true') && may('losetup', '--find');

describe('on a disk that turns read-only', { skip: LOOP ? false : 'mounting a file as a disk needs root and a loop device' }, () => {
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-disk-'));
  const image = `${disk}.img`;
  let device;

  before(async () => {
    execFileSync('truncate', ['-s', '8M', image]);
    execFileSync('mkfs.ext4', ['-q', image], { env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } });
    execFileSync('mount', ['-o', 'loop,errors=remount-ro', image, disk]);
    device = path.basename(execFileSync('findmnt', ['-no', 'SOURCE', disk]).toString().trim());
    await start(`  folder: ${disk}\n`);
  });
  after(async () => {
    await stop();
    execFileSync('umount', [disk]);
    fs.rmdirSync(disk);
    fs.rmSync(image);
  });

  test('in the middle of a call: it goes on, an alarm is raised, the file is good as far as it goes', async () => {
    await talk('95550006');
    await new Promise((r) => setTimeout(r, 3500));
    // The kernel's own answer to a broken disk; what it has not written yet it forgets.
    execFileSync('sync', ['-f', disk]);
    fs.writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'tried\n');
    assert.throws(() => fs.writeFileSync(path.join(disk, 'tried'), ''), { code: 'EROFS' });
    await until(async () => (await metric('jackfield_recordings_failing')) === 1, 'the alarm', 30_000);
    rtp.received.length = 0;
    await hearing();
    await hangUp();
    // Whoever mends the disk starts anew; the start mends the file.
    await stop();
    execFileSync('umount', [disk]);
    execFileSync('mount', ['-o', 'loop', image, disk]);
    await start(`  folder: ${disk}\n`);
    const all = JSON.parse((await get('/api/v1/recordings')).bytes).recordings;
    assert.equal(all.length, 1, JSON.stringify(all));
    const sound = channels((await recordingOf(all[0].id)).bytes);
    assertTones(sound, 'until the disk was read-only');
    assert.ok(sound.seconds > 2, `${sound.seconds} s`);
  });
});
