// Call tokens as a CRM makes them, against a process of its own and a carrier that keeps every packet.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeToken } from '../../examples/tokens/make-token.mjs';
import { site, startPbx, until } from '../lib/pbx.mjs';
import { RawPhone } from '../lib/raw-phone.mjs';

const [HTTP, SIP, CARRIER, WEB] = [25_180, 25_160, 25_190, 25_181];
const NUMBER = '+4930123456';
const CONFIG = `domain: 127.0.0.1
http:
  address: 127.0.0.1
  port: ${HTTP}
sip:
  udp: 127.0.0.1:${SIP}
  tcp: 127.0.0.1:${SIP}
media:
  port: 25200
  ports: 25202-25299
  addresses:
    - local: 127.0.0.1
      advertised: 127.0.0.1
site: site.yaml
data: data
logging:
  level: debug
`;

const KEYS = {
  EdDSA: crypto.generateKeyPairSync('ed25519'),
  ES256: crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const SECRET = crypto.randomBytes(32);
const WEB_KEY = crypto.generateKeyPairSync('ed25519');

const pem = (key) => key.export({ type: 'spki', format: 'pem' }).trim().replaceAll('\n', '\n        ');
const SITE = site(`trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    ping: 0ms
routes:
  - pattern: _+X.
    trunks: [carrier]
    token: required
    campaigns: [spring]
  - pattern: _0X.
    trunks: [carrier]
    token: required
tokens:
  audience: pbx.test
  country: 49
  keys:
${Object.entries(KEYS).map(([name, pair]) => `    - kid: ${name}
      algorithm: ${name}
      issuer: crm
      publicKey: |
        ${pem(pair.publicKey)}`).join('\n')}
    - kid: HS256
      algorithm: HS256
      secret: ${SECRET.toString('base64url')}
  jwks:
    - url: http://127.0.0.1:${WEB}/keys
      issuer: crm
  perAgent:
    callsPerMinute: 30
`);

/** Answers every call at once, and keeps all that it is told. */
class Carrier {
  heard = [];

  async open() {
    this.socket = dgram.createSocket('udp4', (data, from) => this.#on(data.toString('latin1'), from));
    await new Promise((ok) => this.socket.bind(CARRIER, '127.0.0.1', ok));
    return this;
  }

  #on(text, from) {
    this.heard.push(text);
    if (!/^(INVITE|BYE) /.test(text)) return;
    const lines = text.split('\r\n').filter((l) => /^(Via|From|To|Call-ID|CSeq):/i.test(l))
      .map((l) => (/^To:/i.test(l) && !/;tag=/.test(l) ? `${l};tag=carrier` : l));
    const sdp = text.startsWith('INVITE')
      ? 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 25290 RTP/AVP 8\r\n' : '';
    const type = sdp ? 'Content-Type: application/sdp\r\n' : '';
    this.socket.send(`SIP/2.0 200 OK\r\n${lines.join('\r\n')}\r\nContact: <sip:c@127.0.0.1:${CARRIER}>\r\n`
      + `${type}Content-Length: ${sdp.length}\r\n\r\n${sdp}`, from.port, from.address);
  }

  get calls() {
    return this.heard.filter((t) => t.startsWith('INVITE')).length;
  }
}

let pbx;
let phone;
let carrier;
let web;
const made = [];

/** A token of anna's CRM; every one of them is looked for at the end. */
function token(algorithm, claims = {}) {
  const key = algorithm === 'HS256' ? SECRET : KEYS[algorithm].privateKey;
  const all = { iss: 'crm', aud: 'pbx.test', sub: '1001', dst: NUMBER, cmp: 'spring', ...claims };
  made.push(makeToken({ algorithm, key, kid: algorithm, claims: all }));
  return made.at(-1);
}

const dial = (lines, number = NUMBER) => phone.call(number, lines);
const status = (answer) => Number(answer.slice(8, 11));

before(async () => {
  web = http.createServer((_, response) => {
    const jwk = { ...WEB_KEY.publicKey.export({ format: 'jwk' }), kid: 'from-the-web' };
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise((ok) => web.listen(WEB, '127.0.0.1', ok));
  carrier = await new Carrier().open();
  pbx = await startPbx({ site: SITE, config: CONFIG });
  phone = await new RawPhone({ ws: pbx.ws, agent: '1001' }).open();
}, { timeout: 180_000 });

after(async () => {
  phone?.close();
  carrier?.socket.close();
  web?.close();
  web?.closeAllConnections();
  await pbx?.stop();
});

test('T30: without a token the carrier hears nothing, and the page is told why', { timeout: 60_000 }, async () => {
  for (const lines of ['', 'X-Call-Token: \r\n', 'Authorization: Bearer \r\n']) {
    const answer = await dial(lines);
    assert.match(answer, /^SIP\/2\.0 403 This number needs a call token\r\n/);
    assert.match(answer, /^Warning: 399 \S+ "call-token missing"\r$/m);
  }
  const twice = token('EdDSA');
  assert.match(await dial(`X-Call-Token: ${twice}\r\nX-Call-Token: ${twice}\r\n`), /403 There is more than one/);
  assert.equal(carrier.heard.length, 0);
  assert.match(await pbx.metrics(), /^jackfield_call_tokens_total\{outcome="missing"\} 3\.0$/m);
  assert.match(pbx.log(), /SECURITY src=127\.0\.0\.1 sport=\d+ .*event=call_token_refused cause=missing /);
});

for (const algorithm of ['EdDSA', 'ES256', 'RS256', 'HS256']) {
  test(`a token signed by Node with ${algorithm} opens the trunk once (T32)`, { timeout: 60_000 }, async () => {
    const before = carrier.calls;
    const one = token(algorithm);
    assert.equal(status(await dial(`X-Call-Token: ${one}\r\nX-Call-Ref: crm-1\r\n`)), 200);
    assert.match(await dial(`Authorization: Bearer ${one}\r\n`), /^SIP\/2\.0 403 .*used already/);
    assert.equal(status(await dial(`Authorization: Bearer ${token(algorithm)}\r\n`, '030123456')), 200);
    assert.equal(carrier.calls, before + 2);
  });
}

test('a key from the web signs like one that is written down', { timeout: 60_000 }, async () => {
  const claims = { iss: 'crm', aud: 'pbx.test', sub: '1001', dst: NUMBER, cmp: 'spring' };
  const one = makeToken({ key: WEB_KEY.privateKey, kid: 'from-the-web', claims });
  made.push(one);
  assert.equal(status(await dial(`X-Call-Token: ${one}\r\n`)), 200);
});

test('T31, T33, T34: another agent, number, campaign, key or algorithm is 403', { timeout: 60_000 }, async () => {
  const before = carrier.calls;
  const hostile = [
    [token('EdDSA', { sub: '1002' }), /another agent/],
    [token('EdDSA', { dst: '+4930123457' }), /another number/],
    [token('EdDSA', { cmp: 'winter' }), /another campaign/],
    [token('EdDSA', { aud: 'other' }), /another PBX/],
    [token('EdDSA', { exp: 1 }), /valid for too long/],
    [makeToken({ algorithm: 'HS256', key: KEYS.RS256.publicKey.export({ type: 'spki', format: 'pem' }), kid: 'RS256',
      claims: { aud: 'pbx.test', sub: '1001', dst: NUMBER, cmp: 'spring' } }), /in another way/],
  ];
  for (const [one, words] of hostile) {
    made.push(one);
    const answer = await dial(`X-Call-Token: ${one}\r\n`);
    assert.equal(status(answer), 403);
    assert.match(answer.split('\r\n')[0], words);
  }
  assert.equal(carrier.calls, before);
});

test('a token signed by PHP opens the trunk', { skip: spawnSync('php', ['-m']).stdout?.includes('sodium') ? false : 'no PHP with sodium here' },
  async () => {
    const der = KEYS.EdDSA.privateKey.export({ type: 'pkcs8', format: 'der' });
    const script = new URL('../../examples/tokens/make-token.php', import.meta.url).pathname;
    const args = [script, der.subarray(-32).toString('base64'), 'EdDSA', '1001', NUMBER, 'spring', 'pbx.test', 'crm'];
    made.push(execFileSync('php', args).toString().trim());
    assert.equal(status(await dial(`X-Call-Token: ${made.at(-1)}\r\n`)), 200);
  });

/** Runs jackfield with that input; its exit code and what it prints. */
async function jackfield(args, input = '') {
  const child = spawn(new URL('../../jackfield', import.meta.url).pathname, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (data) => (printed += data));
  child.stdin.end(input);
  const code = await new Promise((ok) => child.on('close', ok));
  return [code, printed];
}

test('the command line makes and checks the same tokens', { timeout: 180_000 }, async () => {
  const file = path.join(pbx.folder, 'key.pem');
  fs.writeFileSync(file, KEYS.ES256.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const config = ['--config', path.join(pbx.folder, 'jackfield.yaml')];
  const call = ['--agent', '1001', '--number', NUMBER, '--campaign', 'spring'];
  const [code, one] = await jackfield(['token', 'make', '--key', file, '--kid', 'ES256', '--algorithm', 'ES256',
    '--audience', 'pbx.test', '--issuer', 'crm', ...call]);
  made.push(one.trim());
  assert.equal(code, 0);
  assert.deepEqual(await jackfield(['token', 'check', ...config, ...call], one), [0, 'The call token is good.\n']);
  assert.deepEqual(
    await jackfield(['token', 'check', ...config, '--agent', '1002', '--number', NUMBER, '--json'], one),
    [1, '{"good":false,"reason":"agent"}\n']);
  fs.rmSync(file);
});

test('T32: a token that was used is refused by the next process too, after kill -9', { timeout: 180_000 }, async () => {
  const one = token('EdDSA');
  assert.equal(status(await dial(`X-Call-Token: ${one}\r\n`)), 200);
  const log = pbx.log();
  await pbx.kill();
  phone.close();
  pbx = await startPbx({ site: SITE, config: CONFIG, folder: pbx.folder });
  fs.writeFileSync(path.join(pbx.folder, 'earlier.log'), log);
  phone = await new RawPhone({ ws: pbx.ws, agent: '1001' }).open();
  const before = carrier.calls;
  for (let i = 0; i < 5; i++) assert.match(await dial(`X-Call-Token: ${one}\r\n`), /403 .*used already/);
  assert.equal(carrier.calls, before);
  assert.equal(status(await dial(`X-Call-Token: ${token('EdDSA')}\r\n`)), 200);
});

test('T35: the agent’s calls of a minute end at the limit, and the log says so at once', { timeout: 120_000 }, async () => {
  let refused;
  for (let i = 0; i < 40 && !refused; i++) {
    const answer = await dial(`X-Call-Token: ${token('HS256')}\r\n`);
    if (status(answer) !== 200) refused = answer;
  }
  assert.match(refused, /^SIP\/2\.0 403 The agent dials too often/);
  await until(() => /cause=agent-calls-per-minute /.test(pbx.log()), 'the line of the limit', 1_000);
});

test('T44: no token is in the carrier’s packets, the log at debug, the data or what HTTP tells', { timeout: 60_000 }, async () => {
  const cdrs = await until(async () => {
    const all = await pbx.cdrs();
    return all.some((c) => c.reference === 'crm-1') && all;
  }, 'the record of the call with a reference');
  const read = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const file = path.join(folder, e.name);
    return e.isDirectory() ? read(file) : [[file, fs.readFileSync(file).toString('latin1')]];
  });
  const places = [...read(pbx.folder), ['packets', carrier.heard.join('\n')], ['cdrs', JSON.stringify(cdrs)],
    ['calls', JSON.stringify(await pbx.calls())], ['metrics', await pbx.metrics()]];
  assert.ok(places.some(([name, text]) => name.endsWith('server.log') && /sip=in/.test(text)), 'the log is at debug');
  assert.ok(made.length > 15);
  for (const one of made) {
    const [, claims, signature] = one.split('.');
    const { jti } = JSON.parse(Buffer.from(claims, 'base64url'));
    for (const [name, text] of places) {
      for (const secret of [claims, signature, jti]) assert.ok(!text.includes(secret), `${name} has it`);
    }
  }
  assert.ok(!carrier.heard.some((t) => /x-call-token|bearer/i.test(t)));
});
