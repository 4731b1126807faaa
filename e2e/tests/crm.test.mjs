// examples/crm as anybody runs it: a click with a call token, a screen pop before the ring, a signed webhook.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { jssip, startChromium } from '../lib/browser.mjs';
import { PORTS, site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';

const CARRIER = 15198;
const CRM = 18098;
const HOOK = `http://127.0.0.1:${CRM}/hook`;
const SECRET = crypto.randomBytes(24).toString('hex');
const KEY = crypto.generateKeyPairSync('ed25519');
const PUBLIC = KEY.publicKey.export({ type: 'spki', format: 'pem' }).trim().replaceAll('\n', '\n        ');
const SCREENSHOTS = process.env.E2E_SCREENSHOTS;

const SITE = site(`trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
    match: [127.0.0.1:${CARRIER}]
routes:
  - pattern: _+X.
    trunks: [carrier]
    token: required
    campaigns: [spring]
numbers:
  - pattern: "8700"
    queue: "700"
  - pattern: "8701"
    agent: "1001"
queues:
  - number: "700"
    members: ["1001"]
    ringFor: 20s
    wrapUp: 0s
tokens:
  audience: 127.0.0.1
  country: 49
  keys:
    - kid: crm
      algorithm: EdDSA
      issuer: crm
      publicKey: |
        ${PUBLIC}
webhooks:
  - name: crm
    url: ${HOOK}
    secret: ${SECRET}
    types: [call.ended]
`);

let pbx;
let crm;
let browser;
let page;
let rtp;
let rtpPort = 17300;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-crm-'));

function startCrm() {
  fs.writeFileSync(path.join(folder, 'key.pem'), KEY.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  fs.writeFileSync(path.join(folder, 'jssip.js'), jssip);
  const child = spawn(process.execPath, [new URL('../../examples/crm/crm.mjs', import.meta.url).pathname], {
    env: { ...process.env, PORT: String(CRM), PBX: pbx.url, TOKEN_KEY: path.join(folder, 'key.pem'),
      WEBHOOK_SECRET: SECRET, JSSIP: path.join(folder, 'jssip.js') },
  });
  let said = '';
  child.stdout.on('data', (d) => (said += d));
  child.stderr.on('data', (d) => (said += d));
  return { said: () => said, stop: () => child.kill('SIGKILL') };
}

before(async () => {
  pbx = await startPbx({ site: SITE, more: 'webhooks:\n  allowPrivate: true\n' });
  crm = startCrm();
  await until(() => /CRM on/.test(crm.said()) && /listening to events/.test(crm.said()), 'the CRM');
  browser = await startChromium();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${CRM}/`);
  await until(async () => (await phone()) === 'ready', 'the phone is signed in');
}, { timeout: 180_000 });

afterEach(() => {
  stopAll();
  rtp?.close();
  rtp = undefined;
});

after(async () => {
  await browser?.close();
  crm?.stop();
  await pbx?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const phone = () => page.locator('#phone').textContent();
const screenshot = (name) => SCREENSHOTS && page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage: true });
const state = async () => (await fetch(`http://127.0.0.1:${CRM}/state`)).json();

/** Every event that has been told, read as any listener reads them. */
async function events(count) {
  const stop = new AbortController();
  const response = await fetch(`${pbx.url}/api/v1/events?after=0`, { signal: stop.signal });
  let text = '';
  const deadline = setTimeout(() => stop.abort(), 5000);
  try {
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (count(text)) break;
    }
  } finally {
    clearTimeout(deadline);
  }
  return text.split('\n').filter((l) => l.startsWith('data: ')).map((l) => JSON.parse(l.slice(6)));
}

async function media() {
  rtpPort += 2;
  rtp = await new RtpEndpoint({ port: rtpPort }).open();
  rtp.answering();
  return rtpPort;
}

async function customerCalls(number) {
  const from = { port: CARRIER, rtp: await media(), remote: `127.0.0.1:${PORTS.sip}`, service: number };
  return sipp('uac-wait', { ...from, seconds: 60, pauseMs: 30_000 });
}

test('a click calls the customer through the route that wants a token, and the webhook brings the reference back',
  { timeout: 90_000 }, async () => {
    const carrier = sipp('uas-answer', { port: CARRIER, rtp: await media(), seconds: 60 });
    await page.getByRole('row', { name: 'Ada Lovelace' }).getByRole('button').click();
    await until(async () => (await phone()) === 'talks', 'the call', 20_000);
    await page.locator('#hangup').click();
    assert.equal((await carrier.ended).code, 0);
    const [entry] = await until(async () => (await state()).log.length > 0 && (await state()).log, 'the log', 40_000);
    assert.match(entry.ref, /^crm-7-\d+$/);
    assert.equal(entry.direction, 'outbound');
    assert.equal(entry.number, '+4930123456');
    assert.equal(entry.answered, true);
    const cdr = await until(async () => (await pbx.cdrs()).find((c) => c.reference === entry.ref), 'the record');
    assert.equal(cdr.callee, '+4930123456');
    const told = await events((text) => text.includes('"type":"call.ended"'));
    const mine = told.filter((e) => e.ref === entry.ref).map((e) => e.type);
    assert.equal(mine[0], 'call.created');
    assert.ok(mine.includes('call.answered'));
    assert.equal(mine.at(-1), 'call.ended');
    await page.locator('#log').getByText(entry.ref).waitFor();
  });

for (const [number, words] of [['8700', 'queue 700'], ['8701', 'waited 0 s']]) {
  test(`a customer who calls ${number} pops up${number === '8700' ? ' before the phone rings' : ''}`, { timeout: 90_000 }, async () => {
    await page.evaluate(() => { delete globalThis.times.popped; delete globalThis.times.rang; });
    const before = (await state()).log.length;
    const caller = await customerCalls(number);
    await until(async () => (await phone()) === 'rings', 'the ring', 20_000);
    await page.locator('#pop').getByText('Ivan Petrov').waitFor();
    assert.match(await page.locator('#pop p').textContent(), new RegExp(words));
    await screenshot(`crm-pop-${number}`);
    const { popped, rang } = await page.evaluate(() => globalThis.times);
    console.log(`popped ${(rang - popped).toFixed(1)} ms before the ring`);
    // Only an offer of a queue waits for the screen; any other call is told as it rings.
    if (number === '8700') assert.ok(popped < rang, `popped at ${popped}, rang at ${rang}`);
    await page.locator('#answer').click();
    await until(async () => (await phone()) === 'talks', 'the call', 20_000);
    await page.locator('#hangup').click();
    assert.equal((await caller.ended).code, 0);
    const [entry] = await until(async () => (await state()).log.length > before && (await state()).log, 'the log', 40_000);
    assert.equal(entry.customer, 'Ivan Petrov');
    assert.equal(entry.direction, 'inbound');
    const told = (await events((text) => text.split('"type":"call.ended"').length > before + 1)).filter((e) => e.direction !== 'outbound');
    const types = told.slice(told.findLastIndex((e) => e.type === 'call.created')).map((e) => e.type);
    assert.ok(types.indexOf('call.offered') < types.indexOf('call.ringing'), types.join(' '));
    await page.locator('#pop').waitFor({ state: 'hidden' });
    await screenshot(`crm-log-${number}`);
  });
}

test('the CRM believes nobody who cannot sign, and nothing that is old', { timeout: 30_000 }, async () => {
  const before = (await state()).log.length;
  const body = JSON.stringify({ id: 1, type: 'call.ended', at: new Date().toISOString(), number: '1', talk_ms: 1 });
  const post = async (time, secret, sent = body) => (await fetch(HOOK, {
    method: 'POST', body: sent,
    headers: { 'jackfield-signature': `t=${time},v1=${crypto.createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}` },
  })).status;
  const now = Math.floor(Date.now() / 1000);
  assert.equal(await post(now, 'another secret'), 401);
  assert.equal(await post(now - 3600, SECRET), 401);
  assert.equal(await post(now, SECRET, body.replace('"1"', '"2"')), 401);
  assert.equal((await fetch(HOOK, { method: 'POST', body })).status, 401);
  assert.equal((await state()).log.length, before);
  assert.equal(await post(now, SECRET), 204);
  assert.equal((await state()).log.length, before + 1);
});

test('the endpoint can be tested, and its deliveries are seen', { timeout: 30_000 }, async () => {
  const api = `${pbx.url}/api/v1/webhooks`;
  const tried = await fetch(`${api}/crm/test`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  const answer = await tried.json();
  assert.equal(answer.status, 204);
  assert.equal(answer.taken, true);
  const { deliveries } = await (await fetch(`${api}/crm/deliveries`)).json();
  assert.ok(deliveries.some((d) => d.type === 'test'));
  assert.ok(deliveries.filter((d) => d.type === 'call.ended' && d.taken).length >= 3);
  const text = await (await fetch(api)).text();
  assert.ok(!text.includes(SECRET));
});
