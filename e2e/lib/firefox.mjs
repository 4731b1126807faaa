// A real Firefox, driven by WebDriver BiDi: pages with what openPhone uses of Playwright's.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Bidi } from './bidi.mjs';
import { until } from './pbx.mjs';

const START_MS = 60_000;

/** What makes it a workplace without a person: a microphone that hums, no questions, no calls home. */
const prefs = (hz) => ({
  // As if the user had allowed it for good: else Firefox tells but the address of its default route.
  'permissions.default.microphone': 1,
  'media.navigator.streams.fake': true,
  'media.navigator.audio.fake_frequency': hz,
  // The sound card of Firefox's own tests: without any, Web Audio stands still.
  'media.cubeb.force_mock_context': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.gmp-manager.updateEnabled': false,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.topsites.contile.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'security.OCSP.enabled': 0,
  'services.settings.server': 'http://127.0.0.1:9/',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
});

/**
 * A Firefox with a fresh profile; its microphone hums at `hz`.
 *
 * @param {{hz?: number, more?: object}} options `more` preferences, in the place of ours where named
 */
export async function startFirefox({ hz = 1000, more = {} } = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-firefox-'));
  const lines = Object.entries({ ...prefs(hz), ...more })
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  fs.writeFileSync(path.join(profile, 'user.js'), lines.join(''));
  const child = spawn('firefox-esr',
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  // A Playwright browser ends with the pipe to its test; this one would stay behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const gone = new Promise((r) => child.on('exit', r));
  const close = async () => {
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), 5000);
    await gone;
    clearTimeout(limit);
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const bidi = await Bidi.connect(await address(child));
    return {
      newContext: () => newContext(bidi),
      async close() {
        bidi.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address the browser prints once it listens. */
function address(child) {
  return new Promise((ok, no) => {
    let printed = '';
    const limit = setTimeout(() => no(new Error(`Firefox did not listen in ${START_MS} ms:\n${printed}`)), START_MS);
    child.stderr.on('data', (data) => {
      printed += data;
      const match = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(printed);
      if (!match) return;
      clearTimeout(limit);
      ok(match[1]);
    });
    child.on('error', no);
    child.on('exit', (code) => no(new Error(`Firefox ended with ${code}:\n${printed}`)));
  });
}

/** Cookies and storage of its own. */
async function newContext(bidi) {
  const { userContext } = await bidi.send('browser.createUserContext');
  return {
    newPage: () => newPage(bidi, userContext),
    close: () => bidi.send('browser.removeUserContext', { userContext }),
  };
}

async function newPage(bidi, userContext) {
  const { context } = await bidi.send('browsingContext.create', { type: 'tab', userContext });

  const call = async (functionDeclaration, argument) => {
    const { type, result, exceptionDetails } = await bidi.send('script.callFunction', {
      functionDeclaration, arguments: [{ type: 'string', value: argument }], target: { context }, awaitPromise: true,
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return result;
  };
  const evaluate = async (what, argument) => JSON.parse((await call(
    `async (json) => JSON.stringify(await (${what})(JSON.parse(json)) ?? null)`, JSON.stringify(argument ?? null))).value);
  const perform = (type, actions, more = {}) =>
    bidi.send('input.performActions', { context, actions: [{ type, id: type, actions, ...more }] });

  return {
    goto: (url) => bidi.send('browsingContext.navigate', { context, url, wait: 'complete' }),
    evaluate,
    /** Before the page's own scripts, from the next page on. */
    addInitScript: ({ content }) =>
      bidi.send('script.addPreloadScript', { functionDeclaration: `() => { ${content} }`, contexts: [context] }),
    addScriptTag: ({ content }) => evaluate((text) => {
      const script = document.createElement('script');
      script.textContent = text;
      document.head.append(script);
    }, content),
    /** A mouse's click on the part with that `data-test`, once it is there and takes one. */
    async click(test) {
      const { sharedId } = await until(async () => {
        const found = await call(String(find), `[data-test="${test}"]:not([disabled])`);
        return found.type === 'node' ? found : undefined;
      }, `${test} can be clicked`);
      const origin = { type: 'element', element: { sharedId } };
      await perform('pointer', [
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },
    /** Types into what has the focus. */
    type: (text) =>
      perform('key', [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }])),
  };
}

/** Runs in the page: the first visible match, in whatever shadow tree. */
function find(selector) {
  const search = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector) && element.getClientRects().length > 0) return element;
      const inside = element.shadowRoot && search(element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  return search(document);
}
