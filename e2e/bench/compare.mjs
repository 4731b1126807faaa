// Two PBXs side by side, in turn: how soon a real Chromium with plain JsSIP is answered, connected and hears.
// usage: node bench/compare.mjs ours=ws://127.0.0.1:18088/ws theirs=ws://127.0.0.1:8088/ws [rounds=7] [hold=4000] [user=agent0001] [password=secret-agent0001]
// Each must know the user and answer 600 with an echo. One call each to warm up, then alternations; medians at the end.
import { openPhone, startChromium } from '../lib/browser.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((a) => [a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)]));
const { rounds = '7', hold = '4000', user = 'agent0001', password = 'secret-agent0001', ...peers } = options;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** One call to 600: times in ms by the browser's clock, and what was lost after four seconds. */
async function once(browser, ws) {
  const phone = await openPhone(browser, { ws, user, password });
  try {
    return await phone.page.evaluate((h) => globalThis.phone.timed('600', Number(h)), hold);
  } finally {
    await phone.close();
  }
}

const browser = await startChromium();
const results = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
for (let round = -1; round < Number(rounds); round++) {
  for (const [name, ws] of Object.entries(peers)) {
    const figures = await once(browser, ws);
    console.log(`${round < 0 ? 'warm-up' : `round ${round + 1}`} ${name.padEnd(8)} ${JSON.stringify(figures)}`);
    if (round >= 0) results[name].push(figures);
  }
}
await browser.close();
console.log('\nmedians, ms (lost: sum over all calls)');
for (const [name, list] of Object.entries(results)) {
  const row = Object.fromEntries(
    ['inviteTo200', 'okToConnected', 'okToFirstRtp', 'inviteToFirstRtp'].map((k) => [k, Math.round(median(list.map((f) => f[k])) * 10) / 10]));
  console.log(name.padEnd(8), JSON.stringify({ ...row, lost: list.reduce((n, f) => n + f.lost, 0), packets: list.reduce((n, f) => n + f.packets, 0) }));
}
