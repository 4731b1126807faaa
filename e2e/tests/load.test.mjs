// A hundred headless phones against the benchmark's site. That nothing is lost is shown by the
// benchmark itself on a quiet machine (./jackfield load). Here a machine that stands still for a
// second costs what the kernel's buffer cannot hold of 5,000 packets/s, which is not ours to fail on:
// every call must succeed, nothing may be damaged, and no more may be lost than such a second.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { after, before, test } from 'node:test';
import { startPbx } from '../lib/pbx.mjs';

const ROOT = new URL('../..', import.meta.url).pathname;
const PHONES = 100;
const SECONDS = 20;
const LOST_MAX = 1 / SECONDS;

// Two processes that are measured do not share a core where there are two.
const [SERVER_CPU, LOAD_CPU] = os.availableParallelism() > 1 ? ['0', '1'] : [undefined, undefined];

let pbx;

before(async () => {
  const read = (file) => fs.readFileSync(`${ROOT}examples/bench/${file}`, 'utf8');
  // Its own ports: a benchmark may be running on those of the example.
  const config = read('jackfield.yaml')
    .replace('port: 8088', 'port: 18088')
    .replace('127.0.0.1:5070', '127.0.0.1:15070')
    .replace('port: 10000', 'port: 12000')
    .replace('ports: 10002-19999', 'ports: 12002-12999');
  pbx = await startPbx({ site: read('site.yaml'), config, prefix: SERVER_CPU && ['taskset', '-c', SERVER_CPU] });
});

after(() => pbx?.stop());

/** `jackfield load`: its exit code and both outputs. */
async function load(...args) {
  const command = [`${ROOT}jackfield`, 'load', '--ws', pbx.ws, ...args];
  const argv = LOAD_CPU ? ['taskset', '-c', LOAD_CPU, ...command] : command;
  const child = spawn(argv[0], argv.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (data) => (texts.out += data));
  child.stderr.on('data', (data) => (texts.err += data));
  const code = await new Promise((done) => child.on('close', done));
  return { code, ...texts };
}

test(`${PHONES} phones talk to the echo for ${SECONDS} s, and what they say comes back`, async () => {
  const { code, out, err } = await load(
    '--users', `agent0001-agent0${PHONES}`, '--password', 'secret-{name}', '--call', '600', '--seconds', `${SECONDS}`,
    '--server-pid', `${pbx.pid}`, '--json');
  assert.notEqual(out, '', err);
  const report = JSON.parse(out);
  for (const [name, value] of Object.entries(report)) {
    console.log(`# load ${name}: ${JSON.stringify(value)}`);
  }
  assert.ok(code === 0 || report.packets.lost > 0, out);
  assert.equal(report.succeeded, PHONES);
  assert.ok(report.packets.lost <= report.packets.sent * LOST_MAX, out);
  assert.equal(report.packets.corrupted, 0);
  assert.ok(report.packets.sent >= PHONES * SECONDS * 50);
  assert.ok(report.server.cpu_seconds > 0);
});

test('a wrong password is told, and the exit code is 1', async () => {
  const { code, out } = await load(
    '--users', 'agent0001', '--seconds', '1', '--json', '--password', 'wrong');
  assert.equal(code, 1);
  assert.match(JSON.parse(out).flawed.agent0001.problem, /^REGISTER: 401 /);
});

test('a number that is not there is told, and the exit code is 1', async () => {
  const { code, out } = await load(
    '--users', 'agent0001', '--password', 'secret-{name}', '--seconds', '1', '--call', '12345', '--json');
  assert.equal(code, 1);
  assert.match(JSON.parse(out).flawed.agent0001.problem, /404/);
});
