// More than two in a call: whisper, barge, conference and transfer, each measured in everybody's ear.
import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { AS_IT_IS, openPhone, startChromium } from '../lib/browser.mjs';
import { site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { rms, shareAt } from '../lib/tone.mjs';
import { toneWav } from '../lib/wav.mjs';

const CARRIER = 15196;
const CUSTOMER_HZ = 1000;

/** Agents, and the tone that each says. */
const HZ = { 1001: 440, 1002: 620, 1003: 860 };

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
`);

/** A tone is heard where it is above this, and is not where it is below the next. */
const HEARD_DB = -30;
const SILENT_DB = -55;

const browsers = [];
const phones = {};
let pbx;
let rtp;
let rtpPort = 16900;

before(async () => {
  pbx = await startPbx({ site: SITE });
  for (const [user, hz] of Object.entries(HZ)) {
    const wav = toneWav(path.join(os.tmpdir(), `conversation-${user}-${process.pid}.wav`), hz);
    const browser = await startChromium({ wav });
    browsers.push(browser);
    phones[user] = await openPhone(browser, { ws: pbx.ws, user, password: `demo-${user}`, audio: AS_IT_IS });
    await phones[user].run('autoAnswer');
  }
});

afterEach(async () => {
  await Promise.all(Object.values(phones).map((phone) => phone.run('giveUp')));
  await until(async () => (await pbx.calls()).length === 0, 'the end of all calls');
  stopAll();
  rtp?.close();
  rtp = undefined;
});

after(async () => {
  for (const phone of Object.values(phones)) await phone.close();
  for (const browser of browsers) await browser.close();
  await pbx?.stop();
});

async function tell(call, verb, body) {
  const response = await fetch(`${pbx.url}/api/v1/calls/${call}/${verb}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  return response.status;
}

/** 1001 calls the carrier, and both hear each other; the id of the call. */
async function talk(scenario = 'uas-answer') {
  rtpPort += 2;
  rtp = (await new RtpEndpoint({ port: rtpPort, hz: CUSTOMER_HZ }).open()).answering();
  sipp(scenario, { port: CARRIER, rtp: rtpPort, seconds: 60 });
  await phones[1001].call('95551234');
  await everybodyHears({ 1001: [CUSTOMER_HZ], customer: [HZ[1001]] });
  return (await pbx.calls())[0].id;
}

/** How loud that tone is in what somebody hears now, dB of full scale. */
async function levels(who) {
  if (who !== 'customer' && !(await phones[who].state()).established) return () => -Infinity;
  const { samples, rate, full } = who === 'customer'
    ? { samples: rtp.heard(0.5), rate: 8000, full: 32767 }
    : { ...(await phones[who].hear(0.5)), full: 1 };
  const whole = rms(samples) / full;
  return (hz) => 20 * Math.log10(Math.max(1e-6, whole * Math.sqrt(shareAt(samples, hz, rate))));
}

/** Each of these hears these tones and none of the others that are in the house. */
async function everybodyHears(expected) {
  const tones = [...Object.values(HZ), CUSTOMER_HZ];
  let seen;
  await until(async () => {
    seen = {};
    let right = true;
    for (const [who, heard] of Object.entries(expected)) {
      const level = await levels(who);
      seen[who] = Object.fromEntries(tones.map((hz) => [hz, Math.round(level(hz))]));
      right &&= tones.every((hz) => (heard.includes(hz) ? seen[who][hz] > HEARD_DB : seen[who][hz] < SILENT_DB));
    }
    return right;
  }, 'everybody to hear whom they should', 20_000).catch((error) => {
    throw new Error(`${error.message}\nwanted ${JSON.stringify(expected)}\nheard ${JSON.stringify(seen)}`);
  });
  return seen;
}

test('a supervisor listens, whispers in the agent’s ear alone, and barges in', { timeout: 120_000 }, async (t) => {
  const call = await talk();
  const supervise = (mode) => tell(call, 'supervise', { supervisor: '1002', agent: '1001', mode });
  assert.equal(await supervise('listen'), 202);
  const both = [HZ[1001], CUSTOMER_HZ];
  await everybodyHears({ 1001: [CUSTOMER_HZ], 1002: both, customer: [HZ[1001]] });
  assert.equal(await supervise('whisper'), 202);
  const whisper = await everybodyHears({ 1001: [CUSTOMER_HZ, HZ[1002]], 1002: both, customer: [HZ[1001]] });
  t.diagnostic(`whisper, dB of full scale by tone: ${JSON.stringify(whisper)}`);
  assert.equal(await supervise('barge'), 202);
  await everybodyHears({ 1001: [CUSTOMER_HZ, HZ[1002]], 1002: both, customer: [HZ[1001], HZ[1002]] });
  await phones[1002].run('giveUp');
  await everybodyHears({ 1001: [CUSTOMER_HZ], customer: [HZ[1001]] });
});

test('a conference: everybody hears the two others and not themselves', { timeout: 120_000 }, async (t) => {
  const call = await talk();
  assert.equal(await tell(call, 'conference', { to: '1003' }), 202);
  const heard = await everybodyHears({
    1001: [CUSTOMER_HZ, HZ[1003]], 1003: [CUSTOMER_HZ, HZ[1001]], customer: [HZ[1001], HZ[1003]],
  });
  t.diagnostic(`conference, dB of full scale by tone: ${JSON.stringify(heard)}`);
  await phones[1001].run('giveUp');
  await everybodyHears({ 1003: [CUSTOMER_HZ], customer: [HZ[1003]] });
});

test('a customer is transferred to another agent; the first is free', { timeout: 120_000 }, async () => {
  const call = await talk();
  assert.equal(await tell(call, 'transfer', { to: '1003' }), 202);
  await everybodyHears({ 1003: [CUSTOMER_HZ], customer: [HZ[1003]] });
  await until(async () => (await phones[1001].state()).ended, 'the first agent to be free');
});

test('an agent refers the customer to another one, as any SIP phone does', { timeout: 120_000 }, async (t) => {
  await talk();
  const told = await phones[1001].run('refer', '1003');
  t.diagnostic(`told by NOTIFY: ${told.join(', ')}`);
  assert.equal(told.at(-1), 'accepted 200');
  await everybodyHears({ 1003: [CUSTOMER_HZ], customer: [HZ[1003]] });
  await until(async () => (await phones[1001].state()).ended, 'the first agent to be free');
});

test('an agent asks a colleague first, then brings the two together; nobody stays on hold', { timeout: 120_000 }, async () => {
  await talk('uas-hold');
  await phones[1001].run('consult', '1003');
  await everybodyHears({ 1001: [HZ[1003]], 1003: [HZ[1001]] });
  const told = await phones[1001].run('bringTogether');
  assert.equal(told.at(-1), 'accepted 200');
  await everybodyHears({ 1003: [CUSTOMER_HZ], customer: [HZ[1003]] });
  await until(async () => (await phones[1001].run('firstEnded')) && (await phones[1001].state()).ended, 'both lines to be free');
  assert.equal((await pbx.calls()).length, 1);
  await phones[1003].run('giveUp');
  const causes = await until(async () => {
    const [one, other] = (await pbx.cdrs()).map((cdr) => cdr.cause);
    return [one, other].includes('transferred') && [one, other].includes('normal');
  }, 'a record of each call');
  assert.ok(causes);
});

test('an agent refers the customer to nobody: told so, and they talk on', { timeout: 120_000 }, async () => {
  await talk();
  assert.deepEqual(await phones[1001].run('refer', '7777'), ['requestFailed']);
  assert.equal((await phones[1001].run('refer', '1004')).at(-1), 'failed 480');
  await everybodyHears({ 1001: [CUSTOMER_HZ], customer: [HZ[1001]] });
});

test('a call that somebody hangs up over HTTP ends for both', { timeout: 60_000 }, async () => {
  const call = await talk();
  assert.equal(await tell(call, 'hangup', {}), 202);
  await until(async () => (await phones[1001].state()).ended, 'the end at the browser');
  await until(async () => (await tell(call, 'hangup', {})) === 404, 'no such call any more');
});
