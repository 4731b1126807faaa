// A carrier that wants to be registered with and pinged: says 200 to whatever is not a call, and keeps it.
import dgram from 'node:dgram';
import net from 'node:net';

export class RegisteringCarrier {
  /** @param {{address: string, port?: number}} options over UDP and TCP alike */
  constructor({ address, port = 5060 }) {
    Object.assign(this, { address, port, requests: [] });
  }

  async open() {
    this.udp = dgram.createSocket('udp4', (message, from) => {
      const answer = this.#onRequest(message.toString());
      if (answer) this.udp.send(answer, from.port, from.address);
    });
    this.tcp = net.createServer((socket) => {
      let waiting = '';
      socket.on('error', () => {});
      socket.on('data', (data) => {
        waiting += data;
        for (let end = waiting.indexOf('\r\n\r\n'); end >= 0; end = waiting.indexOf('\r\n\r\n')) {
          const answer = this.#onRequest(waiting.slice(0, end + 4));
          waiting = waiting.slice(end + 4);
          if (answer) socket.write(answer);
        }
      });
    });
    await new Promise((ok, no) => this.udp.once('error', no).bind(this.port, this.address, ok));
    await new Promise((ok, no) => this.tcp.once('error', no).listen(this.port, this.address, ok));
    return this;
  }

  /** The requests of that method, as text. */
  heard(method) {
    return this.requests.filter((r) => r.startsWith(`${method} `));
  }

  /** None of these has a body. */
  #onRequest(text) {
    if (!/^[A-Z]+ sip:/.test(text)) return undefined; // A keep-alive.
    this.requests.push(text);
    const headers = text.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq|Contact):/i.test(line))
      .map((line) => (/^To:/i.test(line) ? `${line};tag=carrier` : line));
    return ['SIP/2.0 200 OK', ...headers, 'Expires: 3600', 'Content-Length: 0', '', ''].join('\r\n');
  }

  close() {
    this.udp.close();
    this.tcp.close();
  }
}
