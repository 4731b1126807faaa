/** Measures how loud a stream is. */

import { meterLevel, rootMeanSquare, smoothed } from '../core/level';

const SAMPLES = 1024;

export class Meter {
    private readonly source: MediaStreamAudioSourceNode;
    private readonly analyser: AnalyserNode;
    private readonly samples = new Float32Array(SAMPLES);
    private level = 0;
    private readAt = performance.now();
    private anySound = false;

    constructor(context: AudioContext, stream: MediaStream) {
        this.source = context.createMediaStreamSource(stream);
        this.analyser = new AnalyserNode(context, { fftSize: SAMPLES });
        this.source.connect(this.analyser);
    }

    /** The level now, 0 to 1, for drawing. */
    read(): number {
        const now = performance.now();
        this.level = smoothed(this.level, meterLevel(this.measure()), now - this.readAt);
        this.readAt = now;
        return this.level;
    }

    /** Whether there was anything but zeros since this was last asked. */
    takeAnySound(): boolean {
        this.measure();
        const any = this.anySound;
        this.anySound = false;
        return any;
    }

    close(): void {
        this.source.disconnect();
    }

    private measure(): number {
        this.analyser.getFloatTimeDomainData(this.samples);
        const rms = rootMeanSquare(this.samples);
        this.anySound ||= rms > 0;
        return rms;
    }
}
