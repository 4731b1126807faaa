// The reference peer from beside the checkout: a real Asterisk 22 in a chroot, set up once and kept.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;
/** The reference material, of which the checkout is the neighbour. */
export const SHARED = process.env.JACKFIELD_SHARED ?? path.join(ROOT, '..', 'shared');
const RIG = path.join(SHARED, 'peers', 'asterisk');
const CACHE = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
const AGENTS = '10';
/** It takes a minute where the package mirror is near. */
const SETUP_MAX_MILLIS = 600_000;
// Namespaces of its own: whatever it has mounted or started vanishes with it, and it with us.
const CONFINED = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];

/**
 * The peer, ready to be started, or in `absent` why there is none. Where everything is promised
 * (CI) and the rig is there, the second is an error. `ASTERISK_PEER` names a folder that has been
 * set up by hand, and is not set up here.
 */
export function findAsterisk() {
  if (!fs.existsSync(RIG)) return { absent: `no reference peer at ${RIG} (JACKFIELD_SHARED names another place)` };
  try {
    checkMachine();
    const folder = process.env.ASTERISK_PEER ?? setUpOnce(path.join(CACHE, 'jackfield', 'asterisk-peer'));
    return { asterisk: peerIn(folder) };
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return { absent: error.message };
  }
}

function checkMachine() {
  if (process.platform !== 'linux' || process.getuid() !== 0) throw new Error('a chroot for Asterisk needs Linux and root');
  const outside = Object.values(os.networkInterfaces()).flat().some((a) => a.family === 'IPv4' && !a.internal);
  if (!outside) throw new Error('Asterisk offers no ICE candidate where there is no interface but loopback');
}

/** Sets the peer up in that folder, unless this very rig has been set up there to the end. */
function setUpOnce(folder) {
  const stamp = path.join(folder, 'set-up');
  const rig = fingerprint();
  const there = fs.existsSync(stamp) ? fs.readFileSync(stamp, 'utf8') : undefined;
  if (there === rig) return folder;
  fs.mkdirSync(folder, { recursive: true });
  // What was broken off is not mended.
  if (there === undefined) fs.rmSync(path.join(folder, 'root'), { recursive: true, force: true });
  setUp(folder);
  fs.writeFileSync(stamp, rig);
  return folder;
}

function setUp(folder) {
  console.log(`# setting Asterisk up in ${folder} ...`);
  const file = path.join(folder, 'set-up.log');
  const log = fs.openSync(file, 'w');
  try {
    const [command, ...words] = [...CONFINED, path.join(RIG, 'setup'), folder];
    execFileSync(command, words,
      { stdio: ['ignore', log, log], env: { ...process.env, AGENTS }, timeout: SETUP_MAX_MILLIS, killSignal: 'SIGKILL' });
  } catch (error) {
    const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
    console.log(lines.slice(-20).map((line) => `# ${line}`).join('\n'));
    throw new Error(`Asterisk could not be set up (${error.code ?? error.status}), see ${file}: ${lines.at(-1)}`);
  } finally {
    fs.closeSync(log);
  }
}

/** What the setup is made of: it runs again when one of them has changed. */
function fingerprint() {
  const hash = createHash('sha256').update(AGENTS);
  const etc = path.join(RIG, 'etc');
  const files = fs.readdirSync(etc).sort().map((name) => path.join(etc, name));
  for (const file of [path.join(RIG, 'setup'), ...files]) hash.update(path.basename(file)).update(fs.readFileSync(file));
  return hash.digest('hex');
}

function peerIn(folder) {
  const run = (name, ...words) =>
    execFileSync(path.join(RIG, name), [folder, ...words], { encoding: 'utf8', timeout: 60_000 });
  const ask = (question, answer, otherwise) => {
    const match = answer.exec(run('cli', question));
    if (!match) throw new Error(otherwise);
    return match;
  };
  return {
    ws: 'ws://127.0.0.1:8088/ws',
    start() {
      // One that a broken off run has left behind still has its ports.
      run('stop');
      run('start');
      // Without them it starts all the same, and our phones would find whoever has them.
      ask('http show status', /Bound to 127\.0\.0\.1:8088/, 'another program has TCP port 8088, which is Asterisk\'s here');
      ask('pjsip show transports', /udp .*127\.0\.0\.1:5070/, 'another program has UDP port 5070, which is Asterisk\'s here');
    },
    stop: () => run('stop'),
    /** A command of its console. */
    tell: (command) => run('cli', command),
    /** Channels that are up. */
    channels: () => Number(ask('core show channels count', /^(\d+) active channel/m, 'Asterisk does not count its channels')[1]),
  };
}
