// WebDriver BiDi (W3C): what of it our tests need, over one WebSocket.
import WebSocket from 'ws';

/** No command of ours takes longer, on however busy a machine; a browser that hangs fails the test. */
const ANSWER_MS = 60_000;

/** One session with one browser; every command is answered or fails by its name. */
export class Bidi {
  #socket;
  #next = 1;
  #open = new Map();

  /** @param {string} url as the browser prints it at start, without a path */
  static async connect(url) {
    const bidi = new Bidi();
    await bidi.#connect(`${url}/session`);
    await bidi.send('session.new', { capabilities: {} });
    return bidi;
  }

  #connect(url) {
    this.#socket = new WebSocket(url, { perMessageDeflate: false });
    this.#socket.on('message', (data) => this.#onMessage(JSON.parse(data)));
    this.#socket.on('close', () => this.#failAll(new Error('the browser closed the connection')));
    return new Promise((ok, no) => this.#socket.on('open', ok).on('error', no));
  }

  /** The command's result. */
  send(method, params = {}) {
    const id = this.#next++;
    const answer = new Promise((ok, no) => {
      const limit = setTimeout(() => no(new Error(`${method}: no answer in ${ANSWER_MS} ms`)), ANSWER_MS);
      this.#open.set(id, { ok, no, limit, method });
    });
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answer;
  }

  close() {
    this.#socket.close();
  }

  #onMessage(message) {
    const waiting = this.#open.get(message.id);
    if (!waiting) return; // An event; we ask for none.
    this.#open.delete(message.id);
    clearTimeout(waiting.limit);
    if (message.type === 'success') waiting.ok(message.result);
    else waiting.no(new Error(`${waiting.method}: ${message.error}: ${message.message}`));
  }

  #failAll(error) {
    for (const { no, limit } of this.#open.values()) {
      clearTimeout(limit);
      no(error);
    }
    this.#open.clear();
  }
}
