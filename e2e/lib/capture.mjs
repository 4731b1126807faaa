// What leaves a host, as tshark sees it on the wire.
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** Far more than a test's packets. */
const PRINTED_BYTES_MAX = 512 * 1024 * 1024;

/** Starts to capture on all devices of a namespace. */
export async function capture({ netns, file }) {
  const child = spawn('ip', ['netns', 'exec', netns, 'tshark', '-q', '-i', 'any', '-w', file],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  const ended = new Promise((r) => child.on('close', r));
  await new Promise((ok, no) => {
    child.stderr.on('data', (data) => {
      printed += data;
      if (printed.includes('Capturing on')) ok();
    });
    child.on('error', no);
    child.on('close', () => no(new Error(`tshark ended:\n${printed}`)));
  });
  return {
    /** Ends the capture and gives the packets. */
    async stop() {
      child.kill('SIGINT');
      await ended;
      return read(file);
    },
  };
}

/** Each packet's addresses, protocol and payload. */
async function read(file) {
  const fields = ['ip.src', 'ipv6.src', 'ip.dst', 'ipv6.dst', 'udp.payload', 'tcp.stream', 'tcp.payload'];
  const { stdout } = await promisify(execFile)('tshark',
    ['-r', file, '-Y', 'udp.payload or tcp.payload', '-T', 'fields', ...fields.flatMap((f) => ['-e', f])],
    { maxBuffer: PRINTED_BYTES_MAX });
  return stdout.split('\n').filter(Boolean).map((line) => {
    const [from4, from6, to4, to6, udp, stream, tcp] = line.split('\t');
    return {
      from: from4 || from6, to: to4 || to6, stream: udp ? undefined : stream,
      payload: Buffer.from((udp || tcp).replaceAll(':', ''), 'hex'),
    };
  });
}
