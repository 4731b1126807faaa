/**
 * When an offer or answer has waited long enough for ICE candidates.
 *
 * SIP carries candidates only inside the offer or answer (no trickle), so somebody has to decide
 * when to send it. Without STUN and TURN servers every useful candidate is one of the machine's own
 * UDP addresses. Measured with Chromium 156 on a machine with four addresses, twelve times: the UDP
 * candidates all came within 0.6 ms, 2 ms after the start; then nothing for 120 ms; then the TCP
 * ones, and the end of gathering at 125 ms. Waiting for the end would add that to every call.
 *
 * Nothing is lost by going early: an address that came late is still checked from, and the server
 * learns it from those very packets (peer-reflexive, RFC 8445 §7.3.1.3).
 */

/** Many times the gap between two addresses of one machine, and too short to be heard as a wait. */
export const QUIET_MILLIS = 20;
/** With no usable candidate by now the offer goes anyway, and the words say why it may be silent. */
export const GATHERING_MAX_MILLIS = 300;

/**
 * With no candidate of any kind by now there will be none: a computer without a network never even
 * ends its gathering. Generous, because it ends the call.
 */
export const NO_NETWORK_MILLIS = 3_000;

export interface Gathering {
    readonly startedAt: number;
    /** When the last usable candidate came. */
    readonly lastUsableAt?: number;
    readonly usable: number;
}

export function startGathering(now: number): Gathering {
    return { startedAt: now, usable: 0 };
}

/** Takes note of one candidate, in the form `candidate:… 1 udp … typ host …` (RFC 8839 §5.1). */
export function withCandidate(gathering: Gathering, candidate: string, now: number): Gathering {
    if (!isUsable(candidate)) return gathering;
    return { ...gathering, usable: gathering.usable + 1, lastUsableAt: now };
}

/** When the description may go, on the same clock as `startedAt`. */
export function readyAt(gathering: Gathering): number {
    const deadline = gathering.startedAt + GATHERING_MAX_MILLIS;
    if (gathering.lastUsableAt === undefined) return deadline;
    return Math.min(gathering.lastUsableAt + QUIET_MILLIS, deadline);
}

/** Our media is UDP alone; candidates of "tcptype active" lead nowhere. */
function isUsable(candidate: string): boolean {
    const [, , transport = '', , , , typ = '', type = ''] = candidate.split(' ');
    return transport.toLowerCase() === 'udp' && typ === 'typ' && type !== '';
}
