// A network of the test's own, in namespaces that vanish with it (Linux, root).
//
//     the world                      a NAT, one to one            the PBX's host
//     198.51.100.1  ──────────────  .254 │ 203.0.113.x │ 10.77.1.1 ────────────  several addresses
//
// A test file calls `inOwnNetwork` and runs again inside of it; what it starts there is in the world.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import os from 'node:os';
import { createInterface } from 'node:readline';

const INSIDE = 'E2E_OWN_NETWORK';
const UNSHARE = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

export const insideOwnNetwork = process.env[INSIDE] !== undefined;

/** Why there can be no such network here, or undefined. */
export function noOwnNetwork() {
  if (os.platform() !== 'linux') return 'network namespaces are Linux’s';
  if (process.getuid() !== 0) return 'needs root, for network namespaces of its own';
  const tried = spawnSync('unshare', [...UNSHARE, 'sh', '-ec', `${PRIVATE_NAMES}; ip netns add tried; nft list ruleset`]);
  return tried.status === 0 ? undefined : `no network namespaces here: ${tried.error ?? tried.stderr}`.trim();
}

/** The names of namespaces are files; ours are seen by nobody else, and go with the mount. */
const PRIVATE_NAMES = 'mkdir -p /run/netns; mount -t tmpfs names /run/netns';

/** Runs the test file again in a network of its own, and shows what it prints; its exit code. */
export async function runInOwnNetwork(file) {
  const env = { ...process.env, [INSIDE]: '1' };
  delete env.NODE_TEST_CONTEXT; // Inside it is a run of its own.
  const child = spawn('unshare', [...UNSHARE, 'sh', '-ec',
    `${PRIVATE_NAMES}; exec "$0" --test-force-exit --test-reporter=spec "$1"`, process.execPath, file],
  { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // All that runs inside ends with it.
  process.once('exit', () => child.kill('SIGKILL'));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => console.log(`  ${line}`));
  }
  return new Promise((ok, no) => child.on('error', no).on('close', ok));
}

/** Only inside: runs a command, in that namespace if one is named. */
export function ip(...args) {
  return execFileSync('ip', args.flatMap((a) => a.split(' ')), { encoding: 'utf8' });
}

/**
 * Only inside: builds the network.
 *
 * @param {{world: string[], pbx: string[], advertised: Record<string, string>}} plan addresses in
 *   the world, with their prefix; those of the PBX's host, with theirs; and which of these the NAT
 *   knows outside as what
 */
export function buildNetwork({ world, pbx, advertised }) {
  ip('link set lo up');
  for (const name of ['nat', 'pbx']) {
    ip(`netns add ${name}`);
    ip(`-n ${name} link set lo up`);
  }
  ip('link add world type veth peer name outside netns nat');
  ip('link add inside netns nat type veth peer name lan netns pbx');
  world.forEach((address) => ip(`addr add ${address} dev world`));
  ip('-n nat addr add 198.51.100.254/24 dev outside');
  ip('-n nat addr add 10.77.1.1/24 dev inside');
  pbx.forEach((address) => ip(`-n pbx addr add ${address} dev lan ${address.includes(':') ? 'nodad' : ''}`.trim()));
  ip('link set world up');
  ['outside', 'inside'].forEach((device) => ip(`-n nat link set ${device} up`));
  ip('-n pbx link set lan up');
  ip('route add default via 198.51.100.254');
  ip('-n pbx route add default via 10.77.1.1');
  // Whatever is not of its own network: the world knows the way to each of the host's addresses.
  pbx.filter((address) => !address.includes(':')).forEach((address) =>
    ip(`-n nat route replace ${address.split('/')[0]} dev inside`));
  const rules = Object.entries(advertised).map(([local, outside]) => ({
    in: `ip daddr ${outside} dnat to ${local}`, out: `oifname "outside" ip saddr ${local} snat to ${outside}`,
  }));
  execFileSync('ip', ['netns', 'exec', 'nat', 'sh', '-ec', 'echo 1 > /proc/sys/net/ipv4/ip_forward; exec nft -f -'], {
    input: `table ip nat {
      chain in { type nat hook prerouting priority dstnat; ${rules.map((r) => r.in).join('; ')}; }
      chain out { type nat hook postrouting priority srcnat; ${rules.map((r) => r.out).join('; ')}; }
    }`,
  });
}
