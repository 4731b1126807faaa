// Signs a call token with nothing but Node (18 or later): node make-token.mjs KEY.pem KID AGENT NUMBER CAMPAIGN PBX
import crypto from 'node:crypto';
import fs from 'node:fs';

const base64url = (value) => Buffer.from(value).toString('base64url');

/** How each algorithm signs; for HS256 the key is a Buffer of at least 32 random bytes. */
const SIGN = {
  EdDSA: (input, key) => crypto.sign(null, input, key),
  ES256: (input, key) => crypto.sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }),
  RS256: (input, key) => crypto.sign('sha256', input, key),
  HS256: (input, key) => crypto.createHmac('sha256', key).update(input).digest(),
};

/** @param {{algorithm?: string, key: any, kid: string, claims: object, life?: number}} options */
export function makeToken({ algorithm = 'EdDSA', key, kid, claims, life = 60 }) {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: algorithm, typ: 'JWT', kid };
  const body = { iat: now, exp: now + life, jti: crypto.randomUUID(), ...claims };
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(body))}`;
  return `${input}.${base64url(SIGN[algorithm](Buffer.from(input), key))}`;
}

if (process.argv[1]?.endsWith('make-token.mjs')) {
  const [file, kid, agent, number, campaign, pbx] = process.argv.slice(2);
  const key = crypto.createPrivateKey(fs.readFileSync(file));
  console.log(makeToken({ key, kid, claims: { aud: pbx, sub: agent, dst: number, cmp: campaign } }));
}
