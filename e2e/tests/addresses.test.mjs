// A host with several addresses, of which only some are told: the world hears of these alone.
// Jackfield runs behind a NAT in a network of the test's own; see lib/netns.mjs for its plan.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import dgram from 'node:dgram';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openPhone, startChromium } from '../lib/browser.mjs';
import { capture } from '../lib/capture.mjs';
import { startFirefox } from '../lib/firefox.mjs';
import { buildNetwork, insideOwnNetwork, ip, noOwnNetwork, runInOwnNetwork } from '../lib/netns.mjs';
import { site, startPbx, until } from '../lib/pbx.mjs';
import { RegisteringCarrier } from '../lib/registering-carrier.mjs';
import { RtpEndpoint } from '../lib/rtp-endpoint.mjs';
import { addressesIn, candidatesIn, sendersLines, sipIn } from '../lib/sip-text.mjs';
import { sipp, stopAll } from '../lib/sipp.mjs';
import { shareAt } from '../lib/tone.mjs';
import { toneWav } from '../lib/wav.mjs';

const DOMAIN = 'pbx.example.test';
/** Addresses of the host that are told, and what the world calls them. */
const ADVERTISED = { '10.77.1.5': '203.0.113.7', '10.77.1.6': '203.0.113.8' };
/** Addresses of the host that are told to nobody: one taken over from another node, others of other networks. */
const TAKEN_OVER = '10.77.1.9';
const OTHER_NETWORK = '10.77.2.5';
const SIXTH = 'fd00:77::9';
const INSIDE = [...Object.keys(ADVERTISED), TAKEN_OVER, OTHER_NETWORK, SIXTH];
const CARRIER = '198.51.100.20';
const UDP_CARRIER = '198.51.100.21';
const TCP_CARRIER = '198.51.100.22';
const STRANGER = '198.51.100.30';
const PEERS = /^198\.51\.100\./;
const ANSWER_MS = 10_000;
const AGENT_HZ = 440;
const CARRIER_HZ = 1000;
const HZ_OFF_MAX = 8;
/** As Firefox is where the user is asked for the microphone each time. */
const SHY = {
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': false,
  'media.peerconnection.ice.obfuscate_host_addresses': true,
  'permissions.default.microphone': 0,
};

const CONFIG = `domain: ${DOMAIN}
http:
  address: 0.0.0.0
  port: 18080
  origins: ["*"]
media:
  addresses: [${Object.entries(ADVERTISED).map((mapping) => mapping.join(' => ')).join(', ')}]
api:
  trusted: [198.51.100.0/24]
site: site.yaml
data: data
`;
const REGISTERED = `register: true
    username: us
    password: secret
    ping: 5s`;
const SITE = site(`trunks:
  - name: carrier
    host: ${CARRIER}
    ping: 0s
  - name: by-udp
    host: ${UDP_CARRIER}
    ${REGISTERED}
  - name: by-tcp
    host: ${TCP_CARRIER}
    transport: tcp
    ${REGISTERED}
routes:
  - pattern: _9X.
    trunks: [carrier]
    strip: 1
    callerId: "74950000001"
numbers:
  - pattern: _8XXX
    agent: 1XXX
`);

if (insideOwnNetwork) inside();
else {
  test('an address that is not mapped leaves in no SIP message; a mapped one only under its outside name',
    { skip: noOwnNetwork() ?? false }, async () => {
      assert.equal(await runInOwnNetwork(fileURLToPath(import.meta.url)), 0, 'the tests inside pass');
    });
}

function inside() {
  let wire;
  let pbx;
  let browser;
  let rtp;
  let rtpPort = 16400;
  const carriers = [];
  const toBrowsers = [];

  before(async () => {
    buildNetwork({
      world: [CARRIER, UDP_CARRIER, TCP_CARRIER, STRANGER, '198.51.100.1'].map((a) => `${a}/24`),
      pbx: [...Object.keys(ADVERTISED), TAKEN_OVER, OTHER_NETWORK].map((a) => `${a}/24`).concat(`${SIXTH}/64`),
      advertised: ADVERTISED,
    });
    for (const address of [UDP_CARRIER, TCP_CARRIER]) carriers.push(await new RegisteringCarrier({ address }).open());
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jackfield-capture-'));
    wire = await capture({ netns: 'pbx', file: path.join(folder, 'wire.pcapng') });
    pbx = await startPbx({
      site: SITE, config: CONFIG, prefix: ['ip', 'netns', 'exec', 'pbx'], host: ADVERTISED['10.77.1.5'],
    });
    browser = await startChromium({ wav: toneWav(path.join(folder, 'agent.wav'), AGENT_HZ) });
  });

  after(async () => {
    carriers.forEach((carrier) => carrier.close());
    await browser?.close();
    await pbx?.stop();
  });

  afterEach(() => {
    stopAll();
    rtp?.close();
    rtp = undefined;
  });

  const phoneAt = (host, user) => ({
    ws: `ws://${host}:18080/ws`, domain: DOMAIN, user, password: `demo-${user}`,
  });
  const near = ({ hz }, wanted) => Math.abs(hz - wanted) < HZ_OFF_MAX;

  async function carrierSpeaks() {
    rtpPort += 2;
    rtp = (await new RtpEndpoint({ port: rtpPort, address: CARRIER, hz: CARRIER_HZ }).open()).answering();
  }

  async function bothHearEachOther(phone) {
    await until(async () => near(await phone.run('loudest').catch(() => ({})), CARRIER_HZ),
      'the agent hears the carrier', 20_000);
    await until(() => rtp.received.length > 8000 && shareAt(rtp.heard(1), AGENT_HZ) > 0.9,
      'the carrier hears the agent', 20_000);
  }

  async function close(phone) {
    toBrowsers.push(...(await phone.run('received')));
    await phone.close();
  }

  test('an agent beyond the NAT and the carrier hear each other', async () => {
    const phone = await openPhone(browser, phoneAt('203.0.113.7', '1001'));
    await carrierSpeaks();
    const carrier = sipp('uas-answer', { port: 5060, ip: CARRIER, rtp: rtpPort });
    await phone.call('95550001');
    await bothHearEachOther(phone);
    const { answer } = await phone.state();
    assert.deepEqual(candidatesIn(answer), Object.values(ADVERTISED));
    assert.deepEqual([...rtp.sources].map((s) => s.split(':')[0]), ['203.0.113.7']);
    await phone.run('hangup');
    assert.equal((await carrier.ended).code, 0);
    await close(phone);
  });

  test('so do a carrier that calls our second address, and an agent who comes by one that is untold', async () => {
    const phone = await openPhone(browser, phoneAt(TAKEN_OVER, '1002'));
    await phone.run('autoAnswer');
    await carrierSpeaks();
    const carrier = sipp('uac-wait', {
      port: 5060, ip: CARRIER, rtp: rtpPort, remote: '203.0.113.8:5060', service: '8002',
    });
    await until(async () => (await phone.state()).established, 'the agent answers');
    await bothHearEachOther(phone);
    const { answer } = await phone.state();
    assert.deepEqual(candidatesIn(answer), Object.values(ADVERTISED));
    assert.deepEqual([...rtp.sources].map((s) => s.split(':')[0]), ['203.0.113.8']);
    await phone.run('hangup');
    assert.equal((await carrier.ended).code, 0);
    await close(phone);
  });

  test('a Firefox that hides its own addresses hears itself', async () => {
    const firefox = await startFirefox({ hz: AGENT_HZ, more: SHY });
    const phone = await openPhone(firefox, phoneAt('203.0.113.7', '1003'));
    await phone.call('600', { codec: 'opus' });
    await until(async () => near(await phone.run('loudest').catch(() => ({})), AGENT_HZ), 'hears itself', 20_000);
    const { offer, answer } = await phone.state();
    assert.match(candidatesIn(offer).join(), /\.local$/);
    assert.deepEqual(candidatesIn(answer), Object.values(ADVERTISED));
    await phone.run('hangup');
    await close(phone);
    await firefox.close();
  });

  test('we register with carriers and ping them, over UDP and TCP', async () => {
    for (const [carrier, transport] of [[carriers[0], 'UDP'], [carriers[1], 'TCP']]) {
      for (const method of ['REGISTER', 'OPTIONS']) {
        const request = await until(() => carrier.heard(method)[0], `${method} over ${transport}`, 30_000);
        assert.match(request, new RegExp(`^Via: SIP/2.0/${transport} 203\\.0\\.113\\.7:5060;`, 'm'));
        assert.match(request, /^Contact: <sip:[^@>]*@?203\.0\.113\.7:5060/m);
      }
    }
  });

  test('a stranger is answered at what is told, and by nobody at what is not', async () => {
    const requests = {
      OPTIONS: () => strange('OPTIONS', `sip:${DOMAIN}`),
      INVITE: () => strange('INVITE'),
      REGISTER: () => strange('REGISTER'),
      broken: () => strange('INVITE').replace('CSeq: 1', 'CSeq: one'),
    };
    for (const [what, request] of Object.entries(requests)) {
      for (const send of [overUdp, overTcp]) {
        assert.match(await send('203.0.113.7', request()) ?? '', /^SIP\/2\.0 [1-6]\d\d /, `${what} ${send.name}`);
      }
    }
    for (const address of [TAKEN_OVER, OTHER_NETWORK]) {
      assert.equal(await overUdp(address, requests.OPTIONS()), undefined, `UDP to ${address}`);
      assert.equal(await overTcp(address, requests.OPTIONS()), undefined, `TCP to ${address}`);
    }
  });

  test('nothing of what was sent tells of more', async () => {
    const own = JSON.parse(ip('-n', 'pbx', '-json', 'address')).flatMap((d) => d.addr_info).map((a) => a.local);
    const sent = (await wire.stop()).filter(({ from, to }) => own.includes(from) && !own.includes(to));
    const messages = sipIn(sent);
    [...messages, ...toBrowsers].forEach(assertTellsOnly);
    const kinds = new Set(messages.map((m) => m.split(' ')[0]));
    console.log(`# tell of nothing else: ${messages.length} SIP messages on the wire (${[...kinds].join(', ')})`
      + ` and ${toBrowsers.length} to browsers`);
    for (const kind of ['SIP/2.0', 'INVITE', 'ACK', 'BYE', 'REGISTER', 'OPTIONS']) assert.ok(kinds.has(kind), kind);
    assert.ok(toBrowsers.some((m) => m.startsWith('INVITE ')), 'an INVITE to a browser');
    sent.forEach(assertHides);
  });

  /** Every address in the message is one that we advertise, or the peer's own. */
  function assertTellsOnly(message) {
    const told = Object.values(ADVERTISED);
    const others = addressesIn(message).filter((address) => !told.includes(address) && !PEERS.test(address));
    assert.deepEqual(others, [], message);
    for (const line of sendersLines(message)) {
      assert.ok([...told, DOMAIN].some((name) => line.includes(name)), line);
    }
  }

  /** Nor does any other packet tell, be it HTTP or a WebSocket's; and no datagram comes from there. */
  function assertHides({ from, payload, stream }) {
    const text = payload.toString('latin1');
    for (const address of INSIDE) assert.ok(!text.includes(address), `${address} in ${text}`);
    assert.ok(stream !== undefined || from in ADVERTISED, `a datagram from ${from}`);
  }
}

/** A request of a stranger's, each time another one. */
const strange = (method, uri = `sip:1001@${DOMAIN}`) => [
  `${method} ${uri} SIP/2.0`,
  `Via: SIP/2.0/UDP ${STRANGER}:5062;branch=z9hG4bK${randomUUID()}`,
  'Max-Forwards: 70',
  `From: <sip:stranger@${STRANGER}>;tag=stranger`,
  `To: <sip:1001@${DOMAIN}>`,
  `Call-ID: ${randomUUID()}@${STRANGER}`,
  `CSeq: 1 ${method}`,
  `Contact: <sip:stranger@${STRANGER}:5062>`,
  'Content-Length: 0', '', '',
].join('\r\n');

/** The first answer to a datagram, or undefined where the host says that nobody takes it. */
async function overUdp(address, request) {
  const socket = dgram.createSocket('udp4');
  await new Promise((ok) => socket.bind(5062, STRANGER, ok));
  await new Promise((ok) => socket.connect(5060, address, ok)); // Only a connected socket is told.
  const answer = new Promise((ok, no) => {
    socket.on('message', (message) => ok(message.toString()));
    socket.on('error', () => ok(undefined));
    setTimeout(() => no(new Error(`neither answer nor refusal from ${address}`)), ANSWER_MS).unref();
  });
  socket.send(request);
  const text = await answer;
  socket.close();
  return text;
}

/** The first answer over a connection, or undefined where none is taken. */
async function overTcp(address, request) {
  const socket = net.connect({ host: address, port: 5060, localAddress: STRANGER });
  const answer = new Promise((ok, no) => {
    socket.setTimeout(ANSWER_MS, () => no(new Error(`neither answer nor refusal from ${address}`)));
    socket.on('connect', () => socket.write(request.replace('/UDP', '/TCP')));
    socket.on('data', (data) => ok(data.toString()));
    socket.on('error', () => ok(undefined));
    socket.on('close', () => ok(undefined));
  });
  const text = await answer;
  socket.destroy();
  return text;
}
