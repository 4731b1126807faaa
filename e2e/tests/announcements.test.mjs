// What a caller in a queue hears: music, places, waits, keys, last words; in two languages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { PORTS, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { shareAt } from '../lib/tone.mjs';
import { toneWav } from '../lib/wav.mjs';

const CARRIER = 15197;
const MUSIC_HZ = 440;
const COMFORT_HZ = 1300;
const SPOKEN = new URL('../../server/prompts/dist/', import.meta.url).pathname;
const sound = (name, hz) => toneWav(path.join(os.tmpdir(), `announcements-${name}-${process.pid}.wav`), hz, 2);

const queue = (number, more) => `  - number: "${number}"
    members: ["1001"]
    joinEmpty: true
    music: pipe
${more}`;

const SITE = `agents:
  - name: "1001"
    password: demo-1001
prompts:
  - {name: pipe, file: ${sound('music', MUSIC_HZ)}}
  - {name: patience, file: ${sound('comfort', COMFORT_HZ)}}
trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
numbers:
${['700', '701', '702', '703'].map((n) => `  - {pattern: "8${n}", queue: "${n}"}`).join('\n')}
queues:
${queue('700', '    announce: {first: 3s, every: 1h}')}
${queue('701', '    language: ru\n    announce: {first: 3s, every: 1h}\n    callback: {}')}
${queue('702', '    comfort: {every: 5s, prompts: [patience]}')}
${queue('703', '    hours: {zone: UTC}\n    overflow: {closed: {message: closed}}')}
`;

let pbx;
let rtp;
let rtpPort = 17200;

before(async () => {
  pbx = await startPbx({ site: SITE });
});

afterEach(() => {
  stopAll();
  rtp?.close();
  rtp = undefined;
});

after(() => pbx?.stop());

async function customerCalls(number) {
  rtpPort += 2;
  rtp = await new RtpEndpoint({ port: rtpPort }).open();
  rtp.answering();
  return sipp('uac-wait', { port: CARRIER, rtp: rtpPort, remote: `127.0.0.1:${PORTS.sip}`, service: number, seconds: 60 });
}

/** A built-in prompt as the telephone has it. */
function spoken(language, name) {
  const raw = execFileSync('sox', [path.join(SPOKEN, language, `${name}.wav`), '-r', '8000', '-c', '1', '-b', '16', '-e', 'signed', '-t', 'raw', '-']);
  return Array.from(new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2));
}

/** How like the pattern the best place of what was heard is: 1 for the same, near 0 for anything else. */
function likeness(heard, pattern) {
  const energy = pattern.reduce((sum, s) => sum + s * s, 0);
  let best = 0;
  let window = 0;
  for (let i = 0; i < pattern.length; i++) window += heard[i] ** 2;
  for (let at = 0; at + pattern.length < heard.length; at++) {
    let product = 0;
    for (let i = 0; i < pattern.length; i++) product += heard[at + i] * pattern[i];
    best = Math.max(best, product / Math.sqrt(energy * window || 1));
    window += heard[at + pattern.length] ** 2 - heard[at] ** 2;
  }
  return best;
}

const hears = (hz, words) => until(() => rtp.received.length > 8000 && shareAt(rtp.heard(0.3), hz) > 0.9, words, 15_000);

/** From music to music: what was said between. */
async function announcement() {
  await hears(MUSIC_HZ, 'music');
  await until(() => shareAt(rtp.heard(0.3), MUSIC_HZ) < 0.5, 'the announcement', 10_000);
  const from = rtp.received.length - 4000;
  await hears(MUSIC_HZ, 'music again');
  return rtp.received.slice(from);
}

test('the place is told in English, then the music goes on', { timeout: 60_000 }, async (t) => {
  await customerCalls('8700');
  const heard = await announcement();
  const english = likeness(heard, spoken('en', 'you-are-number').slice(0, 6000));
  const russian = likeness(heard, spoken('ru', 'in-line').slice(0, 6000));
  const other = likeness(heard, spoken('en', 'press-for-call-back').slice(0, 6000));
  t.diagnostic(`"You are number" ${english.toFixed(2)}; not said: ${russian.toFixed(2)}, ${other.toFixed(2)}; ${(heard.length / 8000).toFixed(1)} s`);
  assert.ok(english > 0.9, `"You are number": ${english}`);
  assert.ok(russian < 0.5 && other < 0.5, `not said: ${russian} ${other}`);
});

test('the place and the key for a call back are told in Russian', { timeout: 60_000 }, async (t) => {
  const caller = await customerCalls('8701');
  const heard = await announcement();
  const place = likeness(heard, spoken('ru', 'in-line').slice(0, 5000));
  const key = likeness(heard, spoken('ru', 'press-for-call-back').slice(0, 8000));
  const english = likeness(heard, spoken('en', 'you-are-number').slice(0, 6000));
  t.diagnostic(`"в очереди" ${place.toFixed(2)}, "нажмите" ${key.toFixed(2)}; not said: ${english.toFixed(2)}`);
  assert.ok(place > 0.9 && key > 0.9, `${place} ${key}`);
  assert.ok(english < 0.5, `${english}`);
  // The key itself, as the telephone sends it (RFC 4733); then the last words, then the end.
  const from = rtp.received.length;
  await rtp.press('1', 97);
  assert.equal((await caller.ended).code, 0);
  const last = likeness(rtp.received.slice(from), spoken('ru', 'called-back').slice(0, 8000));
  assert.ok(last > 0.9, `"Мы вам перезвоним": ${last}`);
  assert.match(pbx.log(), /left queue=701 outcome=called_back/);
});

test('a comfort prompt of the site is heard once, over the music', { timeout: 60_000 }, async () => {
  await customerCalls('8702');
  await hears(MUSIC_HZ, 'music');
  await hears(COMFORT_HZ, 'the comfort prompt');
  await hears(MUSIC_HZ, 'music again');
});

test('who calls out of hours hears so, and the call ends', { timeout: 60_000 }, async (t) => {
  const caller = await customerCalls('8703');
  assert.equal((await caller.ended).code, 0);
  const closed = likeness(rtp.received, spoken('en', 'closed').slice(400, 8000));
  t.diagnostic(`"We are closed now" ${closed.toFixed(2)}`);
  assert.ok(closed > 0.9, `${closed}`);
  const cdr = await until(async () => (await pbx.cdrs()).find((c) => c.callee === '8703'), 'the record');
  assert.equal(cdr.cause, 'queue: closed');
});

test('a prompt that cannot be decoded is refused with its name', { timeout: 60_000 }, async () => {
  const broken = path.join(os.tmpdir(), `announcements-broken-${process.pid}.wav`);
  execFileSync('sh', ['-c', `echo no sound > ${broken}`]);
  const second = startPbx({ site: SITE.replace('prompts:\n', `prompts:\n  - {name: broken, file: ${broken}}\n`) });
  await assert.rejects(second, (e) => e.message.includes(`${broken} is neither WAV nor Ogg Opus`));
});
