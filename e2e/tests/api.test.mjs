// The HTTP API as a contract: its description, who may what, and every error as the documentation shows it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { RawPhone } from '../lib/raw-phone.mjs';
import { PORTS, startPbx, until } from '../lib/pbx.mjs';

const DOCS = new URL('../../docs/http-api.md', import.meta.url).pathname;
const ROOT = new URL('../..', import.meta.url).pathname;
const ROLES = ['admin', 'supervisor', 'crm', 'agent', 'read', 'metrics'];
const key = (role) => `jk_test-${role}`;
const hash = (text) => crypto.createHash('sha256').update(text).digest('hex');

const SITE = `agents:
  - range: 1001-1002
    password: "demo-{name}"
recording: all
queues:
  - number: "700"
    members: ["1001"]
webhooks:
  - name: crm
    url: https://crm.invalid/hook
    secret: 0123456789abcdef0123456789abcdef
apiKeys:
${ROLES.map((role) => `  - {name: ${role}, role: ${role}, sha256: ${hash(key(role))}${role === 'agent' ? ', agent: "1001"' : ''}}`).join('\n')}
  - {name: old, role: admin, sha256: ${hash('jk_old')}, expires: 2026-01-01T00:00:00Z}
  - {name: narrow, scopes: [queues:read], sha256: ${hash('jk_narrow')}}
`;

/**
 * Who may ask what, written down by hand: the description is made of the same table as the answers, so it
 * proves nothing about who is let in. `status` is what those get who may.
 */
const ALL = ROLES;
const STAFF = ['admin', 'supervisor', 'crm'];
const MATRIX = [
  { operation: 'isLive', get: '/health/live', open: true, status: 200 },
  { operation: 'isReady', get: '/health/ready', open: true, status: 200 },
  { operation: 'demo', get: '/api/v1/demo', open: true, status: 404 },
  { operation: 'describe', get: '/api/openapi.yaml', open: true, status: 200 },
  { operation: 'metrics', get: '/metrics', roles: ['admin', 'read', 'metrics'], status: 200 },
  { operation: 'listCalls', get: '/api/v1/calls', roles: [...STAFF, 'read'], status: 200 },
  { operation: 'listCdrs', get: '/api/v1/cdrs', roles: [...STAFF, 'read'], status: 200 },
  { operation: 'listAgents', get: '/api/v1/agents', roles: [...STAFF, 'agent', 'read'], status: 200 },
  { operation: 'listQueues', get: '/api/v1/queues', roles: [...STAFF, 'agent', 'read'], status: 200 },
  { operation: 'listRecordings', get: '/api/v1/recordings', roles: STAFF, status: 200 },
  { operation: 'getRecording', get: '/api/v1/recordings/RECORDING', roles: STAFF, status: 200 },
  { operation: 'getWaveform', get: '/api/v1/recordings/RECORDING/waveform?points=5', roles: STAFF, status: 200 },
  { operation: 'listenToEvents', get: '/api/v1/events', roles: [...STAFF, 'read'], status: 200, stream: true },
  { operation: 'listLadders', get: '/api/v1/ladders?limit=2', roles: ['admin', 'supervisor'], status: 200 },
  { operation: 'getLadder', get: '/api/v1/calls/LADDER/ladder', roles: ['admin', 'supervisor'], status: 200 },
  { operation: 'getLadderText', get: '/api/v1/calls/LADDER/ladder.txt', roles: ['admin', 'supervisor'], status: 200 },
  { operation: 'getLadderCapture', get: '/api/v1/calls/LADDER/ladder.pcap', roles: ['admin', 'supervisor'], status: 200 },
  { operation: 'getQuality', get: '/api/v1/calls/nobody/quality', roles: [...STAFF, 'read'], status: 404 },
  { operation: 'trace', get: '/api/v1/trace', roles: ['admin', 'supervisor'], status: 200, stream: true },
  { operation: 'listWebhooks', get: '/api/v1/webhooks', roles: ['admin', 'crm'], status: 200 },
  { operation: 'listDeliveries', get: '/api/v1/webhooks/crm/deliveries', roles: ['admin', 'crm'], status: 200 },
  { operation: 'listDeadLetters', get: '/api/v1/webhooks/crm/dead', roles: ['admin', 'crm'], status: 200 },
  { operation: 'testRoute', get: '/api/v1/route-test?number=8700', roles: ['admin'], status: 200 },
  { operation: 'siteHistory', get: '/api/v1/site/history', roles: ['admin'], status: 200 },
  { operation: 'applySite', post: '/api/v1/site/apply?dryRun=true', yaml: SITE, roles: ['admin'], status: 200 },
  { operation: 'undoSite', post: '/api/v1/site/undo', body: {}, roles: ['admin'], status: 422 },
  { operation: 'originateCall', post: '/api/v1/calls', body: { agent: '1001', to: '1002' }, roles: [...STAFF, 'agent'], status: 202 },
  { operation: 'hangUpCall', post: '/api/v1/calls/nobody/hangup', body: {}, roles: STAFF, also: { agent: 403 }, status: 404 },
  { operation: 'transferCall', post: '/api/v1/calls/nobody/transfer', body: { to: '1002' }, roles: STAFF, also: { agent: 403 }, status: 404 },
  { operation: 'addToCall', post: '/api/v1/calls/nobody/conference', body: { to: '1002' }, roles: STAFF, also: { agent: 403 }, status: 404 },
  { operation: 'superviseCall', post: '/api/v1/calls/nobody/supervise', body: { supervisor: '1002', agent: '1001', mode: 'listen' }, roles: STAFF, also: { agent: 403 }, status: 404 },
  { operation: 'pauseRecording', post: '/api/v1/calls/nobody/recording', body: { paused: true }, roles: STAFF, status: 404 },
  { operation: 'setAgentState', post: '/api/v1/agents/1001/state', body: { state: 'ready' }, roles: [...STAFF, 'agent'], status: 202 },
  { operation: 'testWebhook', post: '/api/v1/webhooks/crm/test', body: {}, roles: ['admin'], status: 200 },
  { operation: 'sendDeadLetterAgain', post: '/api/v1/webhooks/crm/dead/all/send', body: {}, roles: ['admin'], status: 202 },
];

let pbx;
let description;
let recording;
let ladder;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

before(async () => {
  pbx = await startPbx({ site: SITE });
  const text = await (await fetch(`${pbx.url}/api/openapi.yaml`)).text();
  description = JSON.parse(text);
  ajv.addSchema({ $id: 'api', ...description });
  recording = recorded();
  ladder = await refused();
});

after(() => pbx?.stop());

/** A recording, as the recorder leaves it: what matters here is who may have it. */
function recorded() {
  const id = '01a20ce225720123456789abcdef';
  const now = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const folder = path.join(pbx.folder, 'data', 'recordings', now);
  fs.mkdirSync(folder, { recursive: true });
  execFileSync('sox', ['-n', '-r', '8000', '-b', '16', '-c', '2', path.join(folder, `${id}.wav`), 'synth', '1', 'sine', '440']);
  return id;
}

/** The ladder of a request that was refused. */
async function refused() {
  const socket = dgram.createSocket('udp4');
  socket.send('NONSENSE\r\n\r\n', PORTS.sip, '127.0.0.1', () => socket.close());
  const headers = { authorization: `Bearer ${key('admin')}` };
  const [one] = await until(async () => {
    const { ladders } = await (await fetch(`${pbx.url}/api/v1/ladders`, { headers })).json();
    return ladders.length && ladders;
  }, 'the refused request');
  return one.id;
}

/** Sends the request, and holds the answer against the description. */
async function ask({ operation, get, post, body, yaml, stream }, authorization) {
  const method = get ? 'GET' : 'POST';
  const abort = new AbortController();
  const response = await fetch(pbx.url + (get ?? post).replace('RECORDING', recording).replace('LADDER', ladder), {
    method,
    signal: abort.signal,
    headers: {
      ...(authorization && { authorization }),
      ...(body && { 'content-type': 'application/json' }),
      ...(yaml && { 'content-type': 'application/yaml' }),
    },
    body: yaml ?? (body && JSON.stringify(body)),
  });
  const type = response.headers.get('content-type').split(';')[0];
  const answer = stream && response.status === 200 ? undefined : Buffer.from(await response.arrayBuffer());
  abort.abort();
  described(operation, response.status, type, answer);
  return { status: response.status, answer };
}

function described(operation, status, type, answer) {
  const [where, method] = Object.entries(description.paths)
    .flatMap(([p, item]) => Object.entries(item).map(([m, o]) => [p, m, o]))
    .find(([, , o]) => o.operationId === operation);
  const content = description.paths[where][method].responses[status]?.content;
  assert.ok(content?.[type], `${operation}: ${status} ${type} is described`);
  if (!type.includes('json')) return;
  const pointer = ['paths', where, method, 'responses', status, 'content', type, 'schema']
    .map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const valid = ajv.getSchema(`api#/${pointer}`);
  assert.ok(valid(JSON.parse(answer)), `${operation} ${status}: ${ajv.errorsText(valid.errors)} in ${answer}`);
}

test('the description is OpenAPI 3.1 in which a linter finds nothing', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'operation-4xx-response': 'error' } });
  const problems = await lintFromString({ source: JSON.stringify(description), config });
  // What is open to all and takes nothing has nothing to refuse.
  const left = problems.filter((p) => p.ruleId !== 'operation-4xx-response'
    || !['isLive', 'isReady', 'describe'].some((o) => p.location[0].pointer.includes(pathOf(o))));
  assert.deepEqual(left.map((p) => `${p.ruleId}: ${p.message} ${p.location[0]?.pointer}`), []);
  assert.equal(description.openapi, '3.1.0');
  const { title, ...info } = description.info;
  const broken = await lintFromString({ source: JSON.stringify({ ...description, info }), config });
  assert.ok(broken.some((p) => p.location[0].pointer.includes('info')), `without ${title} it finds something`);
});

const pathOf = (operation) => Object.entries(description.paths)
  .find(([, item]) => Object.values(item).some((o) => o.operationId === operation))[0].replaceAll('/', '~1');

test('every operation is in the table of who may what, and no other', () => {
  const all = Object.values(description.paths).flatMap((item) => Object.values(item).map((o) => o.operationId));
  assert.deepEqual([...all].sort(), MATRIX.map((m) => m.operation).sort());
});

for (const entry of MATRIX) {
  test(`${entry.operation}: each role, no key, a wrong one and an expired one`, { timeout: 60_000 }, async () => {
    // A phone, so that a call that begins rings somewhere.
    const phone = entry.operation === 'originateCall' && await new RawPhone({ ws: pbx.ws, agent: '1001' }).open();
    for (const role of ROLES) {
      const expected = entry.open || entry.roles.includes(role) ? entry.status : entry.also?.[role] ?? 403;
      const { status, answer } = await ask(entry, `Bearer ${key(role)}`);
      assert.equal(status, expected, `${role}: ${answer}`);
    }
    // Requests from this machine are trusted where they bring no key; what brings a wrong one is refused all the same.
    for (const bad of ['Bearer jk_nobody', 'Bearer jk_old']) {
      const { status, answer } = await ask(entry, bad);
      assert.equal(status, entry.open ? entry.status : 401, `${bad}: ${answer}`);
      if (bad.endsWith('old') && !entry.open) assert.match(String(answer), /key old expired at 2026-01-01/);
    }
    const none = await ask(entry);
    assert.equal(none.status, entry.status, `trusted address: ${none.answer}`);
    phone?.close?.();
  });
}

test('scopes of its own are all that a key has, and an agent key acts for its agent alone', async () => {
  const as = (name) => ({ authorization: `Bearer jk_${name}`, 'content-type': 'application/json' });
  const get = async (name, what) => (await fetch(`${pbx.url}${what}`, { headers: as(name) })).status;
  assert.equal(await get('narrow', '/api/v1/queues'), 200);
  assert.equal(await get('narrow', '/api/v1/agents'), 403);
  const post = async (what, body) => {
    const response = await fetch(`${pbx.url}${what}`, { method: 'POST', headers: as('test-agent'), body: JSON.stringify(body) });
    return [response.status, (await response.json()).detail];
  };
  const own = 'This key may act for agent 1001 alone.';
  assert.deepEqual(await post('/api/v1/agents/1002/state', { state: 'ready' }), [403, own]);
  assert.deepEqual(await post('/api/v1/calls', { agent: '1002', to: '1001' }), [403, own]);
});

test('nobody is let in without a key from elsewhere', async () => {
  await pbx.stop();
  pbx = await startPbx({ site: SITE, more: 'api:\n  trusted: [192.0.2.1]\n' });
  recording = recorded();
  for (const entry of MATRIX) {
    const { status } = await ask(entry);
    assert.equal(status, entry.open ? entry.status : 401, entry.operation);
  }
});

test('the same Idempotency-Key begins one call', async () => {
  const begin = async (idempotency, body) => {
    const response = await fetch(`${pbx.url}/api/v1/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key('crm')}`, 'content-type': 'application/json', 'idempotency-key': idempotency },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...(await response.json()) };
  };
  const first = await begin('click-1', { agent: '1001', to: '1002' });
  assert.equal(first.status, 202);
  assert.deepEqual(await begin('click-1', { agent: '1001', to: '1002' }), first);
  assert.equal((await begin('click-1', { agent: '1002', to: '1001' })).status, 422);
  const second = await begin('click-2', { agent: '1001', to: '1002' });
  assert.notEqual(second.id, first.id);
  assert.equal((await begin('a b', { agent: '1001', to: '1002' })).status, 400);
  const recorded = async () => (await (await fetch(`${pbx.url}/api/v1/cdrs`, { headers: { authorization: `Bearer ${key('read')}` } })).json()).cdrs;
  await until(async () => (await recorded()).map((c) => c.id).sort().join() === [first.id, second.id].sort().join(), 'the records of both');
});

test('pages of records follow each other, whatever is added meanwhile', async () => {
  const page = async (query) => (await fetch(`${pbx.url}/api/v1/cdrs?${query}`, { headers: { authorization: `Bearer ${key('read')}` } })).json();
  const call = () => fetch(`${pbx.url}/api/v1/calls`, {
    method: 'POST', headers: { authorization: `Bearer ${key('crm')}`, 'content-type': 'application/json' }, body: '{"agent":"1001","to":"1002"}',
  });
  const count = async () => (await page('limit=1000')).cdrs.length;
  const before = await count();
  for (let i = 0; i < 5; i++) await call();
  await until(async () => (await count()) === before + 5, 'five records');
  const all = (await page('limit=1000')).cdrs.map((c) => c.id);
  const first = await page('limit=2');
  await call();
  const second = await page(`limit=2&cursor=${first.next}`);
  const third = await page(`limit=1000&cursor=${second.next}`);
  assert.deepEqual([first, second, third].flatMap((p) => p.cdrs.map((c) => c.id)), all);
  assert.equal(third.next, null);
});

test('the site is changed as a whole over HTTP, with history and undo', { timeout: 60_000 }, async () => {
  const as = { authorization: `Bearer ${key('admin')}` };
  const apply = async (yaml, query = '') => {
    const response = await fetch(`${pbx.url}/api/v1/site/apply${query}`, { method: 'POST', headers: { ...as, 'content-type': 'application/yaml' }, body: yaml });
    return { status: response.status, ...(await response.json()) };
  };
  const agents = async () => (await (await fetch(`${pbx.url}/api/v1/agents`, { headers: as })).json()).agents.map((a) => a.name);
  const more = SITE.replace('1001-1002', '1001-1003');
  assert.equal((await apply(more, '?dryRun=true')).written, false);
  assert.deepEqual(await agents(), ['1001', '1002']);
  const changed = await apply(more);
  assert.equal(changed.written, true);
  assert.match(changed.changes, /1003/);
  await until(async () => (await agents()).length === 3, 'the third agent', 3000);
  const broken = await apply(more.replace('members: ["1001"]', 'members: ["1009"]'));
  assert.equal(broken.status, 422);
  assert.match(broken.detail, /^site\.yaml:\d+:\d+: .*there is no agent 1009\n.*Did you mean/);
  const undone = await fetch(`${pbx.url}/api/v1/site/undo`, { method: 'POST', headers: { ...as, 'content-type': 'application/json' }, body: '{}' });
  assert.equal(undone.status, 200);
  await until(async () => (await agents()).length === 2, 'two agents', 3000);
  const { history } = await (await fetch(`${pbx.url}/api/v1/site/history`, { headers: as })).json();
  assert.deepEqual(history.slice(0, 2).map((h) => h.by), ['api:admin', 'api:admin']);
});

test('the command line looks over the same API', async () => {
  const look = (...args) => execFileSync(path.join(ROOT, 'jackfield'), [...args, '--url', pbx.url, '--key', key('read')], { encoding: 'utf8' });
  assert.match(look('agents'), /^name +state +reason +since +answered_today\n1001 +\w+ /);
  assert.match(look('queues'), /^number +waiting .*\n700 +0 /);
  assert.ok(Array.isArray(JSON.parse(look('calls', '--json')).calls));
  assert.throws(() => execFileSync(path.join(ROOT, 'jackfield'), ['calls', '--url', pbx.url, '--key', 'nonsense'], { stdio: 'pipe' }),
    (e) => e.status === 2 && String(e.stderr).includes('That key is not known'));
});

test('every error is what the documentation shows', async () => {
  const text = fs.readFileSync(DOCS, 'utf8').split('## Errors')[1];
  const examples = [...text.matchAll(/`(GET|POST|PUT) (\S+)(?: (\{.*?\}))?`(?: with `(.+?): (.+?)`)?\n\n```json\n(.+)\n```/g)];
  const shown = new Set();
  for (const [, method, where, body, header, value, expected] of examples) {
    const problem = JSON.parse(expected);
    shown.add(problem.status);
    if (problem.status === 503) breakDatabase();
    const response = await fetch(pbx.url + where.replace('/ID', `/${recording}`), {
      method,
      headers: {
        authorization: `Bearer ${key('admin')}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(header && { [header.toLowerCase()]: value.replace('METRICS', key('metrics')) }),
      },
      body: body ?? (method === 'POST' ? 'no json' : undefined),
    });
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.deepEqual({ ...(await response.json()) }, problem, `${method} ${where}`);
    assert.equal(response.status, problem.status);
  }
  const described = Object.values(description.paths).flatMap((item) => Object.values(item).flatMap((o) => Object.entries(o.responses)))
    .filter(([, r]) => r.content?.['application/problem+json']).map(([status]) => Number(status));
  // 409 and 500 take another's request in the same moment, and a file that cannot be opened.
  const missing = [...new Set(described)].filter((status) => !shown.has(status) && status !== 409 && status !== 500);
  assert.deepEqual(missing, []);
  assert.match(text, /409 comes where .*500 where/s);
});

/** Where the records were, there is something else now. */
function breakDatabase() {
  const data = path.join(pbx.folder, 'data');
  for (const file of fs.readdirSync(data).filter((f) => f.startsWith('jackfield.db'))) {
    fs.rmSync(path.join(data, file));
    fs.mkdirSync(path.join(data, file));
  }
}

test('a key made by the command is taken', async () => {
  const made = execFileSync(path.join(ROOT, 'jackfield'), ['apikey', 'make', 'fresh', '--role', 'read', '--days', '1'], { encoding: 'utf8' });
  const fresh = /^key: (jk_[\w-]{32})$/m.exec(made)[1];
  const row = made.split('apiKeys:\n')[1];
  assert.ok(row.includes(hash(fresh)));
  await pbx.stop();
  pbx = await startPbx({ site: SITE + row });
  assert.equal((await fetch(`${pbx.url}/api/v1/calls`, { headers: { authorization: `Bearer ${fresh}` } })).status, 200);
});
