/** Plays the phone's own sounds: ring on one device, everything else on the headset. */

import type { Key } from '../core/number';
import type { Tone } from '../core/tones';
import { endedSamples, keySamples, toneSamples } from '../core/tones';
import { AudioOutput } from './audio-output';

interface Output {
    readonly node: MediaStreamAudioDestinationNode;
    readonly audio: AudioOutput;
}

export class TonePlayer {
    private context: AudioContext | undefined;
    private ring: Output | undefined;
    private headset: Output | undefined;
    private devices = { headset: '', ring: '' };
    private looping: { readonly tone: Tone; readonly source: AudioBufferSourceNode } | undefined;

    /** The page's one audio context. Made on first use, which follows a click: browsers insist. */
    audioContext(): AudioContext {
        this.context ??= new AudioContext();
        if (this.context.state === 'suspended') void this.context.resume();
        return this.context;
    }

    /** Outputs that don't exist yet are made with their device; no context before a click. */
    setDevices(headset: string, ring: string): void {
        this.devices = { headset, ring };
        void this.headset?.audio.setDevice(headset);
        void this.ring?.audio.setDevice(ring);
    }

    /** Sounds this tone, round and round without timers, until another one is asked for. */
    play(tone: Tone): void {
        if (tone === (this.looping?.tone ?? 'none')) return;
        this.looping?.source.stop();
        this.looping = undefined;
        if (tone === 'none') return;
        const samples = toneSamples(tone, this.audioContext().sampleRate);
        const source = this.start(samples, tone === 'ring' ? 'ring' : 'headset', true);
        this.looping = { tone, source };
    }

    ringOnce(): void {
        this.start(toneSamples('ring', this.audioContext().sampleRate), 'ring', false);
    }

    testHeadset(): void {
        this.start(toneSamples('ring', this.audioContext().sampleRate), 'headset', false);
    }

    ended(): void {
        this.start(endedSamples(this.audioContext().sampleRate), 'headset', false);
    }

    key(key: Key): void {
        this.start(keySamples(key, this.audioContext().sampleRate), 'headset', false);
    }

    private start(samples: Float32Array, to: 'ring' | 'headset', loop: boolean): AudioBufferSourceNode {
        const context = this.audioContext();
        const buffer = context.createBuffer(1, samples.length, context.sampleRate);
        buffer.getChannelData(0).set(samples);
        const source = new AudioBufferSourceNode(context, { buffer, loop });
        source.connect(this.output(to).node);
        source.onended = () => source.disconnect();
        source.start();
        return source;
    }

    private output(which: 'ring' | 'headset'): Output {
        this[which] ??= this.newOutput(this.devices[which]);
        return this[which];
    }

    private newOutput(device: string): Output {
        const node = this.audioContext().createMediaStreamDestination();
        const audio = new AudioOutput(node.stream);
        void audio.setDevice(device);
        return { node, audio };
    }
}
