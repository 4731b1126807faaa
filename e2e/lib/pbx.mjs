// Jackfield itself: started from the tree with a site of the test's own, ended with it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;

const START_MS = 90_000;

export const PORTS = { http: 18080, sip: 15060, media: 11000, trunk: '11002-11999' };

/** The plain site of the tests: agents 1001–1006 and the given trunks. */
export function site(extra) {
  const agents = [1, 2, 3, 4, 5, 6].map((n) => `  - name: "100${n}"\n    password: demo-100${n}`);
  return `agents:\n${agents.join('\n')}\n${extra}`;
}

/**
 * Jackfield with a site of the test's own.
 *
 * @param {{site: string, config?: string, more?: string, prefix?: string[], host?: string, folder?: string}}
 *   options `config` replaces the whole of jackfield.yaml, `more` is added to it; `prefix` is what the command
 *   is run by; `host` is where we reach it; `folder` is that of one that was killed
 */
export async function startPbx({ site: siteText, config, more = '', prefix, host, folder = newFolder() }) {
  const text = config ?? `domain: 127.0.0.1
http:
  address: 127.0.0.1
  port: ${PORTS.http}
sip:
  udp: 127.0.0.1:${PORTS.sip}
  tcp: 127.0.0.1:${PORTS.sip}
media:
  port: ${PORTS.media}
  ports: ${PORTS.trunk}
  addresses:
    - local: 127.0.0.1
      advertised: 127.0.0.1
site: site.yaml
data: data
`;
  fs.writeFileSync(path.join(folder, 'jackfield.yaml'), text + more);
  fs.writeFileSync(path.join(folder, 'site.yaml'), siteText);
  return start(['serve', '--config', path.join(folder, 'jackfield.yaml')], {
    folder, http: Number(/port:\s*(\d+)/.exec(text)[1]), prefix, host,
  });
}

/** The demo, as anybody starts it, but for the ports. */
export function startDemo() {
  const env = {
    JACKFIELD_HTTP_PORT: PORTS.http, JACKFIELD_MEDIA_PORT: PORTS.media, JACKFIELD_MEDIA_PORTS: PORTS.trunk,
    JACKFIELD_SIP_UDP: `127.0.0.1:${PORTS.sip}`, JACKFIELD_SIP_TCP: `127.0.0.1:${PORTS.sip}`,
  };
  return start(['demo'], { folder: newFolder(), http: PORTS.http, env });
}

const newFolder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-e2e-'));

async function start(args, { folder, http, host = '127.0.0.1', prefix = [], env = {} }) {
  const url = `http://${host}:${http}`;
  const log = fs.openSync(path.join(folder, 'server.log'), 'w');
  const argv = [...prefix, path.join(ROOT, 'jackfield'), ...args];
  const child = spawn(argv[0], argv.slice(1),
    { stdio: ['ignore', log, log], cwd: folder, env: { ...process.env, ...env } });
  const started = performance.now();
  let exited;
  child.on('exit', (code, signal) => (exited = code ?? signal));
  const ownLog = () => fs.readFileSync(path.join(folder, 'server.log'), 'utf8');
  while (!(saysReady(ownLog(), http) && (await ready(url)))) {
    if (exited !== undefined || performance.now() - started > START_MS) {
      child.kill('SIGKILL');
      const words = `${await whyNot(url, exited)}:\n${ownLog()}`;
      fs.rmSync(folder, { recursive: true, force: true });
      throw new Error(words);
    }
    await new Promise((r) => setTimeout(r, 100));
  }
  const get = async (what) => (await fetch(`${url}${what}`)).text();
  return {
    pid: child.pid,
    folder,
    http,
    url,
    ws: `ws://${host}:${http}/ws`,
    readyMs: Math.round(performance.now() - started),
    log: ownLog,
    metrics: () => get('/metrics'),
    cdrs: async (limit = 500) => JSON.parse(await get(`/api/v1/cdrs?limit=${limit}`)).cdrs,
    calls: async () => JSON.parse(await get('/api/v1/calls')).calls,
    files: () => fs.readdirSync(`/proc/${child.pid}/fd`).length,
    /** Ends it without a word, and leaves its folder. */
    async kill() {
      const gone = new Promise((r) => child.on('exit', r));
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      if (exited === undefined) {
        const gone = new Promise((r) => child.on('exit', r));
        child.kill('SIGTERM');
        await Promise.race([gone, new Promise((r) => setTimeout(r, 500))]);
        child.kill('SIGTERM');
        const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await gone;
        clearTimeout(limit);
      }
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Our own server's word: on its port another process may answer, left over or a stranger's. */
const saysReady = (log, port) => new RegExp(`^(ready on port ${port}$|Jackfield demo is ready .*:${port}/)`, 'm').test(log);

async function whyNot(url, exited) {
  const how = exited === undefined ? `server not ready after ${START_MS} ms` : `server ended with ${exited}`;
  return (await ready(url)) ? `${how}, and another process answers at ${url}` : how;
}

async function ready(url) {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

/** Waits until `what` gives something true; the value, or an error with `words` after `ms`. */
export async function until(what, words, ms = 10_000) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const value = await what();
    if (value) return value;
    await new Promise((r) => setTimeout(r, 50));
  }
  throw new Error(`not within ${ms} ms: ${words}`);
}
