// Callers from the telephone network wait in queues for agents in browsers.
import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { AS_IT_IS, openPhone, startChromium } from '../lib/browser.mjs';
import { PORTS, site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { rms, shareAt } from '../lib/tone.mjs';
import { toneWav } from '../lib/wav.mjs';

const CARRIER = 15197;
const CUSTOMER_HZ = 1000;
const HZ = { 1001: 440, 1002: 620 };

const SITE = site(`trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
    match: [127.0.0.1:${CARRIER}]
numbers:
  - pattern: "8700"
    queue: "700"
  - pattern: "8701"
    queue: "701"
queues:
  - number: "700"
    members: ["1001", "1002"]
    strategy: longest-idle
    ringFor: 3s
    wrapUp: 4s
  - number: "701"
    members: ["1003"]
`);

const browsers = [];
const phones = {};
let pbx;
let rtp;
let rtpPort = 17100;

before(async () => {
  pbx = await startPbx({ site: SITE });
  for (const [user, hz] of Object.entries(HZ)) {
    const browser = await startChromium({ wav: toneWav(path.join(os.tmpdir(), `queue-${user}-${process.pid}.wav`), hz) });
    browsers.push(browser);
    phones[user] = await openPhone(browser, { ws: pbx.ws, user, password: `demo-${user}`, audio: AS_IT_IS });
  }
});

afterEach(async () => {
  stopAll();
  await Promise.all(Object.values(phones).map((phone) => phone.run('giveUp')));
  rtp?.close();
  rtp = undefined;
});

after(async () => {
  for (const phone of Object.values(phones)) await phone.close();
  for (const browser of browsers) await browser.close();
  await pbx?.stop();
});

/** The carrier calls that number and stays until it is hung up on, or `seconds` are over. */
async function customerCalls(number, scenario = 'uac-wait') {
  rtpPort += 2;
  rtp = await new RtpEndpoint({ port: rtpPort, hz: CUSTOMER_HZ }).open();
  rtp.answering();
  return sipp(scenario, {
    port: CARRIER, rtp: rtpPort, remote: `127.0.0.1:${PORTS.sip}`, service: number, seconds: 60, pauseMs: 30_000,
  });
}

const told = (words) => until(() => pbx.log().includes(words), words);

const heard = async (hz) => until(
  () => rtp.received.length > 8000 && shareAt(rtp.heard(0.5), hz) > 0.9, `the customer hears ${hz} Hz`, 15_000);

test('a caller hears music, one agent misses, the next answers, and the first rests after the call', { timeout: 120_000 }, async () => {
  await phones[1002].run('autoAnswer');
  // The one who is idle for longest does not answer.
  const caller = await customerCalls('8700');
  await told('wants to wait queue=700');
  await until(() => rtp.received.length > 8000 && rms(rtp.heard(0.5)) > 200, 'music');
  assert.ok(shareAt(rtp.heard(0.5), HZ[1002]) < 0.5, 'nobody has answered yet');
  await told('state=ringing');
  await heard(HZ[1002]);
  const [call] = await pbx.calls();
  assert.deepEqual(call.parties.map((p) => p.part), ['caller', 'callee']);
  await phones[1002].run('hangup');
  await told('state=wrap_up');
  await until(() => /state=ready cause=wrap_up_over lasted_ms=4\d\d\d/.test(pbx.log()), 'the end of the wrap-up');
  assert.equal((await caller.ended).code, 0);
  const cdr = await until(async () => (await pbx.cdrs()).find((c) => c.callee === '8700'), 'the record');
  assert.equal(cdr.answered_by, '1002');
  assert.ok(cdr.ring_ms >= 3000, `waited ${cdr.ring_ms} ms`);
  assert.match(pbx.log(), /left queue=700 outcome=answered/);
});

test('who gives up is an abandoned caller', { timeout: 60_000 }, async () => {
  await phones[1001].run('hangup').catch(() => {});
  const states = (await (await fetch(`${pbx.url}/api/v1/agents`)).json()).agents;
  assert.equal(states.find((a) => a.name === '1003').state, 'offline');
  const caller = await customerCalls('8701');
  // Nobody works in that queue: it is refused before it is answered.
  assert.notEqual((await caller.ended).code, 0);
  await told('outcome=overflowed');
});

test('an agent on a break gets no calls, and is rung once back', { timeout: 60_000 }, async () => {
  const ask = async (name, body) => (await fetch(`${pbx.url}/api/v1/agents/${name}/state`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  })).status;
  assert.equal(await ask('1001', { state: 'break', reason: 'lunch' }), 202);
  assert.equal(await ask('1002', { state: 'break', reason: 'lunch' }), 202);
  assert.equal(await ask('1002', { state: 'asleep' }), 400);
  assert.equal(await ask('9999', { state: 'ready' }), 404);
  const state = async (name) => (await (await fetch(`${pbx.url}/api/v1/agents`)).json()).agents.find((a) => a.name === name).state;
  await until(async () => (await state('1002')) === 'break', 'the break');
  await customerCalls('8700');
  const queue = async () => (await (await fetch(`${pbx.url}/api/v1/queues`)).json()).queues.find((q) => q.number === '700');
  await until(async () => (await queue()).waiting === 1, 'one who waits');
  await phones[1002].run('autoAnswer');
  assert.equal(await ask('1002', { state: 'ready' }), 202);
  await heard(HZ[1002]);
  assert.equal((await queue()).waiting, 0);
});
