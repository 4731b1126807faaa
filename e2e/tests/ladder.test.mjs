// What an engineer sees at night: ladders, the live trace, captures and HEP, held against each other and
// against tshark and sngrep; and no secret in any of them.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { makeToken } from '../../examples/tokens/make-token.mjs';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';

const ROOT = new URL('../..', import.meta.url).pathname;
const [CARRIER, HEP, SNGREP] = [15192, 19060, 19061];
const SECRET = crypto.randomBytes(32);
const PASSWORD = 'demo-1001';
const SITE = site(`trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
routes:
  - pattern: _+X.
    trunks: [carrier]
    token: required
    campaigns: [spring]
tokens:
  audience: pbx.test
  country: 49
  keys:
    - kid: crm
      algorithm: HS256
      secret: ${SECRET.toString('base64url')}
`);

let pbx;
let browser;
let phone;
let sngrep;
const hep = [];
const secrets = new Set([PASSWORD]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ladder-'));
const collector = dgram.createSocket('udp4', (data) => hep.push(read(data)));

/** A HEP packet by the specification. */
function read(data) {
  assert.equal(data.toString('latin1', 0, 4), 'HEP3');
  assert.equal(data.readUInt16BE(4), data.length);
  const chunks = {};
  for (let at = 6; at < data.length; at += data.readUInt16BE(at + 4)) {
    assert.equal(data.readUInt16BE(at), 0, 'vendor');
    chunks[data.readUInt16BE(at + 2)] = data.subarray(at + 6, at + data.readUInt16BE(at + 4));
  }
  const address = (b) => [...b].join('.');
  return {
    family: chunks[1][0], transport: chunks[2][0],
    from: `${address(chunks[3])}:${chunks[7].readUInt16BE()}`, to: `${address(chunks[4])}:${chunks[8].readUInt16BE()}`,
    at: chunks[9].readUInt32BE() * 1e6 + chunks[10].readUInt32BE(),
    type: chunks[11][0], id: chunks[12].readUInt32BE(), text: chunks[15].toString(),
    correlation: chunks[17].toString(), agent: chunks[19].toString(),
  };
}

const json = async (what) => (await fetch(`${pbx.url}${what}`)).json();
const tshark = async (file, ...args) =>
  (await promisify(execFile)('tshark', ['-r', file, ...args], { encoding: 'utf8' })).stdout.trim().split('\n');

function trace(...args) {
  const child = spawn(path.join(ROOT, 'jackfield'), ['trace', '--url', pbx.url, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const seen = { text: '', said: '', stop: () => child.kill() };
  child.stderr.on('data', (d) => (seen.said += d));
  child.stdout.on('data', (d) => (seen.text += d));
  return seen;
}

before(async () => {
  await new Promise((ok) => collector.bind(HEP, '127.0.0.1', ok));
  sngrep = spawn('sngrep', ['-N', '-L', `udp:127.0.0.1:${SNGREP}`, '-O', path.join(folder, 'sngrep.pcap')],
    { stdio: ['ignore', 'ignore', 'ignore'] });
  pbx = await startPbx({ site: SITE, more: `hep:\n  servers: ["udp:127.0.0.1:${HEP}", "udp:127.0.0.1:${SNGREP}"]\nlogging:\n  level: debug\n` });
  browser = await startChromium();
}, { timeout: 180_000 });

after(async () => {
  stopAll();
  sngrep?.kill('SIGINT');
  collector.close();
  await phone?.close();
  await browser?.close();
  await pbx?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

let call;
let live;

test('a call over browser and trunk: both legs, ICE, DTLS, RTP and RTCP on one time axis', { timeout: 90_000 }, async () => {
  live = trace('--json', '--number', '4930123456');
  await until(() => live.said.includes('Ctrl-C'), 'the trace looks on');
  phone = await openPhone(browser, { ws: pbx.ws, user: '1001', password: PASSWORD });
  const rtp = await new RtpEndpoint({ port: 16300, hz: 1000 }).open();
  const answering = rtp.answering();
  const carrier = sipp('uas-hold', { port: CARRIER, rtp: 16300 });
  const token = makeToken({ algorithm: 'HS256', key: SECRET, kid: 'crm', claims: { aud: 'pbx.test', sub: '1001', dst: '+4930123456', cmp: 'spring' } });
  secrets.add(token);
  secrets.add(token.split('.')[2]);
  const since = await phone.call('+4930123456', { headers: [`X-Call-Token: ${token}`] });
  const seen = (name) => until(async () => (await phone.run('events')).find((e) => e.name === name && e.at >= since), name);
  await seen('accepted');
  await until(() => rtp.received.length > 100, 'sound at the carrier');
  await phone.run('hold');
  await until(async () => (await pbx.log()).includes('held=true'), 'held');
  await phone.run('unhold');
  // both sides send a report within some seconds
  [call] = await pbx.calls();
  await until(async () => (await json(`/api/v1/calls/${call.id}/ladder`)).rows.filter((r) => r.kind === 'rtcp' && r.direction === 'in').length >= 1,
    'RTCP of the browser', 20_000);
  const { offer, answer } = await phone.state();
  for (const line of `${offer}\r\n${answer}`.split('\r\n')) {
    const pwd = /^a=ice-pwd:(.+)$/.exec(line)?.[1];
    if (pwd) secrets.add(pwd);
  }
  await phone.run('hangup');
  await carrier.ended;
  rtp.close();
  await answering;
  const ladder = await until(async () => {
    const now = await json(`/api/v1/calls/${call.id}/ladder`);
    return now.ended_at && now.rows.some((r) => r.title === 'media closed') ? now : undefined;
  }, 'the whole ladder');
  assert.deepEqual(ladder.legs.map((l) => l.party), ['1001', 'carrier']);
  const [agent, trunk] = ladder.legs.map((l) => l.leg);
  const titles = (leg, kind = 'sip') => ladder.rows.filter((r) => r.leg === leg && r.kind === kind).map((r) => `${r.direction ?? ''} ${r.title}`.trim());
  assert.deepEqual(titles(agent).slice(0, 2), ['in INVITE', 'out 180 Ringing']);
  assert.equal(titles(trunk)[0], 'out INVITE');
  for (const title of ['ICE connected', 'DTLS connected', 'first RTP packet', 'media closed']) {
    assert.ok(ladder.rows.some((r) => r.leg === agent && r.title === title), title);
  }
  assert.ok(ladder.rows.some((r) => r.leg === trunk && r.title === 'first RTP packet'));
  const times = ladder.rows.map((r) => r.at);
  assert.deepEqual(times, [...times].sort(), 'by time');
  const hold = ladder.rows.find((r) => r.leg === agent && r.direction === 'in' && r.title === 'INVITE' && r.sdp_changes.length);
  assert.ok(hold.sdp_changes.includes('-a=sendrecv') && hold.sdp_changes.includes('+a=sendonly'), hold.sdp_changes.join());
  console.log(`# ${ladder.rows.length} rows, of them ${ladder.rows.filter((r) => r.kind === 'sip').length} messages`);
});

test('what is live in the terminal is what is kept', { timeout: 30_000 }, async () => {
  const ladder = await json(`/api/v1/calls/${call.id}/ladder`);
  const rows = await until(() => {
    const all = live.text.trim().split('\n').filter(Boolean).map((l) => JSON.parse(l)).filter((r) => r.call === call.id && r.kind === 'sip');
    return all.length === ladder.rows.filter((r) => r.kind === 'sip').length ? all : undefined;
  }, 'all messages in the trace');
  live.stop();
  assert.deepEqual(new Set(rows.map((r) => r.text)), new Set(ladder.rows.filter((r) => r.kind === 'sip').map((r) => r.text)));
  const text = execFileSync(path.join(ROOT, 'jackfield'), ['trace', '--url', pbx.url, '--call', call.id], { encoding: 'utf8' });
  assert.match(text, /SIP +WS .* <-- .* INVITE/);
  assert.match(text, /changed in the description:\n +-a=sendrecv/);
  const figures = execFileSync(path.join(ROOT, 'jackfield'), ['channelstats', '--url', pbx.url, '--call', call.id], { encoding: 'utf8' }).split('\n');
  assert.match(figures[0], /^call +party +from % +jitter +MOS +to % +jitter +MOS +rtt ms$/);
  assert.deepEqual(figures.slice(1, 3).map((line) => line.split(/ +/)[1]).sort(), ['1001', 'carrier']);
  for (const [args, words] of [[['--call', 'nobody'], /no ladder of that call/], [['--pcap', 'x.pcap'], /--pcap needs --call/]]) {
    await assert.rejects(promisify(execFile)(path.join(ROOT, 'jackfield'), ['trace', '--url', pbx.url, ...args]), words);
  }
});

test('tshark counts the same dialogs and messages in the capture, sngrep in the HEP', { timeout: 60_000 }, async () => {
  const ladder = await json(`/api/v1/calls/${call.id}/ladder`);
  const sip = ladder.rows.filter((r) => r.kind === 'sip');
  const file = path.join(folder, 'call.pcap');
  execFileSync(path.join(ROOT, 'jackfield'), ['trace', '--url', pbx.url, '--call', call.id, '--pcap', file]);
  const packets = await tshark(file, '-Y', 'sip', '-T', 'fields', '-e', 'sip.Call-ID', '-e', 'sip.CSeq.method');
  assert.equal(packets.length, sip.length);
  assert.deepEqual(new Set(packets.map((p) => p.split('\t')[0])), new Set(ladder.legs.map((l) => l.sip_call_id)));

  const sent = hep.filter((p) => p.type === 1 && p.correlation === call.id);
  assert.equal(sent.length, sip.length);
  sent.sort((a, b) => a.at - b.at).forEach((packet, i) => {
    const row = sip[i];
    const [from, to] = row.direction === 'out' ? [row.local, row.remote] : [row.remote, row.local];
    assert.deepEqual({ ...packet, at: new Date(packet.at / 1e3).toISOString().slice(0, 23) },
      { family: 2, transport: row.transport === 'UDP' ? 17 : 6, from, to, at: row.at.slice(0, 23), type: 1, id: 2001,
        text: row.text, correlation: call.id, agent: 'jackfield' });
  });
  const rtcp = hep.filter((p) => p.type === 5 && p.correlation === call.id);
  const reports = rtcp.map((p) => JSON.parse(p.text));
  assert.ok(reports.some((r) => r.type === 200 && r.report_blocks.length === 1 && r.sender_information.packets > 0));
  const registrations = hep.filter((p) => /^REGISTER /.test(p.text));
  assert.ok(registrations.length >= 2, 'registrations are in the HEP, too');
  console.log(`# HEP: ${sent.length} SIP and ${rtcp.length} RTCP packets of the call, ${hep.length} in all`);

  sngrep.kill('SIGINT');
  await new Promise((ok) => sngrep.on('exit', ok));
  const kept = await tshark(path.join(folder, 'sngrep.pcap'), '-T', 'fields', '-e', 'sip.Call-ID');
  for (const leg of ladder.legs) {
    const own = sip.filter((r) => new RegExp(`^Call-ID: ${leg.sip_call_id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\r?$`, 'm').test(r.text));
    assert.equal(kept.filter((id) => id === leg.sip_call_id).length, own.length, `sngrep has each message of ${leg.party}'s dialog`);
  }
});

test('the call page: verdict, one time axis, ladder and message, by keyboard, in both languages and on a phone', { timeout: 60_000 }, async () => {
  const shots = process.env.SCREENSHOTS;
  const quality = await json(`/api/v1/calls/${call.id}/quality`);
  assert.equal(quality.live, false);
  for (const [locale, verdict, colorScheme, viewport] of [
    ['en', quality.verdict, 'light', { width: 1280, height: 1000 }],
    ['ru', quality.verdict_ru, 'dark', { width: 390, height: 844 }],
  ]) {
    const context = await browser.newContext({ locale, colorScheme, viewport });
    const page = await context.newPage();
    const wrong = [];
    page.on('console', (m) => m.type() === 'error' && wrong.push(m.text()));
    page.on('pageerror', (e) => wrong.push(e.message));
    page.on('request', (r) => new URL(r.url()).origin === pbx.url || r.url().startsWith('blob:') || wrong.push(r.url()));
    await page.goto(`${pbx.url}/calls`);
    await page.getByRole('link').filter({ hasText: /2026|\d:\d\d/ }).last().click();
    await page.getByText(verdict).waitFor();
    await page.keyboard.press('j');
    await page.getByText('INVITE sip:+4930123456@127.0.0.1 SIP/2.0').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('127.0.0.1:15192');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.getByText(/^INVITE sip:.*@127\.0\.0\.1:15192/).waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing stands out sideways');
    if (shots) await page.screenshot({ path: path.join(shots, `call-${locale}-${colorScheme}.png`), fullPage: true });
    assert.deepEqual(wrong, []);
    await context.close();
  }
});

test('a registration with a wrong password is found, with the reason', { timeout: 60_000 }, async () => {
  const wrong = 'CANARY-wrong-password';
  secrets.add(wrong);
  await openPhone(browser, { ws: pbx.ws, user: '1002', password: wrong }).then((p) => p.close(), () => {});
  const found = await until(async () => (await json('/api/v1/ladders?number=1002')).ladders.find((l) => l.kind === 'refused_registration'), 'the refusal');
  assert.equal(found.sip_status, 401);
  assert.match(found.cause, /password|credential/i);
  const ladder = await json(`/api/v1/calls/${found.id}/ladder`);
  assert.deepEqual(ladder.rows.map((r) => r.title), ['REGISTER', '401 Unauthorized', 'REGISTER', '401 Unauthorized']);
});

test('a call of earlier is found by number, agent, Call-ID, cause, status and time', async () => {
  const ladder = await json(`/api/v1/calls/${call.id}/ladder`);
  const ids = async (query) => (await json(`/api/v1/ladders?${query}`)).ladders.map((l) => l.id);
  for (const query of ['number=30123', 'agent=carrier', `sip_call_id=${encodeURIComponent(ladder.legs[1].sip_call_id)}`, 'cause=normal',
    'status=200', `from=${ladder.began_at}&limit=500`]) {
    assert.ok((await ids(query)).includes(call.id), query);
  }
  assert.deepEqual(await ids(`until=${ladder.began_at}&number=30123`), []);
  assert.equal((await fetch(`${pbx.url}/api/v1/ladders?from=yesterday`)).status, 400);
});

test('no secret in ladders, HEP, capture, trace or log', { timeout: 30_000 }, async () => {
  assert.ok(secrets.size >= 5, 'password, token, its signature, a wrong password, ICE passwords');
  const ladders = (await json('/api/v1/ladders?limit=500')).ladders;
  const kept = (await Promise.all(ladders.map(async (l) => JSON.stringify(await json(`/api/v1/calls/${l.id}/ladder`))))).join('\n');
  const places = { ladders: kept, hep: hep.map((p) => p.text).join('\n'), trace: live.text, log: pbx.log(),
    capture: fs.readFileSync(path.join(folder, 'call.pcap'), 'latin1'), sngrep: fs.readFileSync(path.join(folder, 'sngrep.pcap'), 'latin1'),
    file: fs.readFileSync(path.join(pbx.folder, 'data', 'ladder.db'), 'latin1') };
  for (const [place, text] of Object.entries(places)) {
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in ${place}`);
  }
  for (const place of ['ladders', 'hep', 'trace']) {
    assert.match(places[place], /X-Call-Token: \[hidden\]/, place);
    assert.match(places[place], /a=ice-pwd:\[hidden\]/, place);
  }
  assert.match(places.ladders, /response=\\"\[hidden\]\\"/);
});
