// The reference's own check, unchanged: a Chromium with plain JsSIP that any PBX must satisfy.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { SHARED } from '../lib/asterisk.mjs';
import { site, startPbx } from '../lib/pbx.mjs';

const CHECK = path.join(SHARED, 'peers', 'browser', 'browser-check.mjs');
const absent = fs.existsSync(CHECK) ? undefined : `no browser check at ${CHECK} (JACKFIELD_SHARED names another place)`;
// A copy below our own node_modules finds them.
const COPY = new URL('../target/browser-check.mjs', import.meta.url).pathname;

let pbx;

before(async () => {
  if (absent) return;
  fs.mkdirSync(path.dirname(COPY), { recursive: true });
  fs.rmSync(COPY, { force: true });
  fs.copyFileSync(CHECK, COPY);
  pbx = await startPbx({ site: site('') });
});

after(() => pbx?.stop());

/** Runs the check: its exit code, and the figures that it prints. */
async function check(...words) {
  const child = spawn(process.execPath, [COPY, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (data) => (printed += data));
  const code = await new Promise((done) => child.on('close', done));
  return { code, ...JSON.parse(printed) };
}

test('the check calls 600, and nothing is lost', { skip: absent }, async () => {
  const { code, rx, ...times } = await check('--ws', pbx.ws, '--user', '1001', '--password', 'demo-1001', '--call', '600', '--seconds', '4');
  console.log(`# check: ${JSON.stringify({ ...times, rx })}`);
  assert.equal(code, 0);
  assert.equal(rx.lost, 0);
  assert.ok(rx.energy > 0);
});
