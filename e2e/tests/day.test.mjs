// A day in the call centre: agents who answer, refuse, forget and rest, and customers of any patience.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { AgentPhone } from '../lib/agent-phone.mjs';
import { PORTS, startPbx, until } from '../lib/pbx.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const CALLS = 300;
const RATE = 9;
const CARRIER = 15198;
/** Customers who would rather be called back: where they call from, and where they are called. */
const CALLBACKS = 40;
const IMPATIENT = 15197;
const REACHED = 15196;
const BUSY = 15195;
const ATTEMPTS = 2;
const WRAP_UP_MILLIS = 1500;
const WAIT_MAX_MILLIS = 6000;
/**
 * The clock of a phone and of the server see the same packet this far apart at most; and the CANCEL of one
 * offer and the INVITE of the next, which come of two calls, may overtake each other by as much.
 */
const APART_MILLIS = 30;

const QUEUES = {
  700: Array.from({ length: 12 }, (_, i) => `10${String(i + 1).padStart(2, '0')}`),
  701: Array.from({ length: 8 }, (_, i) => `10${String(i + 13).padStart(2, '0')}`),
};
const OVERFLOW = '1030';

const SITE = `agents:
  - range: 1001-1030
    password: "demo-{name}"
trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA]
    ping: 0s
    match: [127.0.0.1:${CARRIER}, 127.0.0.1:${IMPATIENT}]
  - name: reached
    host: 127.0.0.1
    port: ${REACHED}
    codecs: [PCMA]
    ping: 0s
  - name: busy
    host: 127.0.0.1
    port: ${BUSY}
    codecs: [PCMA]
    ping: 0s
routes:
  - pattern: _7800XXXXXXX
    trunks: [reached]
  - pattern: _7900XXXXXXX
    trunks: [busy]
numbers:
  - pattern: "8700"
    queue: "700"
  - pattern: "8701"
    queue: "701"
queues:
  - number: "700"
    members: [${QUEUES[700].map((n) => `"${n}"`).join(', ')}]
    strategy: longest-idle
    ringFor: 2s
    wrapUp: ${WRAP_UP_MILLIS}ms
    waitMax: ${WAIT_MAX_MILLIS}ms
    overflow: "${OVERFLOW}"
    callback: {order: agent-first, attempts: ${ATTEMPTS}, retryAfter: 10s, ringFor: 5s}
  - number: "701"
    members: [${QUEUES[701].map((n) => `"${n}"`).join(', ')}]
    strategy: round-robin
    ringFor: 2s
    wrapUp: ${WRAP_UP_MILLIS}ms
    waitMax: ${WAIT_MAX_MILLIS}ms
    callback: {order: customer-first, attempts: ${ATTEMPTS}, retryAfter: 10s, ringFor: 5s}
`;

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = randomOf(SEED);
const between = (from, to) => Math.round(from + random() * (to - from));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-day-'));
const phones = new Map();
let pbx;

before(async () => {
  pbx = await startPbx({ site: SITE });
  const plan = () => {
    const dice = random();
    if (dice < 0.06) return {};
    if (dice < 0.12) return { refuse: dice < 0.09 ? 486 : 603 };
    return { answerAfter: between(50, 1200), talk: between(300, 4000) };
  };
  for (const agent of [...QUEUES[700], ...QUEUES[701]]) {
    phones.set(agent, await new AgentPhone({ ws: pbx.ws, agent, plan }).open());
  }
  phones.set(OVERFLOW, await new AgentPhone({
    ws: pbx.ws, agent: OVERFLOW, plan: () => ({ answerAfter: 50, talk: 500 }),
  }).open());
});

after(async () => {
  stopAll();
  for (const phone of phones.values()) phone.close();
  await pbx?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Agents who have missed two in a row are taken out; somebody asks them back, as their supervisor would. */
async function bringBack() {
  const { agents } = await (await fetch(`${pbx.url}/api/v1/agents`)).json();
  for (const { name, state } of agents.filter((a) => a.state === 'break')) {
    await fetch(`${pbx.url}/api/v1/agents/${name}/state`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ state: 'ready' }),
    });
    assert.equal(state, 'break');
  }
}

async function day() {
  const customers = Array.from({ length: CALLS }, (_, i) =>
    `${random() < 0.6 ? 8700 : 8701};${between(500, 12_000)};7495${String(i).padStart(7, '0')};`);
  fs.writeFileSync(path.join(folder, 'customers.csv'), `SEQUENTIAL\n${customers.join('\n')}\n`);
  const carrier = sipp('uac-patience', {
    port: CARRIER, remote: `127.0.0.1:${PORTS.sip}`, calls: CALLS, rate: RATE, seconds: 200,
    fields: path.join(folder, 'customers.csv'),
  });
  const impatient = Array.from({ length: CALLBACKS }, (_, i) =>
    `${random() < 0.5 ? 8700 : 8701};${between(100, 1500)};${random() < 0.75 ? 7800 : 7900}${String(i).padStart(7, '0')};`);
  fs.writeFileSync(path.join(folder, 'impatient.csv'), `SEQUENTIAL\n${impatient.join('\n')}\n`);
  const reached = sipp('uas-answer', { port: REACHED, rtp: 16996, calls: 10 * CALLBACKS, seconds: 280 });
  const busy = sipp('uas-486', { port: BUSY, calls: 10 * CALLBACKS, seconds: 280 });
  sipp('uac-callback', {
    port: IMPATIENT, remote: `127.0.0.1:${PORTS.sip}`, calls: CALLBACKS, rate: RATE * CALLBACKS / CALLS, seconds: 200,
    fields: path.join(folder, 'impatient.csv'),
  });
  const supervisor = setInterval(() => bringBack().catch(() => {}), 1000);
  await carrier.ended;
  await until(() => promises(pbx.log()) === ends(pbx.log()).length, 'the end of all call backs', 90_000);
  clearInterval(supervisor);
  await until(async () => (await pbx.calls()).length === 0, 'the end of all calls', 30_000);
  // Not before: a carrier that is gone answers no BYE, and the call waits 32 s for that.
  reached.stop();
  busy.stop();
  return until(async () => {
    const cdrs = await pbx.cdrs(1000);
    return inbound(cdrs).length === CALLS + CALLBACKS && cdrs;
  }, `${CALLS + CALLBACKS} records`, 30_000);
}

const inbound = (cdrs) => cdrs.filter((cdr) => cdr.direction === 'inbound');
const promises = (log) => [...log.matchAll(/ left queue=\d+ outcome=called_back/g)].length;
const ends = (log) => [...log.matchAll(/call back queue=\d+ ended outcome=(\w+)/g)].map(([, outcome]) => outcome);

/** Whoever was promised a call back was called as often as the site says, and reached as the floor says. */
function callbacks(cdrs, outcomes, log) {
  const promised = inbound(cdrs).filter((cdr) => outcomes.get(cdr.id).outcome === 'called_back').map((cdr) => cdr.caller);
  assert.equal(new Set(promised).size, promised.length, 'nobody is promised two call backs');
  const made = cdrs.filter((cdr) => cdr.direction === 'outbound');
  const numberOf = (cdr) => (/^7[89]00/.test(cdr.caller) ? cdr.caller : cdr.callee);
  for (const cdr of made) assert.ok(promised.includes(numberOf(cdr)), `${numberOf(cdr)} was promised a call back`);
  let reached = 0;
  for (const number of promised) {
    const calls = made.filter((cdr) => numberOf(cdr) === number);
    const talked = calls.filter((cdr) => cdr.answered_by);
    assert.ok(talked.length <= 1, `${number} is not called again once reached: ${JSON.stringify(calls)}`);
    if (number.startsWith('7900')) assert.equal(talked.length, 0, 'who is busy is never reached');
    reached += talked.length;
  }
  const ended = ends(log);
  assert.equal(ended.length, promised.length, 'every promise ends once');
  return { promised: promised.length, talkedWith: reached, floorReached: ended.filter((o) => o === 'reached').length, calls: made.length };
}

test(`${CALLS} calls, and ${CALLBACKS} who want to be called back, for ${QUEUES[700].length + QUEUES[701].length} agents in two queues; seed ${SEED}`, { timeout: 300_000 }, async (t) => {
  const cdrs = await day();
  const log = pbx.log();
  const outcomes = new Map([...log.matchAll(/call=(\S+) left queue=(\d+) outcome=(\w+)/g)].map(([, call, queue, outcome]) => [call, { queue, outcome }]));
  const counts = {};

  // Every call ends in one way, and record, floor and phones agree about it.
  const answeredAt = new Map([...phones.values()].flatMap((phone) =>
    phone.journal.filter((e) => e.what === 'answered').map((e) => [e.call, phone.agent])));
  for (const cdr of inbound(cdrs)) {
    const visit = outcomes.get(cdr.id);
    assert.ok(visit, `call ${cdr.id} left its queue: ${JSON.stringify(cdr)}`);
    counts[visit.outcome] = (counts[visit.outcome] ?? 0) + 1;
    if (visit.outcome === 'answered') {
      assert.ok(QUEUES[visit.queue].includes(cdr.answered_by), `${cdr.answered_by} is a member of ${visit.queue}`);
      assert.ok(answeredAt.has(cdr.id), 'a phone has answered it');
    } else if (visit.outcome === 'abandoned') {
      assert.equal(cdr.cause, 'abandoned');
      assert.equal(cdr.answered_by, null);
    } else if (visit.outcome === 'called_back') {
      assert.equal(cdr.cause, 'to be called back');
    } else {
      assert.equal(visit.outcome, 'overflowed');
      assert.ok(visit.queue === '700' ? [OVERFLOW, null].includes(cdr.answered_by) : cdr.cause === 'queue: timeout',
        JSON.stringify(cdr));
    }
  }
  t.diagnostic(`outcomes: ${JSON.stringify(counts)}`);
  assert.ok(counts.answered > CALLS / 2, 'most are answered');
  assert.ok(counts.abandoned > 0 && counts.overflowed > 0, 'some give up, some wait too long');

  const back = callbacks(cdrs, outcomes, log);
  t.diagnostic(`call backs: ${JSON.stringify(back)}`);
  assert.ok(back.promised > CALLBACKS / 4 && back.talkedWith > 0, 'some are called back');

  // No agent has two offers at once, or one in the wrap-up.
  let offers = 0;
  let overtaken = 0;
  let tightest = Infinity;
  for (const phone of [...phones.values()].filter((p) => p.agent !== OVERFLOW)) {
    let busy;
    let restUntil = -Infinity;
    let answered = false;
    const endOf = (call, since) => phone.journal.find((e) => e.call === call && e.at >= since && e.what !== 'answered')?.at;
    for (const { at, what, call } of phone.journal) {
      if (what === 'invited') {
        offers++;
        const overlap = busy === undefined ? 0 : endOf(busy, at) - at;
        overtaken += overlap > 0 ? 1 : 0;
        assert.ok(overlap <= APART_MILLIS, `${phone.agent} has ${busy} for ${overlap} ms more when ${call} is offered`);
        assert.ok(at >= restUntil - APART_MILLIS, `${phone.agent} is rung ${Math.round(restUntil - at)} ms before the wrap-up is over`);
        tightest = Math.min(tightest, at - restUntil);
        busy = call;
      } else if (what === 'answered') {
        answered = true;
      } else if (call !== busy) {
        // The one that was overtaken.
      } else {
        if (what === 'over' && answered && answeredBy(cdrs, call) === phone.agent) restUntil = at + WRAP_UP_MILLIS;
        busy = undefined;
        answered = false;
      }
    }
  }
  t.diagnostic(`${offers} offers, ${overtaken} of which came some milliseconds before the CANCEL of the one before; the next after a wrap-up came ${Math.round(tightest)} ms after its end at the earliest`);

  // Whoever came first is offered first.
  for (const queue of ['700', '701']) {
    const entered = [...log.matchAll(new RegExp(`call=(\\S+) wants to wait queue=${queue}`, 'g'))].map(([, call]) => call);
    const rank = new Map(entered.map((call, i) => [call, i]));
    const waiting = new Set();
    const offered = new Set();
    for (const line of log.split('\n')) {
      const call = /call=(\S+)/.exec(line)?.[1];
      if (!rank.has(call)) continue;
      if (line.includes('wants to wait')) waiting.add(call);
      if (/ left queue=/.test(line)) waiting.delete(call);
      if (/ leg=\S+ party=10[0-2]/.test(line) && waiting.has(call) && !offered.has(call)) {
        const passedOver = [...waiting].filter((other) => rank.get(other) < rank.get(call) && !offered.has(other));
        assert.deepEqual(passedOver, [], `${call} is offered before those who came earlier`);
        offered.add(call);
      }
    }
  }
});

/** The agent who has talked in that call: in a call back with the agent first, the agent is the caller. */
const answeredBy = (cdrs, call) => {
  const cdr = cdrs.find((one) => one.id === call);
  return cdr?.answered_by === 'reached' ? cdr.caller : cdr?.answered_by;
};
