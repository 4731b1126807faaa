// Legs of different codecs: a browser of Opus alone, one of G.711 alone, a carrier of G.711.
import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { AS_IT_IS, openPhone, startChromium } from '../lib/browser.mjs';
import { PORTS, site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { shareAt } from '../lib/tone.mjs';
import { toneWav } from '../lib/wav.mjs';

const CARRIER = 22194;
const CAREFUL = 22195;
const AGENT_HZ = 440;
const CARRIER_HZ = 1000;

const SITE = site(`  - name: "1007"
    password: demo-1007
    codecPolicy: prefer-opus
trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
  - name: careful
    host: 127.0.0.1
    port: ${CAREFUL}
    codecs: [PCMA]
    codecPolicy: prefer-opus
    ping: 0s
routes:
  - pattern: _9X.
    trunks: [carrier]
    strip: 1
  - pattern: _8X.
    trunks: [careful]
    strip: 1
numbers:
  - pattern: _8XXX
    agent: 1XXX
`);

let pbx;
let browser;
let phone;
let other;
let rtp;
let rtpPort = 22400;

before(async () => {
  pbx = await startPbx({ site: SITE });
  browser = await startChromium({ wav: toneWav(path.join(os.tmpdir(), `codecs-${process.pid}.wav`), AGENT_HZ) });
  phone = await openPhone(browser, { ws: pbx.ws, user: '1001', password: 'demo-1001', audio: AS_IT_IS });
  other = await openPhone(browser, { ws: pbx.ws, user: '1007', password: 'demo-1007', audio: AS_IT_IS });
});

after(async () => {
  await phone?.close();
  await other?.close();
  await browser?.close();
  await pbx?.stop();
});

afterEach(async () => {
  stopAll();
  rtp?.close();
  rtp = undefined;
  for (const one of [phone, other]) {
    await one.run('giveUp');
    await one.run('autoAnswer');
  }
});

async function endpoint() {
  rtpPort += 2;
  rtp = await new RtpEndpoint({ port: rtpPort, hz: CARRIER_HZ }).open();
  return rtp.answering();
}

const seen = (who, name, since) =>
  until(async () => (await who.run('events')).find((e) => e.name === name && e.at >= since), `event ${name}`);

const callsEnded = () => pbx.log().split(' ended by=').length;

const hearsTone = (who, hz, words) =>
  until(async () => Math.abs((await who.run('loudest')).hz - hz) < 8, words, 20_000);

/** What the browser gets, by its own statistics. */
const codecOf = (who) =>
  until(async () => (await who.run('stats')).received?.codec, 'the codec in the statistics');

async function bothHear(who) {
  await hearsTone(who, CARRIER_HZ, `agent hears ${CARRIER_HZ} Hz`);
  await until(() => rtp.received.length > 8000 && shareAt(rtp.heard(1), AGENT_HZ) > 0.9, `carrier hears ${AGENT_HZ} Hz`, 20_000);
  const share = shareAt(rtp.heard(1), AGENT_HZ);
  console.log(`# carrier hears ${AGENT_HZ} Hz with ${(share * 100).toFixed(1)} % of the energy`);
}

test('a browser of Opus alone calls a carrier of G.711: the same tones, and keys', async () => {
  await endpoint();
  const carrier = sipp('uas-answer', { port: CARRIER, rtp: rtpPort });
  const since = await phone.call('95550001', { codec: 'opus' });
  await seen(phone, 'accepted', since);
  await bothHear(phone);
  assert.equal(await codecOf(phone), 'audio/opus');
  await phone.run('dtmf', '5');
  await until(() => rtp.digits.includes('5'), 'the carrier hears key 5');
  await bothHear(phone);
  await phone.run('hangup');
  assert.equal((await carrier.ended).code, 0);
});

test('a carrier of G.711 calls a browser of Opus alone', async () => {
  await endpoint();
  await phone.run('autoAnswer', 'opus');
  const since = await phone.page.evaluate(() => performance.now());
  const carrier = sipp('uac-call-in', {
    port: CARRIER, rtp: rtpPort, remote: `127.0.0.1:${PORTS.sip}`, service: '8001', pauseMs: 15_000,
  });
  await seen(phone, 'accepted', since);
  await bothHear(phone);
  assert.equal(await codecOf(phone), 'audio/opus');
  const before = callsEnded();
  await phone.run('hangup');
  // A BYE that is sent again would reach the next carrier on this port.
  await until(() => callsEnded() > before, 'the carrier has answered BYE');
  carrier.stop();
});

test('a browser of Opus alone and one of G.711 alone hear each other', async () => {
  await other.run('autoAnswer', 'PCMA');
  const since = await phone.call('1007', { codec: 'opus' });
  await seen(phone, 'accepted', since);
  await hearsTone(phone, AGENT_HZ, 'the caller hears the other');
  await hearsTone(other, AGENT_HZ, 'the other hears the caller');
  assert.equal(await codecOf(phone), 'audio/opus');
  assert.equal(await codecOf(other), 'audio/PCMA');
});

test('by its policy an agent, and by its own any agent on that trunk, has Opus', async () => {
  for (const [who, number, port] of [[other, '95550002', CARRIER], [phone, '85550003', CAREFUL]]) {
    await endpoint();
    const carrier = sipp('uas-answer', { port, rtp: rtpPort });
    const since = await who.call(number);
    await seen(who, 'accepted', since);
    await bothHear(who);
    assert.equal(await codecOf(who), 'audio/opus', number);
    await who.run('hangup');
    assert.equal((await carrier.ended).code, 0);
    rtp.close();
    rtp = undefined;
  }
});

test('without a policy G.711 passes although the browser prefers Opus', async () => {
  await endpoint();
  const carrier = sipp('uas-answer', { port: CARRIER, rtp: rtpPort });
  const since = await phone.call('95550004');
  await seen(phone, 'accepted', since);
  await bothHear(phone);
  assert.equal(await codecOf(phone), 'audio/PCMA');
  await phone.run('hangup');
  assert.equal((await carrier.ended).code, 0);
});

test('601 plays back what was said, and writes what it measured to the log', async () => {
  const since = await phone.call('601');
  await seen(phone, 'accepted', since);
  await hearsTone(phone, AGENT_HZ, 'itself');
  await phone.run('hangup');
  const line = await until(() => pbx.log().split('\n').find((l) => l.includes(' quality echo party=')), 'the measure in the log');
  console.log(`# ${line.slice(line.indexOf('quality echo'))}`);
  const figure = (name) => Number(new RegExp(` ${name}=(\\S+)`).exec(line)[1]);
  assert.ok(figure('heard_ms') > 2000, line);
  assert.ok(figure('speech_db') > -40 || figure('noise_db') > -40, line);
  assert.ok(figure('loss_up_percent') < 50, line);
  assert.match(await pbx.metrics(), /jackfield_quality_echo_loss_ratio_count\{direction="from_peer"\} 1/);
});
