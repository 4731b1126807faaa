// SIP messages as text: cut out of packets, and asked what they tell.
import { isIP } from 'node:net';

const STARTS = /^(?=SIP\/2\.0 \d|[A-Z]+ sips?:\S+ SIP\/2\.0\r$)/m;

/** The SIP messages among captured packets, be they whole datagrams or parts of a stream. */
export function sipIn(packets) {
  const streams = new Map();
  for (const { stream, payload } of packets) {
    const key = stream ?? Symbol('a datagram is a stream of its own');
    streams.set(key, (streams.get(key) ?? '') + payload.toString('latin1'));
  }
  return [...streams.values()].flatMap((text) => text.split(STARTS)).filter((part) => part.search(STARTS) === 0);
}

/** Every IP address in the text, with or without a port. */
export function addressesIn(text) {
  return text.split(/[^\w.:]+/).map((word) => word.replace(/^([\d.]+):\d+$/, '$1')).filter((word) => isIP(word));
}

/** The addresses of the candidates in a session description. */
export function candidatesIn(sdp) {
  return [...sdp.matchAll(/^a=candidate:\S+ 1 udp \d+ (\S+) /gim)].map(([, address]) => address);
}

/** The lines of a message in which its sender names itself. */
export function sendersLines(message) {
  const names = sendersNames(message);
  return message.split('\r\n').filter((line) => names.some((name) => line.startsWith(name)));
}

/** Contact and SDP, and in a request Via and From; but a registration is of another's user. */
function sendersNames(message) {
  const registration = /^CSeq: \d+ REGISTER/m.test(message);
  const description = ['o=', 'c=', 'a=candidate:'];
  if (message.startsWith('SIP/2.0')) return registration ? [] : ['Contact:', ...description];
  return registration ? ['Via:', 'Contact:'] : ['Via:', 'From:', 'Contact:', ...description];
}
