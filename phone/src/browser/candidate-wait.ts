/** Waits for candidates as `core/gathering` says, with the browser's timers. */

import type { Gathering } from '../core/gathering';
import { NO_NETWORK_MILLIS, readyAt, startGathering, withCandidate } from '../core/gathering';

export class CandidateWait {
    /** From the start until the description was ready to go; undefined before that. */
    millis: number | undefined;
    /** Addresses in the description that went out. */
    count = 0;
    private gathering: Gathering | undefined;
    private timer: ReturnType<typeof setTimeout> | undefined;

    /** @param nothing called when not a single candidate has come for so long that none will */
    start(nothing: () => void): void {
        this.gathering = startGathering(performance.now());
        clearTimeout(this.timer);
        this.timer = setTimeout(nothing, NO_NETWORK_MILLIS);
    }

    /** @param ready tells JsSIP to wait no longer; harmless when it has stopped waiting */
    add(candidate: RTCIceCandidate, ready: () => void): void {
        if (this.gathering === undefined) return;
        const now = performance.now();
        this.gathering = withCandidate(this.gathering, candidate.candidate, now);
        clearTimeout(this.timer);
        this.timer = setTimeout(ready, Math.max(0, readyAt(this.gathering) - now));
    }

    /** The description is made. Later ones (hold, resume) find the addresses already there. */
    finish(sdp: string): void {
        clearTimeout(this.timer);
        this.count = sdp.match(/^a=candidate:/gm)?.length ?? 0;
        if (this.gathering !== undefined) {
            this.millis ??= performance.now() - this.gathering.startedAt;
        }
    }

    cancel(): void {
        clearTimeout(this.timer);
    }
}
