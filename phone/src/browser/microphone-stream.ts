/** The microphone: opened for a call or a test, closed with it. */

import type { MicrophoneProblem } from '../core/microphone';
import { microphoneProblem } from '../core/microphone';

export type MicrophoneResult =
    | { readonly kind: 'stream'; readonly stream: MediaStream }
    | { readonly kind: 'problem'; readonly problem: MicrophoneProblem };

/** Opens the chosen microphone, or the system's where that one is gone. Never rejects. */
export async function openMicrophone(deviceId: string): Promise<MicrophoneResult> {
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

export function closeStream(stream: MediaStream): void {
    for (const track of stream.getTracks()) track.stop();
}

/** Pages from neither https nor localhost have no microphone; better said before the first call. */
export function isMicrophonePossible(): boolean {
    return window.isSecureContext && (navigator as Partial<Navigator>).mediaDevices !== undefined;
}
