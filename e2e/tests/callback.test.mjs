// Who is promised a call back keeps the place, whatever becomes of the process meanwhile.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { AgentPhone } from '../lib/agent-phone.mjs';
import { PORTS, startPbx, until } from '../lib/pbx.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';

const CUSTOMERS = 15197;
const REACHED = 15196;
const SITE = `agents:
  - range: 1001-1002
    password: "demo-{name}"
trunks:
  - name: customers
    host: 127.0.0.1
    port: ${CUSTOMERS}
    codecs: [PCMA]
    ping: 0s
  - name: reached
    host: 127.0.0.1
    port: ${REACHED}
    codecs: [PCMA]
    ping: 0s
routes:
  - pattern: _7800XXXXXXX
    trunks: [reached]
numbers:
  - pattern: "8700"
    queue: "700"
queues:
  - number: "700"
    members: ["1001"]
    strategy: longest-idle
    joinEmpty: true
    callback: {order: agent-first}
`;
const NUMBERS = ['78000000001', '78000000002', '78000000003'];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-callback-'));
let pbx;
let phone;

after(async () => {
  stopAll();
  phone?.close();
  await pbx?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function askToBeCalledBack() {
  const rows = NUMBERS.map((number) => `8700;300;${number};`);
  fs.writeFileSync(path.join(folder, 'customers.csv'), `SEQUENTIAL\n${rows.join('\n')}\n`);
  const { code, errors } = await sipp('uac-callback', {
    port: CUSTOMERS, remote: `127.0.0.1:${PORTS.sip}`, calls: NUMBERS.length, rate: 2, fields: path.join(folder, 'customers.csv'),
  }).ended;
  assert.equal(code, 0, errors);
}

const promised = () => [...pbx.log().matchAll(/ left queue=700 outcome=called_back/g)].length;
const invited = () => phone.journal.filter((e) => e.what === 'invited').map((e) => e.from);

test('places of call backs outlive a process that is killed, and of another', { timeout: 120_000 }, async (t) => {
  pbx = await startPbx({ site: SITE });
  await askToBeCalledBack();
  await until(() => promised() === NUMBERS.length, 'all promises');
  const stored = path.join(pbx.folder, 'data/floor/floor.json');
  await until(() => NUMBERS.every((n) => fs.readFileSync(stored, 'utf8').includes(n)), 'the promises on the disk', 3000);
  await pbx.kill();

  pbx = await startPbx({ site: SITE, folder: pbx.folder });
  const carrier = sipp('uas-answer', { port: REACHED, rtp: 16996, calls: 20, seconds: 60 });
  const firstOnly = () => (phone.journal.length > 1 ? {} : { answerAfter: 100, talk: 1000 });
  phone = await new AgentPhone({ ws: pbx.ws, agent: '1001', plan: firstOnly }).open();
  await until(() => invited().length === 1, 'the first offer');
  assert.deepEqual(invited(), NUMBERS.slice(0, 1));
  await until(async () => (await pbx.cdrs()).some((c) => c.callee === NUMBERS[0] && c.answered_by === 'reached'), 'the first talk');
  await until(() => invited().length === 2, 'the second offer');
  phone.close();
  const kept = pbx.folder;
  await pbx.kill();

  pbx = await startPbx({ site: SITE, folder: kept });
  phone = await new AgentPhone({ ws: pbx.ws, agent: '1001', plan: () => ({ answerAfter: 100, talk: 500 }) }).open();
  await until(async () => (await pbx.cdrs()).filter((c) => c.answered_by === 'reached').length === NUMBERS.length, 'all talks', 30_000);
  assert.deepEqual(invited(), NUMBERS.slice(1), 'in the order in which they came');
  t.diagnostic(`${NUMBERS[0]} before the second end, ${invited().join(', ')} after it`);
  carrier.stop();
});
