// A CRM in one file: customers, click to call with a call token, screen pop from the events, call log from the
// webhook. Node 20 or later, no packages. README.md says how to run it.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';

const env = (name, standard) => process.env[name] ?? standard ?? fail(`Set ${name}; README.md says to what.`);
const fail = (words) => { console.error(words); process.exit(1); };

const PORT = Number(env('PORT', '3000'));
const PBX = env('PBX', 'http://127.0.0.1:8080');
const API_TOKEN = env('API_TOKEN', '');
const WEBHOOK_SECRET = env('WEBHOOK_SECRET');
const TOKEN_KEY = crypto.createPrivateKey(fs.readFileSync(env('TOKEN_KEY')));
const { KID, AUDIENCE, CAMPAIGN } = { KID: env('KID', 'crm'), AUDIENCE: env('AUDIENCE', '127.0.0.1'), CAMPAIGN: env('CAMPAIGN', 'spring') };
const JSSIP = env('JSSIP', 'jssip.js');
// One agent, signed in by this file; a true CRM gives each agent's browser its own.
const ACCOUNT = { ws: env('WS', `${PBX.replace(/^http/, 'ws')}/ws`), user: env('AGENT', '1001'), password: env('PASSWORD', 'demo-1001') };

const customers = [
  { id: 7, name: 'Ada Lovelace', number: '+4930123456', note: 'wants the large one' },
  { id: 8, name: 'Ivan Petrov', number: '74957654321', note: 'asked to be called in the morning' },
];
const log = [];
const pages = new Set();
let refs = 0;

// ---- call tokens: one for each click, for that agent and that number, for a minute (docs/call-tokens.md)

const base64url = (value) => Buffer.from(value).toString('base64url');

function callToken(number) {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'EdDSA', typ: 'JWT', kid: KID };
  const claims = {
    iss: 'crm', aud: AUDIENCE, sub: ACCOUNT.user, dst: number, cmp: CAMPAIGN, iat: now, exp: now + 60, jti: crypto.randomUUID(),
  };
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  return `${input}.${base64url(crypto.sign(null, Buffer.from(input), TOKEN_KEY))}`;
}

// ---- the webhook: what has ended is written down once, and only on the PBX's word (docs/events.md)

/** Whether the PBX has signed that body, and not long ago. */
function isSigned(header = '', body) {
  const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (!mac || Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
  const right = crypto.createHmac('sha256', WEBHOOK_SECRET).update(`${time}.`).update(body).digest();
  return crypto.timingSafeEqual(right, Buffer.from(mac, 'hex'));
}

function onWebhook(event) {
  if (log.some((entry) => entry.id === event.id)) return; // it may come twice
  if (event.type !== 'call.ended') return;
  const { id, at, ref, number, direction, answered, talk_ms: talkMs, cause } = event;
  log.unshift({ id, at, ref, number, direction, answered, talkMs, cause, customer: byNumber(number)?.name });
  log.length = Math.min(log.length, 100);
  tellPages('log', log);
}

const digits = (number) => (number ?? '').replace(/\D/g, '').slice(-9);
const byNumber = (number) => customers.find((c) => digits(c.number) === digits(number));

// ---- the events: the customer pops up before the phone rings

async function listen(lastId) {
  try {
    const headers = { ...(API_TOKEN && { authorization: `Bearer ${API_TOKEN}` }), ...(lastId && { 'last-event-id': lastId }) };
    const query = `types=call.offered,call.offer_ended,call.ended&agent=${ACCOUNT.user}`;
    const response = await fetch(`${PBX}/api/v1/events?${query}`, { headers });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    console.log('listening to events');
    let text = '';
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      text += part;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        lastId = field('id') ?? lastId;
        if (field('data')) onEvent(JSON.parse(field('data')));
      }
    }
  } catch (lost) {
    console.log(`events: ${lost.message}`);
  }
  setTimeout(() => listen(lastId), 2000);
}

function onEvent(event) {
  if (event.type === 'call.offered') tellPages('pop', { ...event, customer: byNumber(event.number) });
  if (event.type === 'call.offer_ended' || event.type === 'call.ended') tellPages('unpop', { call: event.call });
}

// ---- the server

function tellPages(event, data) {
  for (const page of pages) page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

async function bodyOf(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > 64 * 1024) throw new Error('too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const answer = (response, status, type, body) => response.writeHead(status, { 'content-type': type }).end(body);
const json = (response, value) => answer(response, 200, 'application/json', JSON.stringify(value));

async function serve(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  switch (`${request.method} ${pathname}`) {
    case 'GET /': return answer(response, 200, 'text/html; charset=utf-8', PAGE);
    case 'GET /jssip.js': return answer(response, 200, 'text/javascript', fs.readFileSync(JSSIP));
    case 'GET /state': return json(response, { account: ACCOUNT, customers, log });
    case 'GET /stream':
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(': hello\n\n');
      pages.add(response);
      return response.on('close', () => pages.delete(response));
    case 'POST /click': {
      const wanted = JSON.parse(await bodyOf(request)).customer;
      const customer = customers.find((c) => c.id === wanted);
      if (!customer) return answer(response, 404, 'text/plain', 'no such customer');
      return json(response, { number: customer.number, token: callToken(customer.number), ref: `crm-${customer.id}-${++refs}` });
    }
    case 'POST /hook': {
      const body = await bodyOf(request);
      if (!isSigned(request.headers['jackfield-signature'], body)) return answer(response, 401, 'text/plain', 'wrong signature');
      onWebhook(JSON.parse(body));
      return response.writeHead(204).end();
    }
    default: return answer(response, 404, 'text/plain', 'nothing here');
  }
}

const PAGE = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>CRM</title>
<style>
  body { font: 15px system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1b1f24 }
  header { display: flex; justify-content: space-between; align-items: baseline }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #d8dee4 }
  button { font: inherit; padding: .3rem .9rem; border: 1px solid #0969da; border-radius: .4rem; background: #0969da; color: #fff; cursor: pointer }
  button[hidden] { display: none } #hangup { background: #cf222e; border-color: #cf222e }
  #pop { border: 2px solid #1a7f37; border-radius: .6rem; padding: 1rem; margin: 1rem 0; background: #f0fff4 } #pop h2 { margin: 0 0 .3rem }
</style>
<header><h1>CRM</h1><p>Phone: <b id="phone">connecting</b> <button id="answer" hidden>Answer</button> <button id="hangup" hidden>Hang up</button></p></header>
<section id="pop" hidden aria-live="assertive"><h2></h2><p></p></section>
<h2>Customers</h2><table id="customers"></table>
<h2>Calls</h2><table id="log"></table><audio id="audio" autoplay></audio>
<script src="/jssip.js"></script>
<script type="module">
  const $ = (id) => document.getElementById(id);
  const cell = (row, text) => (row.insertCell().textContent = text ?? '');
  const { account, customers, log } = await (await fetch('/state')).json();
  globalThis.times = {};

  for (const customer of customers) {
    const row = $('customers').insertRow();
    for (const key of ['name', 'number', 'note']) cell(row, customer[key]);
    const button = row.insertCell().appendChild(document.createElement('button'));
    button.textContent = 'Call';
    button.onclick = () => call(customer);
  }

  function showLog(entries) {
    $('log').innerHTML = '<tr><th>When<th>Customer<th>Number<th>Direction<th>Talked<th>Reference<th>End</tr>';
    for (const e of entries) {
      const row = $('log').insertRow();
      [new Date(e.at).toLocaleTimeString(), e.customer, e.number, e.direction, Math.round(e.talkMs / 1000) + ' s', e.ref, e.cause].forEach((t) => cell(row, t));
    }
  }

  const stream = new EventSource('/stream');
  stream.addEventListener('log', (e) => showLog(JSON.parse(e.data)));
  stream.addEventListener('pop', (e) => {
    const { call, customer, number, queue, name, waited_ms: waited } = JSON.parse(e.data);
    times.popped ??= performance.now();
    $('pop').dataset.call = call;
    $('pop').querySelector('h2').textContent = customer?.name ?? name ?? number;
    $('pop').querySelector('p').textContent = [number, customer?.note, queue && 'queue ' + queue, 'waited ' + Math.round(waited / 1000) + ' s'].filter(Boolean).join(' · ');
    $('pop').hidden = false;
  });
  stream.addEventListener('unpop', (e) => { if (JSON.parse(e.data).call === $('pop').dataset.call) $('pop').hidden = true; });
  showLog(log);

  let session;
  const show = (words, { answer = false, hangup = false } = {}) => {
    $('phone').textContent = words; $('answer').hidden = !answer; $('hangup').hidden = !hangup;
  };
  const ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(account.ws)], uri: 'sip:' + account.user + '@' + new URL(account.ws).hostname, password: account.password });
  ua.on('registered', () => show('ready'));
  ua.on('registrationFailed', (e) => show('cannot sign in: ' + e.cause));
  ua.on('newRTCSession', ({ session: next, originator }) => {
    if (originator === 'remote') times.rang ??= performance.now();
    session = next;
    show(originator === 'remote' ? 'rings' : 'calls', { answer: originator === 'remote', hangup: true });
    next.on('confirmed', () => show('talks', { hangup: true }));
    next.on('failed', (e) => show('ready (' + e.cause + ')'));
    next.on('ended', () => show('ready'));
    const sound = () => next.connection?.addEventListener('track', (e) => ($('audio').srcObject = new MediaStream([e.track])));
    originator === 'remote' ? next.on('peerconnection', sound) : sound();
  });
  const media = { mediaConstraints: { audio: true, video: false } };
  $('answer').onclick = () => session.answer(media);
  $('hangup').onclick = () => session.terminate();
  async function call(customer) {
    const response = await fetch('/click', { method: 'POST', body: JSON.stringify({ customer: customer.id }) });
    const { number, token, ref } = await response.json();
    ua.call(number, { ...media, extraHeaders: ['X-Call-Token: ' + token, 'X-Call-Ref: ' + ref] });
  }
  ua.start();
</script>`;

http.createServer((request, response) => {
  serve(request, response).catch((wrong) => {
    console.log(`${request.method} ${request.url}: ${wrong.message}`);
    if (!response.headersSent) answer(response, 400, 'text/plain', 'cannot be read');
  });
}).listen(PORT, '127.0.0.1', () => console.log(`CRM on http://127.0.0.1:${PORT}/`));
listen();
