// Keys the carrier presses (RFC 4733), as the agent hears them: a browser that is told of a key by
// our payload type for it sounds its two tones. The carrier itself is silent, so nothing else does.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { startFirefox } from '../lib/firefox.mjs';
import { KEYS, frequenciesOf, soundsIn } from '../lib/keys.mjs';
import { PORTS, site, startPbx, until } from '../lib/pbx.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';

const CARRIER = 15192;
const SITE = site(`trunks:
  - name: carrier
    host: 127.0.0.1
    port: ${CARRIER}
    codecs: [PCMA, PCMU]
    ping: 0s
routes:
  - pattern: _9X.
    trunks: [carrier]
    strip: 1
numbers:
  - pattern: _8XXX
    agent: 1XXX
`);
/** As people press. */
const PRESSED_MILLIS = 200;
/** Of 20 ms: enough to know the key by, and what a browser on a busy machine leaves of it at the least. */
const WINDOWS_MIN = 2;
const SILENT_WINDOWS = 5;

let pbx;
let rtpPort = 16300;

before(async () => {
  pbx = await startPbx({ site: SITE });
});

after(() => pbx?.stop());

for (const [name, start] of [['Chromium', startChromium], ['Firefox', startFirefox]]) {
  describe(`${name} sounds each key of the carrier`, () => {
    let browser;
    let phone;
    let rtp;

    before(async () => {
      browser = await start();
      phone = await openPhone(browser, { ws: pbx.ws, user: '1001', password: 'demo-1001' });
    });

    after(async () => {
      await phone?.close();
      await browser?.close();
    });

    afterEach(() => {
      rtp.close();
      stopAll();
    });

    async function carrierSpeaks() {
      rtpPort += 2;
      rtp = (await new RtpEndpoint({ port: rtpPort, hz: 0 }).open()).answering();
    }

    /** The payload type by which the browser was told of keys, or told us. */
    async function browserPayloadType() {
      const { answer } = await phone.state();
      return Number(/^a=rtpmap:(\d+) telephone-event\/8000/m.exec(answer)[1]);
    }

    async function pressAll(payloadType) {
      await until(async () => (await phone.run('stats').catch(() => ({}))).received?.packets > 20, 'the carrier speaks');
      const rate = await phone.run('record');
      const heard = [];
      for (const key of KEYS) {
        heard.push(await press(key, payloadType, rate));
      }
      const windows = heard.map((n, i) => `${KEYS[i]} ${frequenciesOf(KEYS[i]).join('+')} Hz ${n * 20} ms`);
      console.log(`# ${name}, payload type ${payloadType} to ${await browserPayloadType()}: ${windows.join(', ')}`);
      const { received } = await phone.run('stats');
      assert.equal(received.lost, 0);
    }

    /** Presses a key once; that it sounds, and no other does. For how many windows it did. */
    async function press(key, payloadType, rate) {
      await phone.run('take');
      await rtp.press(key, payloadType, PRESSED_MILLIS);
      let samples = [];
      const sounds = await until(async () => {
        samples = samples.concat(await phone.run('take'));
        const found = soundsIn(samples, rate);
        const over = found.slice(-SILENT_WINDOWS).every((sound) => sound === '');
        return over && found.filter((sound) => sound === key).length >= WINDOWS_MIN ? found : undefined;
      }, `key ${key} sounds`);
      const others = sounds.filter((sound) => !['', '?', key].includes(sound));
      assert.deepEqual(others, [], `only ${key} sounds`);
      return sounds.filter((sound) => sound === key).length;
    }

    test('in a call to the carrier', async () => {
      await carrierSpeaks();
      const carrier = sipp('uas-answer', { port: CARRIER, rtp: rtpPort, seconds: 60 });
      await phone.call('95550001');
      await pressAll(101);
      await phone.run('hangup');
      assert.equal((await carrier.ended).code, 0);
    });

    test('in a call from the carrier', async () => {
      await carrierSpeaks();
      await phone.run('autoAnswer');
      const carrier = sipp('uac-wait', {
        port: CARRIER, rtp: rtpPort, remote: `127.0.0.1:${PORTS.sip}`, service: '8001', seconds: 60,
      });
      await until(async () => (await phone.state()).established, 'the agent answers');
      await pressAll(97);
      await phone.run('hangup');
      assert.equal((await carrier.ended).code, 0);
    });
  });
}
