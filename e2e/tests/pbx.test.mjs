// What the other tests stand on: the server that they talk to is the one they have started.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { site, startPbx } from '../lib/pbx.mjs';

const PORT = 25_080;
const CONFIG = `domain: 127.0.0.1
http:
  address: 127.0.0.1
  port: ${PORT}
sip:
  udp: 127.0.0.1:25060
  tcp: 127.0.0.1:25060
media:
  port: 25100
  ports: 25102-25199
  addresses:
    - local: 127.0.0.1
      advertised: 127.0.0.1
site: site.yaml
data: data
`;

test('a process that answers on the server’s port is not taken for it', { timeout: 120_000 }, async () => {
  const stranger = http.createServer((_, response) => response.end('ready'));
  await new Promise((ok) => stranger.listen(PORT, '127.0.0.1', ok));
  try {
    await assert.rejects(startPbx({ site: site(''), config: CONFIG }),
      /server ended with \d+, and another process answers at http:\/\/127\.0\.0\.1:25080:\n.*25080/s);
  } finally {
    stranger.close();
    stranger.closeAllConnections();
  }
});

test('the server that was started is', { timeout: 120_000 }, async () => {
  const pbx = await startPbx({ site: site(''), config: CONFIG });
  try {
    assert.match(pbx.log(), /^ready on port 25080$/m);
  } finally {
    await pbx.stop();
  }
});
