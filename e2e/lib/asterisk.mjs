// The reference peer: a real Asterisk 22 beside the checkout, and the plain browser check that goes with it.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;
const SHARED = process.env.JACKFIELD_SHARED ?? path.join(ROOT, '..', 'shared');
const RIG = path.join(SHARED, 'peers', 'asterisk');
const CHECK = path.join(SHARED, 'peers', 'browser');

/** Why there is no peer here, or undefined. */
export const absent = [RIG, CHECK].every((d) => fs.existsSync(d))
  ? undefined
  : 'the reference peers are not beside this checkout (set JACKFIELD_SHARED)';

/** Starts the peer; installs it first, which takes a minute and needs root, unless it is there. */
export async function startAsterisk() {
  const folder = process.env.ASTERISK_PEER
    ?? path.join(os.homedir(), '.cache', 'jackfield-peers', 'asterisk');
  const run = (name) => execFileSync(path.join(RIG, name), [folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!fs.existsSync(path.join(folder, 'root', 'usr', 'sbin', 'asterisk'))) run('setup');
  run('start');
  return { ws: 'ws://127.0.0.1:8088/ws', stop: () => run('stop') };
}

/** The browser check, unchanged, in a folder of its own. */
export function browserCheck() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-check-'));
  for (const name of fs.readdirSync(CHECK).filter((n) => n !== 'node_modules')) {
    fs.copyFileSync(path.join(CHECK, name), path.join(folder, name));
  }
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'ignore' });
  return {
    /** One call to 600: what the check printed, with its exit code. */
    async run(ws, seconds = 3) {
      const child = spawn(process.execPath,
        ['browser-check.mjs', '--ws', ws, '--user', 'agent0001', '--call', '600', '--seconds', String(seconds)],
        { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
      let printed = '';
      child.stdout.on('data', (d) => (printed += d));
      const code = await new Promise((r) => child.on('close', r));
      return { code, ...JSON.parse(printed) };
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
