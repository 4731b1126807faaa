// The metrics as a real Prometheus sees them: names, rules, and every expression of the dashboards we ship.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { site, startPbx, until } from '../lib/pbx.mjs';

const OPS = new URL('../../ops/', import.meta.url).pathname;
const [PROMETHEUS, HEP, CARRIER] = [19_090, 19_063, 15_194];
const SITE = site(`trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    ping: 1s
queues:
  - number: "700"
    members: ["1001", "1002"]
`);

let pbx;
let browser;
let prometheus;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'metrics-'));
const run = promisify(execFile);

/** Answers OPTIONS, so that the trunk is up. */
const carrier = dgram.createSocket('udp4', (data, from) => {
  const text = data.toString();
  if (!text.startsWith('OPTIONS')) return;
  const lines = text.split('\r\n').filter((l) => /^(Via|From|To|Call-ID|CSeq):/i.test(l));
  carrier.send(`SIP/2.0 200 OK\r\n${lines.join('\r\n')};tag=c\r\nContent-Length: 0\r\n\r\n`.replace(/^(CSeq:.*);tag=c$/m, '$1'),
    from.port, from.address);
});

const query = async (expression) => {
  const response = await fetch(`http://127.0.0.1:${PROMETHEUS}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { status, data, error } = await response.json();
  assert.equal(status, 'success', `${expression}: ${error}`);
  return data.result;
};

before(async () => {
  await new Promise((ok) => carrier.bind(CARRIER, '127.0.0.1', ok));
  pbx = await startPbx({ site: SITE, more: `hep:\n  servers: ["udp:127.0.0.1:${HEP}"]\n` });
  const config = fs.readFileSync(path.join(OPS, 'prometheus/prometheus.yml'), 'utf8')
    .replace('scrape_interval: 15s', 'scrape_interval: 1s').replace('127.0.0.1:8080', `127.0.0.1:${pbx.http}`);
  fs.copyFileSync(path.join(OPS, 'prometheus/jackfield-alerts.yml'), path.join(folder, 'jackfield-alerts.yml'));
  fs.writeFileSync(path.join(folder, 'prometheus.yml'), config);
  prometheus = spawn('prometheus', [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${PROMETHEUS}`], { stdio: 'ignore' });
  browser = await startChromium();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  if (prometheus) {
    const gone = new Promise((ok) => prometheus.on('exit', ok));
    prometheus.kill();
    await gone;
  }
  carrier.close();
  await pbx?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

test('promtool: the rules are rules, each alert fires when it should and not when it should not', { timeout: 60_000 }, async () => {
  await run('promtool', ['check', 'config', path.join(folder, 'prometheus.yml')]);
  const { stdout } = await run('promtool', ['check', 'rules', 'jackfield-alerts.yml'], { cwd: path.join(OPS, 'prometheus') });
  assert.ok(Number(/(\d+) rules found/.exec(stdout)[1]) >= 10);
  await run('promtool', ['test', 'rules', 'jackfield-alerts-test.yml'], { cwd: path.join(OPS, 'prometheus') });
});

test('after one call every expression of dashboards and rules has data', { timeout: 120_000 }, async () => {
  const phone = await openPhone(browser, { ws: pbx.ws, user: '1001', password: 'demo-1001' });
  const since = await phone.call('601');
  await until(async () => (await phone.run('events')).find((e) => e.name === 'accepted' && e.at >= since), 'accepted');
  await new Promise((ok) => setTimeout(ok, 12_000));
  await phone.run('hangup');
  await until(async () => (await query('jackfield_call_judged_seconds_total > 0')).length > 0, 'the judged call', 15_000);
  const dashboards = fs.readdirSync(path.join(OPS, 'grafana')).flatMap((file) =>
    JSON.parse(fs.readFileSync(path.join(OPS, 'grafana', file), 'utf8')).panels.flatMap((panel) => panel.targets.map((t) => [`${file}: ${panel.title}`, t.expr])));
  // an alert's expression is empty while all is well: what it looks at is asked for
  const rules = [...fs.readFileSync(path.join(OPS, 'prometheus/jackfield-alerts.yml'), 'utf8').matchAll(/expr: '(.+)'/g)]
    .flatMap(([, expr]) => [...expr.matchAll(/\b((?:jackfield|process)_\w+|up\{[^}]*\})/g)].map(([, name]) => [`alert ${expr}`, name]));
  assert.ok(dashboards.length >= 25 && rules.length >= 16);
  // a rate needs two samples
  let empty = [...dashboards, ...rules];
  await until(async () => {
    const still = [];
    for (const one of empty) if (!(await query(one[1])).length) still.push(one);
    empty = still;
    return !empty.length;
  }, 'data', 15_000).catch(() => assert.deepEqual(empty, []));
  const [operators] = await query('count(asterisk_endpoints_state==2)');
  assert.equal(operators.value[1], '1');
  console.log(`# ${dashboards.length} expressions of dashboards and ${rules.length} of rules have data`);
  const more = await openPhone(browser, { ws: pbx.ws, user: '1002', password: 'demo-1002' });
  await until(async () => (await query('count(asterisk_endpoints_state==2)'))[0].value[1] === '2', 'the second operator');
  const picture = path.join(process.env.SCREENSHOTS ?? folder, 'operators.svg');
  await run('node', [path.join(OPS, 'prometheus/draw.mjs'), `http://127.0.0.1:${PROMETHEUS}`, 'count(asterisk_endpoints_state==2)', '1', picture]);
  assert.match(fs.readFileSync(picture, 'utf8'), /<path d="M[\d.,HV]+"/);
  await more.close();
  await phone.close();
});

test('promtool finds nothing to mend in the names, and no label is a call, a number or an agent', { timeout: 60_000 }, async () => {
  const text = await pbx.metrics();
  const own = text.split('\n').filter((l) => /^(# (HELP|TYPE) )?jackfield_/.test(l)).join('\n');
  const child = execFile('promtool', ['check', 'metrics']);
  child.stdin.end(`${own}\n`);
  let said = '';
  child.stdout.on('data', (d) => (said += d));
  child.stderr.on('data', (d) => (said += d));
  const code = await new Promise((ok) => child.on('exit', ok));
  assert.equal(code, 0, said);
  assert.doesNotMatch(own, /"100[1-6]"|601/);
});
