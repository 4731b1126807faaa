/** The microphone: may we have it, and if so, open it for a call or a test. */

import type { MicrophoneProblem } from '../core/microphone';
import { microphoneProblem } from '../core/microphone';

export type MicrophoneResult =
    | { readonly kind: 'stream'; readonly stream: MediaStream }
    | { readonly kind: 'problem'; readonly problem: MicrophoneProblem };

/** `ask`: the browser will ask a person when it is first opened, so better before a call comes. */
export type MicrophoneState = 'unknown' | 'ask' | 'ready' | MicrophoneProblem;

export class Microphone {
    private known: MicrophoneState = 'unknown';

    /** @param changed called when `state` is different from before */
    constructor(private readonly changed: () => void) {
        // Pages from neither https nor localhost have no microphone at all.
        if (!window.isSecureContext) this.known = 'insecure-page';
        else void this.followPermission();
    }

    get state(): MicrophoneState {
        return this.known;
    }

    /** Opens the device, or the system's where that one is gone. Never rejects. */
    async open(deviceId: string): Promise<MicrophoneResult> {
        const result = await openDevice(deviceId);
        this.learn(result.kind === 'problem' ? result.problem : 'ready');
        return result;
    }

    /** A person may change their mind in the site settings at any time; browsers tell. */
    private async followPermission(): Promise<void> {
        try {
            const name = 'microphone' as PermissionName;
            const status = await navigator.permissions.query({ name });
            status.onchange = () => this.learn(stateOf(status.state));
            if (this.known === 'unknown') this.learn(stateOf(status.state));
        } catch {
            // This browser doesn't tell; the first call will.
        }
    }

    private learn(state: MicrophoneState): void {
        if (state === this.known) return;
        this.known = state;
        this.changed();
    }
}

export function closeStream(stream: MediaStream): void {
    for (const track of stream.getTracks()) track.stop();
}

function stateOf(permission: PermissionState): MicrophoneState {
    switch (permission) {
        case 'granted':
            return 'ready';
        case 'denied':
            return 'mic-denied';
        case 'prompt':
            return 'ask';
    }
}

async function openDevice(deviceId: string): Promise<MicrophoneResult> {
    try {
        const stream = await navigator.mediaDevices.getUserMedia({
            audio: {
                ...(deviceId === '' ? {} : { deviceId: { ideal: deviceId } }),
                echoCancellation: true,
                noiseSuppression: true,
                autoGainControl: true,
                channelCount: 1,
            },
        });
        return { kind: 'stream', stream };
    } catch (error) {
        // Without a secure context there is no mediaDevices, and the line above is a TypeError.
        const name = error instanceof Error ? error.name : '';
        return { kind: 'problem', problem: microphoneProblem(name) };
    }
}
