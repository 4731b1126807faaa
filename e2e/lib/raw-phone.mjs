// A phone that says nothing but what it is told to: SIP over WebSocket, without media.
import crypto from 'node:crypto';
import WebSocket from 'ws';

const md5 = (text) => crypto.createHash('md5').update(text).digest('hex');

const OFFER = `v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=audio 9 UDP/TLS/RTP/SAVPF 8
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:abcd
a=ice-pwd:asd88fgpdd777uzjYhagZgabcd
a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}
a=setup:actpass
a=mid:0
a=sendrecv
a=rtcp-mux
a=rtpmap:8 PCMA/8000
`.replaceAll('\n', '\r\n');

export class RawPhone {
  #answers = new Map();
  #number = 0;

  /** @param {{ws: string, agent: string, domain?: string}} options with the demo's passwords */
  constructor({ ws, agent, domain = '127.0.0.1' }) {
    Object.assign(this, { ws, agent, domain });
  }

  async open() {
    this.socket = new WebSocket(this.ws, 'sip', { perMessageDeflate: false });
    await new Promise((ok, no) => this.socket.once('open', ok).once('error', no));
    this.socket.on('message', (data) => {
      const text = data.toString();
      const id = /^Call-ID: (.+)\r$/im.exec(text)?.[1];
      if (/^SIP\/2\.0 [2-6]/.test(text)) this.#answers.get(id)?.(text);
    });
    const first = await this.#ask('REGISTER', `sip:${this.domain}`, 'reg', '');
    const challenge = first.split('\r\n').find((l) => /^WWW-Authenticate: Digest.*MD5/i.test(l));
    const value = (name) => new RegExp(`${name}="?([^",]+)`).exec(challenge)[1];
    const ha1 = md5(`${this.agent}:${value('realm')}:demo-${this.agent}`);
    const response = md5([ha1, value('nonce'), '00000001', 'abc', 'auth', md5(`REGISTER:sip:${this.domain}`)].join(':'));
    const proof = `Authorization: Digest username="${this.agent}", realm="${value('realm')}", nonce="${value('nonce')}", `
      + `uri="sip:${this.domain}", response="${response}", algorithm=MD5, cnonce="abc", qop=auth, nc=00000001\r\n`;
    const second = await this.#ask('REGISTER', `sip:${this.domain}`, 'reg', proof);
    if (!second.startsWith('SIP/2.0 200')) throw new Error(second);
    return this;
  }

  /** Calls with these header lines; the final answer, as text. What is answered is hung up at once. */
  async call(number, lines) {
    const id = `call-${this.agent}-${crypto.randomUUID()}`;
    const answer = await this.#ask('INVITE', `sip:${number}@${this.domain}`, id, lines, OFFER);
    if (!answer.startsWith('SIP/2.0 2')) return answer;
    const to = /^To: (.+)\r$/im.exec(answer)[1];
    const contact = /^Contact: <(.+?)>/im.exec(answer)[1];
    this.#send('ACK', contact, id, '', '', to, this.#number);
    await this.#ask('BYE', contact, id, '', '', to);
    return answer;
  }

  #ask(method, uri, id, lines, body = '', to = `<${uri}>`) {
    const answered = new Promise((ok, no) => {
      this.#answers.set(id, ok);
      setTimeout(() => no(new Error(`no answer to ${method}`)), 40_000).unref();
    });
    this.#number += 1;
    const address = method === 'REGISTER' ? `<sip:${this.agent}@${this.domain}>` : to;
    this.#send(method, uri, id, lines, body, address, this.#number);
    return answered;
  }

  #send(method, uri, id, lines, body, to, number) {
    const type = body ? 'Content-Type: application/sdp\r\n' : '';
    this.socket.send(`${method} ${uri} SIP/2.0\r\n`
      + `Via: SIP/2.0/WS phone.invalid;branch=z9hG4bK${crypto.randomUUID()}\r\n`
      + `From: <sip:${this.agent}@${this.domain}>;tag=raw\r\nTo: ${to}\r\nCall-ID: ${id}\r\n`
      + `CSeq: ${number} ${method}\r\nMax-Forwards: 70\r\nContact: <sip:${this.agent}@phone.invalid;transport=ws>\r\n`
      + `${lines}${type}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  close() {
    this.socket.terminate();
  }
}
