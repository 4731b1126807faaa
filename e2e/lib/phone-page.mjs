// Our phone page from another place than Jackfield, whose content security policy keeps it to its own host.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { ear, hear } from './browser.mjs';

const DIST = new URL('../../phone/dist/', import.meta.url).pathname;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** The page in that browser, signed in at `ws`. */
export async function openPhonePage(browser, { ws, user, password }) {
  const server = http.createServer(serveFile);
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  const context = await browser.newContext();
  const page = await context.newPage();
  const element = (name) => page.locator(`[data-test=${name}]`);
  await page.addInitScript(ear);
  await page.goto(`http://127.0.0.1:${server.address().port}/?${new URLSearchParams({ ws, user })}`);
  await element('password').fill(password);
  await element('login').click();
  await element('number').waitFor();
  return {
    hear: (seconds) => hear(page, seconds),
    async call(number) {
      await element('number').fill(number);
      await element('call').click();
    },
    /** Waits until the call it shows is at that stage. */
    stage: (kind) => page.locator(`[data-test=stage][data-state=${kind}]`).waitFor(),
    /** Waits until the page says why the call is over. */
    async hangup() {
      await element('hangup').click();
      await element('reason').waitFor();
    },
    /** What the browser measured of the only call: the entries of that type. */
    async stats(type) {
      const [{ report }] = await page.evaluate(() => globalThis.jackfield.stats());
      return report.filter((entry) => entry.type === type);
    },
    async close() {
      await context.close();
      server.close();
    },
  };
}

function serveFile(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = path.join(DIST, pathname === '/' ? 'index.html' : pathname);
  if (!fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
  response.end(fs.readFileSync(file));
}
