/** Watches the sound of one call: meters for the eye, and a report every second for the words. */

import type { SoundReport } from '../core/call';
import { Meter } from './meter';
import type { SipCall } from './sip-call';

export const REPORT_EVERY_MILLIS = 1_000;

export interface Levels {
    /** 0 to 1. */
    readonly mine: number;
    readonly theirs: number;
}

export class CallWatch {
    private mine: Metered | undefined;
    private theirs: Metered | undefined;

    constructor(
        private readonly call: SipCall,
        private readonly audioContext: () => AudioContext,
    ) {}

    levels(): Levels {
        this.followStreams();
        return { mine: this.mine?.meter.read() ?? 0, theirs: this.theirs?.meter.read() ?? 0 };
    }

    async report(): Promise<SoundReport> {
        this.followStreams();
        const micSilent = this.mine !== undefined && !this.mine.meter.takeAnySound();
        const stats = await this.call.connection()?.getStats();
        let packets = 0;
        stats?.forEach((entry: RTCStats & Partial<RTCInboundRtpStreamStats>) => {
            if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0;
        });
        return { packets, micSilent };
    }

    close(): void {
        this.mine?.meter.close();
        this.theirs?.meter.close();
    }

    /** Streams come late (the far side's) or change (another microphone). */
    private followStreams(): void {
        const { mine, theirs } = this.call.streams();
        this.mine = this.metered(this.mine, mine);
        this.theirs = this.metered(this.theirs, theirs);
    }

    private metered(old: Metered | undefined, stream: MediaStream | undefined): Metered | undefined {
        if (old?.stream === stream) return old;
        old?.meter.close();
        return stream && { stream, meter: new Meter(this.audioContext(), stream) };
    }
}

interface Metered {
    readonly stream: MediaStream;
    readonly meter: Meter;
}
