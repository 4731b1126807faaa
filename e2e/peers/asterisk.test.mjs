// Beside a real Asterisk, in the same run: first call, trunk both ways, and our phone page registered there.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { absent, browserCheck, median, startAsterisk } from '../lib/asterisk.mjs';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { startPbx, until } from '../lib/pbx.mjs';

const ROUNDS = 5;

// Asterisk knows its trunk by 127.0.0.1:5090, and its own SIP and HTTP ports are taken.
const CONFIG = `domain: 127.0.0.1
http:
  address: 127.0.0.1
  port: 18088
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
const SITE = `agents:
  - range: agent0001-agent0010
    password: "secret-{name}"
trunks:
  - name: trunk
    host: 127.0.0.1
    port: 5070
    codecs: [PCMU, PCMA]
    ping: 0s
routes:
  - pattern: _9X.
    trunks: [trunk]
    strip: 1
numbers:
  - pattern: _98XXX
    agent: agent0XXX
`;

let asterisk;
let pbx;
let browser;

before(async () => {
  if (absent) return;
  asterisk = await startAsterisk();
  pbx = await startPbx({ site: SITE, config: CONFIG });
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await pbx?.stop();
  asterisk?.stop();
});

const phoneAt = (ws, user) => openPhone(browser, { ws, user, password: `secret-${user}` });

async function hears(phone, who) {
  return until(async () => {
    const s = await phone.run('stats').catch(() => ({}));
    return s.received?.packets > 100 && s.received.energy > 0.0001 ? s.received : undefined;
  }, `${who} hears the other`, 15_000);
}

/** Runs `measure` at both, in turn, after one warm-up each. */
async function alternate(measure) {
  const places = { jackfield: pbx.ws, asterisk: asterisk.ws };
  const results = { jackfield: [], asterisk: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, ws] of Object.entries(places)) {
      const result = await measure(ws);
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}

function printMedians(title, results, keys) {
  const medians = Object.fromEntries(Object.entries(results).map(([name, runs]) =>
    [name, Object.fromEntries(keys.map((k) => [k, Number(median(runs.map((r) => r[k])).toFixed(1))]))]));
  for (const [name, values] of Object.entries(medians)) console.log(`# ${title}, ${name}: ${JSON.stringify(values)}`);
  return medians;
}

test('the plain browser check calls 600 and loses nothing', { skip: absent }, async () => {
  const check = browserCheck();
  try {
    const results = await alternate((ws) => check.run(ws));
    for (const runs of Object.values(results)) {
      for (const r of runs) Object.assign(r, { lost: r.rx?.lost, connectedAfterSetup: r.connectedMs - r.setupMs });
    }
    for (const [name, runs] of Object.entries(results)) {
      console.log(`# check, ${name}: ${JSON.stringify(runs.map(({ code, registeredMs, setupMs, connectedMs, firstMediaMs, rx }) => ({ code, registeredMs, setupMs, connectedMs, firstMediaMs, packets: rx?.packets, lost: rx?.lost, energy: rx?.energy })))}`);
    }
    printMedians('check', results, ['registeredMs', 'setupMs', 'connectedMs', 'connectedAfterSetup', 'firstMediaMs', 'lost']);
    for (const run of results.jackfield) {
      assert.equal(run.code, 0);
      assert.equal(run.lost, 0);
      assert.ok(run.rx.energy > 0);
    }
  } finally {
    check.remove();
  }
});

test('INVITE to 200, 200 to connected and 200 to first RTP are each shorter than there', { skip: absent }, async () => {
  const results = await alternate(async (ws) => {
    const phone = await phoneAt(ws, 'agent0001');
    const times = await phone.page.evaluate(timeCall, ws);
    await phone.close();
    return times;
  });
  for (const [name, runs] of Object.entries(results)) console.log(`# stages, ${name}: ${JSON.stringify(runs)}`);
  const keys = ['inviteTo200', 'connectedAfter200', 'rtpAfter200'];
  const { jackfield, asterisk: there } = printMedians('stages', results, keys);
  for (const key of keys) assert.ok(jackfield[key] < there[key], `${key}: ${jackfield[key]} ms, there ${there[key]} ms`);
});

/** Runs in the page: one call to 600, with the moments of its messages. Milliseconds. */
async function timeCall(ws) {
  const at = {};
  const socket = new globalThis.JsSIP.WebSocketInterface(ws);
  const ua = new globalThis.JsSIP.UA({ sockets: [socket], uri: `sip:agent0001@${new URL(ws).hostname}`, password: 'secret-agent0001' });
  const send = socket.send.bind(socket);
  socket.send = (m) => { if (/^INVITE /.test(m)) at.invite ??= performance.now(); return send(m); };
  await new Promise((ok, no) => { ua.on('registered', ok); ua.on('registrationFailed', no); ua.start(); });
  const receive = socket.ondata;
  socket.ondata = (m) => { if (/^SIP\/2.0 200 [\s\S]*CSeq: *\d+ INVITE/i.test(m)) at.ok ??= performance.now(); return receive(m); };
  const session = ua.call('600', { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });
  const pc = session.connection;
  pc.addEventListener('connectionstatechange', () => { if (pc.connectionState === 'connected') at.connected ??= performance.now(); });
  const end = performance.now() + 8000;
  while (!(at.rtp && at.connected) && performance.now() < end) {
    await new Promise((r) => setTimeout(r, 5));
    for (const s of (await pc.getStats()).values()) if (s.type === 'inbound-rtp' && s.packetsReceived > 0) at.rtp ??= performance.now();
  }
  session.terminate();
  ua.stop();
  const round = (ms) => Math.round(ms * 10) / 10;
  return { inviteTo200: round(at.ok - at.invite), connectedAfter200: round(at.connected - at.ok), rtpAfter200: round(at.rtp - at.ok) };
}

for (const [title, from, to, number] of [
  ['through the trunk to an agent there', () => pbx, () => asterisk, '98003'],
  ['from an agent there through the trunk to ours', () => asterisk, () => pbx, '98004'],
]) {
  test(`a call ${title} is heard both ways`, { skip: absent }, async () => {
    const callee = await phoneAt(to().ws, `agent0${number.slice(2)}`);
    const caller = await phoneAt(from().ws, 'agent0002');
    await callee.run('autoAnswer');
    await caller.call(number);
    for (const [who, phone] of Object.entries({ caller, callee })) {
      console.log(`# ${title}, ${who}: ${JSON.stringify(await hears(phone, who))}`);
    }
    await caller.run('hangup');
    await until(async () => (await callee.state()).ended, 'the callee is told');
    await caller.close();
    await callee.close();
  });
}

test('our phone page, registered there instead, calls 600 with sound', { skip: absent }, async () => {
  // Served plainly: our own server's content security policy keeps the page to its own host.
  const dist = new URL('../../phone/dist/', import.meta.url).pathname;
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
  const server = http.createServer((request, response) => {
    const name = new URL(request.url, 'http://x').pathname;
    const file = path.join(dist, name === '/' ? 'index.html' : name);
    if (!fs.existsSync(file)) { response.writeHead(404).end(); return; }
    response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
    response.end(fs.readFileSync(file));
  });
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const query = new URLSearchParams({ ws: asterisk.ws, user: 'agent0001', domain: '127.0.0.1' });
    await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`);
    await page.locator('[data-test=password]').fill('secret-agent0001');
    await page.locator('[data-test=login]').click();
    await page.locator('[data-test=number]').fill('600', { timeout: 10_000 });
    await page.locator('[data-test=call]').click();
    const inbound = await until(async () => {
      const text = await page.evaluate(async () => JSON.stringify(await globalThis.jackfield.stats()));
      const packets = Number(/"packetsReceived":(\d+)/.exec(text)?.[1]);
      const energy = Number(/"totalAudioEnergy":([\d.e-]+),"totalSamplesReceived|"totalSamplesReceived.*?"totalAudioEnergy":([\d.e-]+)/.exec(text)?.slice(1).find(Boolean));
      return packets > 100 && energy > 0.001 ? { packets, energy } : undefined;
    }, 'sound in the page', 15_000).catch(async (e) => {
      throw new Error(`${e.message}: ${(await page.evaluate(async () => JSON.stringify(await globalThis.jackfield.stats()))).slice(0, 3000)}`);
    });
    console.log(`# page at Asterisk: ${JSON.stringify(inbound)}`);
    await page.locator('[data-test=hangup]').click();
  } finally {
    await context.close();
    server.close();
  }
});
