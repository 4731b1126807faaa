// Callers find their way through menus by the keys of their telephone.
import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { AgentPhone } from '../lib/agent-phone.mjs';
import { PORTS, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { shareAt } from '../lib/tone.mjs';
import { toneWav } from '../lib/wav.mjs';

const CARRIER = 15197;
const WELCOME_HZ = 500;
const ORDER_HZ = 800;
const MUSIC_HZ = 1200;
const sound = (name, hz) => toneWav(path.join(os.tmpdir(), `menu-${name}-${process.pid}.wav`), hz, 1);

const SITE = `agents:
  - range: 1001-1003
    password: "demo-{name}"
prompts:
  - {name: welcome, file: ${sound('welcome', WELCOME_HZ)}}
  - {name: order, file: ${sound('order', ORDER_HZ)}}
  - {name: pipe, file: ${sound('pipe', MUSIC_HZ)}}
trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
numbers:
  - {pattern: "8800", menu: main}
queues:
  - {number: "700", members: ["1001"], music: pipe, joinEmpty: true}
menus:
  - name: main
    prompts: [welcome]
    timeout: 3s
    tries: 2
    keys:
      "1": {queue: "700"}
      "2": {menu: orders}
      "3": {number: "1002"}
    otherwise: {message: busy}
  - name: orders
    prompts: [order]
    entry: {field: order, min: 4, max: 6, then: {queue: "700"}}
    otherwise: hangup
`;

let pbx;
let rtp;
let rtpPort = 17300;
const phones = {};

before(async () => {
  pbx = await startPbx({ site: SITE });
  for (const agent of ['1001', '1002']) {
    phones[agent] = await new AgentPhone({ ws: pbx.ws, agent, plan: () => ({ answerAfter: 300, talk: 800 }) }).open();
  }
});

afterEach(() => {
  stopAll();
  rtp?.close();
  rtp = undefined;
});

after(async () => {
  for (const phone of Object.values(phones)) phone.close();
  await pbx?.stop();
});

async function customerCalls() {
  rtpPort += 2;
  rtp = await new RtpEndpoint({ port: rtpPort }).open();
  rtp.answering();
  return sipp('uac-wait', { port: CARRIER, rtp: rtpPort, remote: `127.0.0.1:${PORTS.sip}`, service: '8800', seconds: 60 });
}

const hears = (hz) => until(() => rtp.received.length > 4000 && shareAt(rtp.heard(0.2), hz) > 0.9, `${hz} Hz`, 15_000);

/** What a CRM hears of it. */
async function events(types, during) {
  const abort = new AbortController();
  const response = await fetch(`${pbx.url}/api/v1/events?types=${types}`, { signal: abort.signal });
  const heard = [];
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body) {
      text += Buffer.from(chunk).toString();
      for (const [, json] of text.matchAll(/^data: (.+)$/gm)) heard.push(JSON.parse(json));
      text = text.slice(text.lastIndexOf('\n\n') + 2);
    }
  })().catch(() => {});
  await during(heard);
  abort.abort();
  await reading;
  return heard;
}

test('a key leads to a queue, whose agent is told what was chosen', { timeout: 60_000 }, async () => {
  const heard = await events('call.menu,call.offered', async (list) => {
    const caller = await customerCalls();
    await hears(WELCOME_HZ);
    await rtp.press('1', 97);
    assert.equal((await caller.ended).code, 0);
    await until(() => list.some((e) => e.type === 'call.offered'), 'the offer');
  });
  assert.equal(heard.find((e) => e.type === 'call.menu').menu, 'main:1');
  const offer = heard.find((e) => e.type === 'call.offered');
  assert.equal(offer.menu, 'main:1');
  assert.equal(offer.queue, '700');
  const cdr = await until(async () => (await pbx.cdrs()).find((c) => c.callee === '8800'), 'the record');
  assert.equal(cdr.answered_by, '1001');
});

test('a number that is entered goes with the call', { timeout: 60_000 }, async () => {
  const heard = await events('call.menu,call.offered', async (list) => {
    const caller = await customerCalls();
    await hears(WELCOME_HZ);
    await rtp.press('2', 97);
    await hears(ORDER_HZ);
    for (const digit of '12345#') {
      await rtp.press(digit, 97);
      await new Promise((r) => setTimeout(r, 80));
    }
    assert.equal((await caller.ended).code, 0);
    await until(() => list.some((e) => e.type === 'call.offered'), 'the offer');
  });
  const left = heard.find((e) => e.type === 'call.menu');
  assert.equal(left.menu, 'main:2');
  assert.equal(left.entered_order, '12345');
  assert.equal(heard.find((e) => e.type === 'call.offered').entered_order, '12345');
  assert.ok(!pbx.log().includes('12345'), 'what was entered is not in the log');
});

test('a key leads to an agent, whose phone rings', { timeout: 60_000 }, async () => {
  const caller = await customerCalls();
  await hears(WELCOME_HZ);
  await rtp.press('3', 97);
  assert.equal((await caller.ended).code, 0);
  const cdr = await until(async () => (await pbx.cdrs()).find((c) => c.answered_by === '1002'), 'the record');
  assert.equal(cdr.callee, '8800');
});

test('who presses something unknown hears so and the menu again; who presses nothing comes to an end', { timeout: 60_000 }, async () => {
  const caller = await customerCalls();
  await hears(WELCOME_HZ);
  await rtp.press('9', 97);
  // "That is not a valid choice", and the menu once more.
  await until(() => shareAt(rtp.heard(0.3), WELCOME_HZ) < 0.3, 'something else');
  await hears(WELCOME_HZ);
  assert.equal((await caller.ended).code, 0);
  const cdr = await until(async () => (await pbx.cdrs()).find((c) => c.cause === 'menu: message'), 'the record');
  assert.equal(cdr.answered_by, null);
});
