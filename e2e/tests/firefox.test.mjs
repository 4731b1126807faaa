// A real Firefox: with plain JsSIP, with our own page, and with a Chromium at the other end.
import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { allEars, ears } from '../lib/ears.mjs';
import { startFirefox } from '../lib/firefox.mjs';
import { site, startDemo, startPbx, until } from '../lib/pbx.mjs';
import { toneWav } from '../lib/wav.mjs';

const FIREFOX_HZ = 700;
const CHROMIUM_HZ = 440;
/** Of the analyser's window; a neighbouring semitone is 24 Hz away. */
const HZ_OFF_MAX = 8;
const PACKETS = 200;

let pbx;
let firefox;

before(async () => {
  firefox = await startFirefox({ hz: FIREFOX_HZ });
});

after(() => firefox?.close());

const near = (heard, hz) => heard && Math.abs(heard.hz - hz) < HZ_OFF_MAX;

/** Waits until the phone hears that tone in enough packets; says what the browser counted. */
async function hears(phone, hz, label) {
  const stats = await until(async () => {
    const s = await phone.run('stats').catch(() => ({}));
    return s.received?.packets >= PACKETS && near(await phone.run('loudest'), hz) ? s : undefined;
  }, `${label} hears ${hz} Hz in ${PACKETS} packets`, 30_000);
  const { hz: heard, db } = await phone.run('loudest');
  console.log(`# ${label} hears ${heard.toFixed(0)} Hz at ${db.toFixed(0)} dB: ${JSON.stringify(stats)}`);
  assert.equal(stats.received.lost, 0, `${label} loses nothing`);
  assert.ok(stats.sent.packets > 0, `${label} speaks`);
  return stats;
}

async function onlyCdr(before) {
  await until(async () => (await pbx.calls()).length === 0, 'no call is left');
  const cdrs = await until(async () => {
    const all = await pbx.cdrs();
    return all.length > before ? all : undefined;
  }, 'the CDR');
  assert.equal(cdrs.length, before + 1, 'exactly one CDR');
  return cdrs[0];
}

function assertHungUp(cdr, { caller, callee, codec }) {
  assert.equal(cdr.caller, caller);
  assert.equal(cdr.callee, callee);
  assert.equal(cdr.codec, codec);
  assert.equal(cdr.hangup_side, 'caller');
  assert.equal(cdr.cause, 'normal');
  assert.equal(cdr.sip_status, 200);
  assert.equal(cdr.agent_heard_lost, 0);
}

describe('plain JsSIP', () => {
  before(async () => {
    pbx = await startPbx({ site: site('') });
  });

  after(() => pbx?.stop());

  const phoneOf = (browser, name) => openPhone(browser, { ws: pbx.ws, user: name, password: `demo-${name}` });

  for (const codec of ['opus', 'G722', 'PCMA', 'PCMU']) {
    test(`600 sends Firefox its own voice back with ${codec}`, async () => {
      const cdrs = (await pbx.cdrs()).length;
      const phone = await phoneOf(firefox, '1001');
      await phone.call('600', { codec });
      const stats = await hears(phone, FIREFOX_HZ, `echo, ${codec}`);
      assert.equal(stats.received.codec.toLowerCase(), `audio/${codec.toLowerCase()}`);
      assert.equal(stats.sent.codec.toLowerCase(), `audio/${codec.toLowerCase()}`);
      const state = await phone.state();
      assert.equal(state.connection, 'connected');
      assert.match(state.answer, /a=ice-lite/);
      await phone.run('hangup');
      const events = await phone.run('events');
      for (const name of ['registered', 'accepted', 'confirmed', 'ended']) {
        assert.equal(events.filter((e) => e.name === name).length, 1, name);
      }
      assert.equal(events.find((e) => e.name === 'ended').originator, 'local');
      assertHungUp(await onlyCdr(cdrs), { caller: '1001', callee: '600', codec });
      await phone.close();
    });
  }

  for (const [from, to] of [['Firefox', 'Chromium'], ['Chromium', 'Firefox']]) {
    test(`${from} calls ${to}, and each hears the other with Opus`, async () => {
      const cdrs = (await pbx.cdrs()).length;
      const wav = toneWav(path.join(os.tmpdir(), `chromium-${process.pid}.wav`), CHROMIUM_HZ);
      const chromium = await startChromium({ wav });
      const browsers = { Firefox: firefox, Chromium: chromium };
      const [caller, callee] = [await phoneOf(browsers[from], '1002'), await phoneOf(browsers[to], '1003')];
      await callee.run('autoAnswer');
      await caller.call('1003', { codec: 'opus' });
      const tones = { Firefox: FIREFOX_HZ, Chromium: CHROMIUM_HZ };
      for (const [phone, name, other] of [[caller, from, to], [callee, to, from]]) {
        const stats = await hears(phone, tones[other], `${name} with ${other}`);
        assert.equal(stats.received.codec, 'audio/opus');
      }
      await caller.run('hangup');
      const ended = await until(
        async () => (await callee.run('events')).find((e) => e.name === 'ended'), 'the other side is told');
      assert.equal(ended.originator, 'remote');
      const cdr = await onlyCdr(cdrs);
      assertHungUp(cdr, { caller: '1002', callee: '1003', codec: 'opus' });
      assert.equal(cdr.customer_heard_lost ?? 0, 0);
      await Promise.all([caller.close(), callee.close()]);
      await chromium.close();
    });
  }
});

test('our own page in the demo: log in with a click, dial 600, hear oneself, hang up', async () => {
  pbx = await startDemo();
  const context = await firefox.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: `(${ears})(); (${allEars})();` });
    await page.goto(`${pbx.url}/`);
    const snapshot = () => page.evaluate(() => globalThis.jackfield.snapshot());
    const inbound = () => page.evaluate(async () =>
      (await globalThis.jackfield.stats())[0]?.report.find((s) => s.type === 'inbound-rtp'));

    await page.click('agent-1001');
    await until(async () => (await snapshot()).line.kind === 'registered', 'the page registers', 20_000);
    await page.click('number');
    await page.type('600');
    await page.click('call');
    const heard = await until(async () => {
      const stats = await inbound();
      return stats?.packetsReceived >= PACKETS && near(await page.evaluate(() => globalThis.ears.loudest()), FIREFOX_HZ)
        ? stats
        : undefined;
    }, `the page hears ${FIREFOX_HZ} Hz in ${PACKETS} packets`, 30_000);
    console.log(`# our page: ${heard.packetsReceived} packets, lost ${heard.packetsLost}, energy ${heard.totalAudioEnergy.toFixed(4)}`);
    assert.equal(heard.packetsLost, 0);
    const [call] = (await snapshot()).calls;
    assert.equal(call.stage.kind, 'talking');

    await page.click('hangup');
    await until(async () => (await snapshot()).calls.length === 0, 'the page is idle');
    assertHungUp(await onlyCdr(0), { caller: '1001', callee: '600', codec: 'opus' });
  } finally {
    await context.close();
    await pbx.stop();
  }
});
