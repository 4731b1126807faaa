// A real Asterisk 22: the other end of our trunk, and the PBX of our phone page.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { findAsterisk } from '../lib/asterisk.mjs';
import { AS_IT_IS, openPhone, startChromium } from '../lib/browser.mjs';
import { startPbx, until } from '../lib/pbx.mjs';
import { openPhonePage } from '../lib/phone-page.mjs';
import { loudestTone, steadiness } from '../lib/tone.mjs';
import { beepWav, toneWav } from '../lib/wav.mjs';

const { asterisk, absent } = findAsterisk();

const OUR_HZ = 440;
const THEIR_HZ = 1000;
const COLLEAGUE_HZ = 760;
const PAGE_HZ = 620;
/** The wave files' sine has an rms of 0.26; telephony leaves it as loud as it was. */
const LEVEL_MIN = 0.2;
/** The page leaves the level to the browser. */
const PAGE_LEVEL_MIN = 0.1;
// Far beyond what is usual: a machine that stands still for a while is no failure.
const EVENT_MAX_MILLIS = 30_000;
const SOUND_MAX_MILLIS = 30_000;

// Asterisk knows its trunk by 127.0.0.1:5090; its own RTP is at 20000 to 29999.
const CONFIG = `domain: 127.0.0.1
http:
  address: 127.0.0.1
  port: 18188
  origins: ["*"]
sip:
  udp: [127.0.0.1:5090]
  tcp: []
media:
  port: 13000
  ports: 13002-13999
  addresses:
    - local: 127.0.0.1
      advertised: 127.0.0.1
site: site.yaml
data: data
`;
// 9 goes out through the trunk, where 8003 is agent0003; Asterisk sends us what begins with 9.
const SITE = `agents:
  - range: agent0001-agent0010
    password: "secret-{name}"
trunks:
  - name: asterisk
    host: 127.0.0.1
    port: 5070
    codecs: [PCMU, PCMA]
    ping: 0s
routes:
  - pattern: _9X.
    trunks: [asterisk]
    strip: 1
numbers:
  - pattern: _98XXX
    agent: agent0XXX
`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-asterisk-'));
const browsers = [];
let pbx;
let ours;
let theirs;
let colleague;

before(async () => {
  if (absent) return;
  asterisk.start();
  pbx = await startPbx({ site: SITE, config: CONFIG });
  ours = await phoneAt(pbx, 'agent0002', OUR_HZ);
  theirs = await phoneAt(asterisk, 'agent0003', THEIR_HZ);
  colleague = await phoneAt(pbx, 'agent0004', COLLEAGUE_HZ);
});

after(async () => {
  await ours?.close();
  await theirs?.close();
  await colleague?.close();
  await Promise.all(browsers.map((browser) => browser.close()));
  await pbx?.stop();
  asterisk?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  if (absent) return;
  // What a failed test has left behind.
  for (const phone of [ours, theirs, colleague]) await phone?.run('giveUp');
  await noneAtAsterisk();
});

/** A browser whose microphone gives what is in that file. */
async function browserHearing(wav) {
  const browser = await startChromium({ wav });
  browsers.push(browser);
  return browser;
}

async function phoneAt({ ws }, user, hz) {
  const browser = await browserHearing(toneWav(path.join(folder, `${user}.wav`), hz));
  const phone = await openPhone(browser, { ws, user, password: `secret-${user}`, audio: AS_IT_IS });
  return { ...phone, user, hz };
}

const now = (phone) => phone.page.evaluate(() => performance.now());
const seen = (phone, name, since) => until(
  async () => (await phone.run('events')).find((e) => e.name === name && e.at >= since[phone.user]),
  `${phone.user}: ${name}`, EVENT_MAX_MILLIS);

const noneAtAsterisk = () => until(() => asterisk.channels() === 0, 'Asterisk has no call any more', EVENT_MAX_MILLIS);

/** One second of what is heard there, judged, once `enough` says it is what it should be. */
async function hearsUntil(ear, words, judge, enough) {
  let heard;
  const judged = until(async () => {
    const { rate, samples } = await ear.hear(1);
    heard = judge(samples, rate);
    return enough(heard) && heard;
  }, words, SOUND_MAX_MILLIS);
  return judged.catch((e) => {
    throw new Error(`${e.message}; last ${JSON.stringify(heard)}`);
  });
}

/** The phone hears that tone and next to nothing else, as loud as it was spoken. */
const hears = (phone, hz) => hearsUntil(phone, `${phone.user} hears ${hz} Hz`,
  (samples, rate) => ({ ...loudestTone(samples, rate), steadiness: steadiness(samples, hz, rate) }),
  (heard) => Math.abs(heard.hz - hz) <= 1 && heard.level > LEVEL_MIN && heard.steadiness >= 0.9);

const newCdrs = async (old) => (await pbx.cdrs()).filter(({ id }) => !old.some((cdr) => cdr.id === id));

const OUTBOUND = { direction: 'outbound', callee: '98003', answered_by: 'asterisk' };
const INBOUND = { direction: 'inbound', callee: '98002', answered_by: 'agent0002' };
// Left to themselves the agent there has Opus, which Asterisk turns into the trunk's PCMU.
const CALLS = [
  { way: OUTBOUND, ender: 'caller', codec: undefined },
  { way: OUTBOUND, ender: 'callee', codec: 'PCMA' },
  { way: INBOUND, ender: 'caller', codec: undefined },
  { way: INBOUND, ender: 'callee', codec: 'PCMA' },
];

for (const { way, ender, codec } of CALLS) {
  const title = `${way.direction} through Asterisk, ${codec ?? 'any codec'}, BYE from the ${ender}`;
  test(`${title}: each hears the other's tone`, { skip: absent }, async () => {
    const [caller, callee] = way === OUTBOUND ? [ours, theirs] : [theirs, ours];
    const old = await pbx.cdrs();
    const since = { [caller.user]: await now(caller), [callee.user]: await now(callee) };
    await callee.run('autoAnswer', codec);
    await caller.call(way.callee, { codec });
    assert.equal((await seen(callee, 'incoming', since)).from, caller.user);
    for (const phone of [caller, callee]) await seen(phone, 'confirmed', since);

    for (const [phone, other] of [[caller, callee], [callee, caller]]) {
      const heard = await hears(phone, other.hz);
      console.log(`# ${title}: ${phone.user} hears ${JSON.stringify(heard)}`);
    }
    assert.equal(asterisk.channels(), 2, 'Asterisk has this call');

    const [first, second] = ender === 'caller' ? [caller, callee] : [callee, caller];
    await first.run('hangup');
    assert.equal((await seen(second, 'ended', since)).originator, 'remote');
    await noneAtAsterisk();

    await until(async () => (await newCdrs(old)).length > 0, 'its CDR', EVENT_MAX_MILLIS);
    const [cdr] = await newCdrs(old);
    console.log(`# ${title}: ${JSON.stringify(cdr)}`);
    const expected = { ...way, caller: caller.user, hangup_side: ender, cause: 'normal', codec: codec ?? 'PCMU' };
    for (const [name, value] of Object.entries(expected)) assert.equal(cdr[name], value, name);
    assert.ok(cdr.agent_heard_packets > 50);
  });
}

test('each of these calls has left one CDR, and nothing open', { skip: absent }, async () => {
  for (const name of ['calls', 'media_legs', 'media_ports_in_use']) {
    const gauge = new RegExp(`^jackfield_${name} (\\S+)$`, 'm');
    await until(async () => Number(gauge.exec(await pbx.metrics())[1]) === 0, `no ${name}`, EVENT_MAX_MILLIS);
  }
  assert.equal((await pbx.cdrs()).length, CALLS.length);
});

/** Asterisk's agent calls ours by the trunk. */
async function calledByAsterisk() {
  const since = { [ours.user]: await now(ours) };
  await ours.run('autoAnswer');
  await colleague.run('autoAnswer');
  await theirs.call(INBOUND.callee);
  await seen(ours, 'confirmed', since);
}

async function theirsAndColleagueHearEachOther(words) {
  for (const [phone, other] of [[theirs, colleague], [colleague, theirs]]) {
    console.log(`# ${words}: ${phone.user} hears ${JSON.stringify(await hears(phone, other.hz))}`);
  }
}

test('a caller from Asterisk is referred to a colleague', { skip: absent }, async () => {
  await calledByAsterisk();
  assert.equal((await ours.run('refer', 'agent0004')).at(-1), 'accepted 200');
  await theirsAndColleagueHearEachOther('blind');
  await until(async () => (await ours.state()).ended, 'the first agent to be free');
});

test('a caller from Asterisk is brought to a colleague who was asked first', { skip: absent }, async () => {
  await calledByAsterisk();
  await ours.run('consult', 'agent0004');
  await hears(ours, colleague.hz);
  assert.equal((await ours.run('bringTogether')).at(-1), 'accepted 200');
  await theirsAndColleagueHearEachOther('attended');
  await until(async () => ours.run('firstEnded'), 'both lines to be free');
});

test('Asterisk refers our agent to another one', { skip: absent }, async () => {
  await ours.run('autoAnswer');
  await colleague.run('autoAnswer');
  const since = { [ours.user]: await now(ours) };
  for (const command of ['module load app_transfer.so', 'module load res_clioriginate.so',
    'dialplan add extension 779,1,Wait(1) into transfers replace',
    'dialplan add extension 779,2,Transfer(PJSIP/sip:98004@127.0.0.1:5090) into transfers replace',
    `channel originate PJSIP/${INBOUND.callee}@trunk extension 779@transfers`]) {
    asterisk.tell(command);
  }
  await seen(ours, 'confirmed', since);
  for (const [phone, other] of [[ours, colleague], [colleague, ours]]) {
    console.log(`# referred by Asterisk: ${phone.user} hears ${JSON.stringify(await hears(phone, other.hz))}`);
  }
});

test('our phone page, registered at Asterisk instead, calls 600 and hears itself', { skip: absent }, async () => {
  const browser = await browserHearing(beepWav(path.join(folder, 'page.wav'), PAGE_HZ));
  const page = await openPhonePage(browser, { ws: asterisk.ws, user: 'agent0001', password: 'secret-agent0001' });
  await page.call('600');
  await page.stage('talking');
  const heard = await hearsUntil(page, `the page hears ${PAGE_HZ} Hz`, loudestTone,
    ({ hz, share, level }) => Math.abs(hz - PAGE_HZ) <= 1 && share > 0.95 && level > PAGE_LEVEL_MIN);
  console.log(`# the page hears ${JSON.stringify(heard)}`);
  assert.equal(asterisk.channels(), 1, 'Asterisk has this call');
  const [received] = await page.stats('inbound-rtp');
  console.log(`# the page received ${received.packetsReceived} packets, ${received.packetsLost} lost`);
  await page.hangup();
  await noneAtAsterisk();
  await page.close();
});
