/** How long to wait before trying to reach the server again. */

const FIRST_DELAY_MILLIS = 1_000;
const DELAY_MAX_MILLIS = 30_000;
/** A server that asks for more patience than this is tried sooner all the same. */
const RETRY_AFTER_MAX_MILLIS = 300_000;

/**
 * Doubles from 1 s to 30 s, spread by ±25 % so that a restarted server isn't met by everybody at once.
 *
 * @param attempt 1 for the first wait after a loss
 * @param random from 0 to 1
 */
export function retryDelayMillis(attempt: number, random: number): number {
    const doubled = FIRST_DELAY_MILLIS * 2 ** Math.min(Math.max(attempt, 1) - 1, 10);
    return Math.round(Math.min(doubled, DELAY_MAX_MILLIS) * (0.75 + random / 2));
}

/** The wait after a refusal: what `Retry-After` says (RFC 3261 §20.33), but never less than our own. */
export function refusedDelayMillis(
    attempt: number,
    random: number,
    retryAfterSeconds: number | undefined,
): number {
    const asked = Math.min((retryAfterSeconds ?? 0) * 1_000, RETRY_AFTER_MAX_MILLIS);
    return Math.max(asked, retryDelayMillis(attempt, random));
}
