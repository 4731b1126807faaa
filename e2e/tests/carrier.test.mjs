// The telephone network: SIPp signals as a carrier, our own RTP endpoint speaks and listens.
import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { PORTS, site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { rms, shareAt } from '../lib/tone.mjs';
import { toneWav } from '../lib/wav.mjs';

const FIRST = 15190;
const SECOND = 15191;
const AGENT_HZ = 440;
const CARRIER_HZ = 1000;

const SITE = site(`trunks:
  - name: first
    host: 127.0.0.1
    port: ${FIRST}
    codecs: [PCMA, PCMU]
    ping: 0s
  - name: second
    host: 127.0.0.1
    port: ${SECOND}
    codecs: [PCMA, PCMU]
    ping: 0s
routes:
  - pattern: _9X.
    trunks: [first, second]
    strip: 1
    callerId: "74950000001"
numbers:
  - pattern: _8XXX
    agent: 1XXX
`);

let pbx;
let browser;
let phone;
let rtp;
let rtpPort = 16200;

before(async () => {
  pbx = await startPbx({ site: SITE });
  browser = await startChromium({ wav: toneWav(path.join(os.tmpdir(), `agent-${process.pid}.wav`), AGENT_HZ) });
  phone = await openPhone(browser, { ws: pbx.ws, user: '1001', password: 'demo-1001' });
});

after(async () => {
  await phone?.close();
  await browser?.close();
  await pbx?.stop();
});

afterEach(async () => {
  stopAll();
  await phone.run('giveUp');
});

async function endpoint() {
  rtpPort += 2;
  rtp = await new RtpEndpoint({ port: rtpPort, hz: CARRIER_HZ }).open();
  return rtp.answering();
}

const events = () => phone.run('events');
const seen = (name, since) =>
  until(async () => (await events()).find((e) => e.name === name && e.at >= since), `event ${name}`);
const cdrOf = (callee) =>
  until(async () => (await pbx.cdrs()).find((c) => c.callee === callee), `CDR of ${callee}`);

/** Both sides hear the other's tone, and just that. */
async function bothHearEachOther(label) {
  await until(async () => Math.abs((await phone.run('loudest')).hz - CARRIER_HZ) < 8, `${label}: agent hears ${CARRIER_HZ} Hz`);
  await until(() => rtp.received.length > 8000 && shareAt(rtp.heard(1), AGENT_HZ) > 0.9, `${label}: carrier hears ${AGENT_HZ} Hz`);
  const share = shareAt(rtp.heard(1), AGENT_HZ);
  const agent = await phone.run('loudest');
  console.log(`# ${label}: carrier hears ${AGENT_HZ} Hz with ${(share * 100).toFixed(1)} % of the energy, agent hears ${agent.hz.toFixed(0)} Hz at ${agent.db.toFixed(0)} dB`);
}

test('early media, answer, the same tones in both directions, DTMF, BYE from the agent', async () => {
  await endpoint();
  const carrier = sipp('uas-early', { port: FIRST, rtp: rtpPort });
  const since = await phone.call('95550001');
  const progress = await seen('progress', since);
  assert.equal(progress.status, 183, 'early media, and no 180 before it');
  await seen('accepted', since);
  await bothHearEachOther('outbound');
  await phone.run('dtmf', '5');
  await until(() => rtp.digits.includes('5'), 'the carrier hears key 5');
  await phone.run('dtmf', '#', 'INFO');
  await until(() => rtp.digits.includes('#'), 'the carrier hears # pressed by INFO');
  rtp.writeWav(path.join(os.tmpdir(), 'jackfield-carrier-heard.wav'));
  await phone.run('hangup');
  assert.equal((await carrier.ended).code, 0);
  rtp.close();
  const cdr = await cdrOf('95550001');
  assert.equal(cdr.direction, 'outbound');
  assert.equal(cdr.codec, 'PCMA');
  assert.equal(cdr.hangup_side, 'caller');
});

test('hold and resume reach the carrier, and sound comes back', async () => {
  await endpoint();
  const carrier = sipp('uas-hold', { port: FIRST, rtp: rtpPort });
  const since = await phone.call('95550002');
  await seen('accepted', since);
  await bothHearEachOther('before hold');
  await phone.run('hold');
  await until(() => rms(rtp.heard(0.5)) < 20, 'the held carrier hears nothing of the agent');
  await phone.run('unhold');
  await bothHearEachOther('after resume');
  await phone.run('hangup');
  const { code, errors } = await carrier.ended;
  assert.equal(code, 0, errors);
  rtp.close();
});

test('BYE from the carrier ends the agent’s call', async () => {
  await endpoint();
  const carrier = sipp('uas-hangup', { port: FIRST, rtp: rtpPort });
  const since = await phone.call('95550003');
  await seen('accepted', since);
  const ended = await seen('ended', since);
  assert.equal(ended.originator, 'remote');
  assert.equal((await carrier.ended).code, 0);
  rtp.close();
  assert.equal((await cdrOf('95550003')).hangup_side, 'callee');
});

test('CANCEL while it rings', async () => {
  const carrier = sipp('uas-ring', { port: FIRST });
  const since = await phone.call('95550004');
  await seen('progress', since);
  await phone.run('hangup');
  assert.equal((await carrier.ended).code, 0);
  assert.equal((await cdrOf('95550004')).cause, 'cancelled');
});

test('486 reaches the agent as busy', async () => {
  const carrier = sipp('uas-486', { port: FIRST });
  const since = await phone.call('95550005');
  const failed = await seen('failed', since);
  assert.equal(failed.status, 486);
  assert.equal((await carrier.ended).code, 0);
  assert.equal((await cdrOf('95550005')).cause, 'busy');
});

test('503 leads to the second trunk', async () => {
  await endpoint();
  const bad = sipp('uas-503', { port: FIRST });
  const good = sipp('uas-answer', { port: SECOND, rtp: rtpPort });
  const since = await phone.call('95550006');
  await seen('accepted', since);
  await bothHearEachOther('second trunk');
  await phone.run('hangup');
  assert.equal((await bad.ended).code, 0);
  assert.equal((await good.ended).code, 0);
  rtp.close();
  assert.equal((await cdrOf('95550006')).answered_by, 'second');
});

test('a call from the carrier rings the agent’s browser and is answered', async () => {
  await endpoint();
  await phone.run('autoAnswer');
  const since = await phone.page.evaluate(() => performance.now());
  const carrier = sipp('uac-call-in', {
    port: FIRST, rtp: rtpPort, remote: `127.0.0.1:${PORTS.sip}`, service: '8001', pauseMs: 4000,
  });
  const incoming = await seen('incoming', since);
  assert.equal(incoming.from, '74957654321');
  await seen('accepted', since);
  await bothHearEachOther('inbound');
  assert.equal((await carrier.ended).code, 0);
  rtp.close();
  assert.equal((await cdrOf('8001')).direction, 'inbound');
});

test('200 calls one after another: one CDR each, ports and file handles return', async () => {
  await phone.run('autoAnswer');
  const before = { cdrs: (await pbx.cdrs(1000)).length, files: pbx.files(), metrics: await ports() };
  const carrier = sipp('uac-call-in', {
    port: FIRST, rtp: 16900, remote: `127.0.0.1:${PORTS.sip}`, service: '8001', pauseMs: 100, calls: 200, seconds: 400,
  });
  assert.equal((await carrier.ended).code, 0);
  const after = await until(async () => {
    const list = await pbx.cdrs(1000);
    return list.length >= before.cdrs + 200 ? list : undefined;
  }, '200 CDRs');
  assert.equal(after.length, before.cdrs + 200);
  assert.equal(new Set(after.map((c) => c.id)).size, after.length);
  await until(async () => (await ports()) === before.metrics, 'media ports return');
  await until(() => pbx.files() <= before.files + 2, `file handles return (${before.files} before, ${pbx.files()} now)`);
  console.log(`# 200 calls: CDRs ${after.length - before.cdrs}, file handles ${before.files} before and ${pbx.files()} after, media ports ${before.metrics} and ${await ports()}`);
});

async function ports() {
  return /^jackfield_media_ports_in_use\S* (\S+)/m.exec(await pbx.metrics())?.[1];
}
