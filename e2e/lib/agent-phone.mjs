// An agent's phone without media that takes calls by a plan: rings, answers, refuses or forgets, talks, hangs up.
import { RawPhone } from './raw-phone.mjs';

const header = (text, name) => new RegExp(`^${name}: (.+)\\r$`, 'im').exec(text)?.[1];

const answerTo = (offer) => `v=0
o=- 2 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE ${/^a=mid:(\S+)/m.exec(offer)?.[1] ?? '0'}
m=audio 9 UDP/TLS/RTP/SAVPF ${/^a=rtpmap:(\d+) PCMA\/8000/m.exec(offer)[1]}
c=IN IP4 0.0.0.0
a=ice-ufrag:efgh
a=ice-pwd:asd88fgpdd777uzjYhagZgefgh
a=fingerprint:sha-256 ${Array(32).fill('CD').join(':')}
a=setup:active
a=mid:${/^a=mid:(\S+)/m.exec(offer)?.[1] ?? '0'}
a=sendrecv
a=rtcp-mux
a=rtpmap:${/^a=rtpmap:(\d+) PCMA\/8000/m.exec(offer)[1]} PCMA/8000
`.replaceAll('\n', '\r\n');

export class AgentPhone extends RawPhone {
  /** What happened: `{at, what, call, from}`, `call` being ours of X-Call-Id, `from` the number that is shown. */
  journal = [];
  #calls = new Map();

  /** @param plan gives for each offer `{answerAfter?, refuse?, talk?}` in milliseconds; nothing: it rings on */
  constructor({ plan, ...options }) {
    super(options);
    this.plan = plan;
  }

  async open() {
    await super.open();
    this.socket.on('message', (data) => this.#on(data.toString()));
    return this;
  }

  #note(what, call, from) {
    this.journal.push({ at: performance.now(), what, call, from });
  }

  #on(text) {
    const id = header(text, 'Call-ID');
    if (text.startsWith('INVITE ')) this.#invited(id, text);
    if (text.startsWith('CANCEL ')) this.#cancelled(id, text);
    if (text.startsWith('BYE ')) this.#bye(id, text);
  }

  #invited(id, text) {
    const call = { invite: text, ours: header(text, 'X-Call-Id') };
    this.#calls.set(id, call);
    this.#note('invited', call.ours, /<sip:([^@>]+)@/.exec(header(text, 'From'))?.[1]);
    this.#respond(text, '180 Ringing');
    const { answerAfter, refuse, talk = 1000 } = this.plan();
    if (refuse) {
      this.#final(id, text, `${refuse} No`);
    } else if (answerAfter !== undefined) {
      call.timer = setTimeout(() => this.#answer(id, talk), answerAfter);
    }
  }

  #answer(id, talk) {
    const call = this.#calls.get(id);
    const offer = call.invite.split('\r\n\r\n')[1];
    this.#note('answered', call.ours);
    this.#respond(call.invite, '200 OK', answerTo(offer));
    call.timer = setTimeout(() => this.#hangUp(id), talk);
  }

  #hangUp(id) {
    const call = this.#calls.get(id);
    this.#note('over', call.ours);
    this.#calls.delete(id);
    const target = /^Contact: <(.+?)>/im.exec(call.invite)[1];
    this.socket.send(`BYE ${target} SIP/2.0\r\nVia: SIP/2.0/WS phone.invalid;branch=z9hG4bK${crypto.randomUUID()}\r\n`
      + `From: ${header(call.invite, 'To')};tag=agent\r\nTo: ${header(call.invite, 'From')}\r\nCall-ID: ${id}\r\n`
      + 'CSeq: 1 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n');
  }

  #cancelled(id, text) {
    const call = this.#calls.get(id);
    this.#respond(text, '200 OK');
    if (call) this.#final(id, call.invite, '487 Request Terminated');
  }

  #bye(id, text) {
    const call = this.#calls.get(id);
    this.#respond(text, '200 OK');
    if (call) {
      clearTimeout(call.timer);
      this.#note('over', call.ours);
      this.#calls.delete(id);
    }
  }

  #final(id, invite, status) {
    const call = this.#calls.get(id);
    clearTimeout(call.timer);
    this.#note('missed', call.ours);
    this.#calls.delete(id);
    this.#respond(invite, status);
  }

  #respond(request, status, body = '') {
    const lines = request.split('\r\n').filter((l) => /^(Via|From|To|Call-ID|CSeq):/i.test(l))
      .map((l) => (/^To:/i.test(l) && !/;tag=/.test(l) ? `${l};tag=agent` : l));
    const type = body ? 'Content-Type: application/sdp\r\n' : '';
    this.socket.send(`SIP/2.0 ${status}\r\n${lines.join('\r\n')}\r\n`
      + `Contact: <sip:${this.agent}@phone.invalid;transport=ws>\r\n${type}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
}
