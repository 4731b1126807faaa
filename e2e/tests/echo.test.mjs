// Browsers and the echo.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { site, startPbx, until } from '../lib/pbx.mjs';

let pbx;
let browser;

before(async () => {
  pbx = await startPbx({ site: site('') });
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await pbx?.stop();
});

const phoneOf = (name) => openPhone(browser, { ws: pbx.ws, user: name, password: `demo-${name}` });

test('600 echoes, and nothing is lost', async () => {
  const phone = await phoneOf('1001');
  await phone.call('600');
  const stats = await until(async () => {
    const s = await phone.run('stats').catch(() => ({}));
    return s.received?.packets > 200 && s.received.energy > 0.001 ? s : undefined;
  }, '200 packets with sound', 15_000);
  console.log(`# echo: ${JSON.stringify(stats)}`);
  assert.equal(stats.received.lost, 0);
  const { answer } = await phone.state();
  assert.doesNotMatch(answer, /a=ssrc/);
  assert.match(answer, /a=ice-lite/);
  await phone.close();
});

for (const codec of ['opus', 'PCMA', 'PCMU', 'G722']) {
  test(`two pages talk with ${codec}`, async () => {
    const [anna, boris] = [await phoneOf('1002'), await phoneOf('1003')];
    await boris.run('autoAnswer');
    await anna.call('1003', { codec });
    for (const [name, phone] of [['caller', anna], ['callee', boris]]) {
      const stats = await until(async () => {
        const s = await phone.run('stats').catch(() => ({}));
        return s.received?.packets > 100 && s.received.energy > 0.001 ? s : undefined;
      }, `${name} hears the other`, 15_000);
      assert.equal(stats.received.codec.toLowerCase(), `audio/${codec.toLowerCase()}`);
      assert.equal(stats.received.lost, 0);
    }
    await boris.run('hangup');
    await until(async () => (await anna.state()).ended, 'the caller is told');
    await anna.close();
    await boris.close();
  });
}

test('all phones of an agent ring, the first to answer has the call, the rest hear where', async () => {
  const caller = await phoneOf('1002');
  const [desk, laptop] = [await phoneOf('1004'), await phoneOf('1004')];
  await caller.call('1004');
  for (const phone of [desk, laptop]) {
    await until(async () => (await phone.run('events')).some((e) => e.name === 'incoming'), 'rings');
  }
  await desk.run('answer');
  await until(async () => (await caller.state()).established, 'answered');
  const cancelled = await until(
    async () => (await laptop.run('events')).find((e) => e.name === 'failed'), 'the other phone stops');
  assert.match(cancelled.reason ?? '', /cause=200/);
  await caller.run('hangup');
  await Promise.all([caller, desk, laptop].map((p) => p.close()));
});

test('what cannot be: unknown number, nobody there, busy, rejected', async () => {
  const [anna, boris] = [await phoneOf('1002'), await phoneOf('1003')];
  const failure = async (number) => {
    const since = await anna.call(number);
    const event = await until(
      async () => (await anna.run('events')).find((e) => e.name === 'failed' && e.at >= since), `${number} fails`);
    return event.status;
  };
  assert.equal(await failure('12345'), 404);
  assert.equal(await failure('1006'), 480);
  const since = await anna.call('1003');
  await until(async () => (await boris.run('events')).some((e) => e.name === 'incoming'), 'rings');
  await boris.run('reject', 486);
  const busy = await until(
    async () => (await anna.run('events')).find((e) => e.name === 'failed' && e.at >= since), 'busy');
  assert.equal(busy.status, 486);
  await anna.close();
  await boris.close();
});

test('a wrong password and an unknown user get the same answer', async () => {
  await assert.rejects(openPhone(browser, { ws: pbx.ws, user: '1001', password: 'wrong' }), /registration failed/);
  await assert.rejects(openPhone(browser, { ws: pbx.ws, user: 'nobody', password: 'wrong' }), /registration failed/);
});

test('a call goes on when the WebSocket drops, and can be ended after the phone is back', async () => {
  const phone = await phoneOf('1005');
  await phone.call('600');
  await until(async () => (await phone.run('stats').catch(() => ({}))).received?.packets > 50, 'sound');
  const before = (await phone.run('events')).filter((e) => e.name === 'registered').length;
  await phone.run('dropConnection');
  await until(async () => (await phone.run('events')).filter((e) => e.name === 'registered').length > before, 'registers again', 20_000);
  const packets = (await phone.run('stats')).received.packets;
  await until(async () => (await phone.run('stats')).received.packets > packets + 50, 'sound goes on');
  await phone.run('hangup');
  const cdr = await until(async () => (await pbx.cdrs()).find((c) => c.caller === '1005'), 'its CDR');
  assert.equal(cdr.hangup_side, 'caller');
  assert.equal(cdr.cause, 'normal');
  await phone.close();
});
