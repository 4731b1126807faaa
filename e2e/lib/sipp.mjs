// SIPp as the carrier.
import { spawn } from 'node:child_process';
import path from 'node:path';

const SCENARIOS = new URL('../sipp/', import.meta.url).pathname;

const running = new Set();

/** Ends what a failed test has left behind. */
export function stopAll() {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * Starts SIPp with one of the scenarios.
 *
 * @param {string} scenario its name without `.xml`
 * @param {{port: number, ip?: string, rtp?: number, calls?: number, remote?: string, service?: string,
 *   pauseMs?: number, seconds?: number, rate?: number, fields?: string}} options `rate` is calls a second,
 *   `fields` a file with those of each call
 */
export function sipp(scenario, { port, ip = '127.0.0.1', rtp = 0, calls = 1, remote, service, pauseMs, seconds = 30, rate, fields }) {
  const args = ['-sf', path.join(SCENARIOS, `${scenario}.xml`), '-i', ip, '-p', String(port),
    '-m', String(calls), '-nostdin', '-timeout', `${seconds}s`,
    '-timeout_error', '-trace_err', '-error_file', `/tmp/sipp-${scenario}-${process.pid}.log`];
  if (rate) args.push('-r', String(rate));
  if (fields) args.push('-inf', fields);
  if (rtp) args.push('-set', 'rtp', String(rtp));
  if (pauseMs) args.push('-d', String(pauseMs));
  if (service) args.push('-s', service);
  if (remote) args.push(remote);
  const child = spawn('sipp', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (d) => (errors += d));
  const ended = new Promise((ok, no) => {
    child.on('error', no);
    child.on('exit', (code) => ok({ code, errors }));
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return { ended, stop: () => child.kill('SIGTERM'), pid: child.pid };
}
