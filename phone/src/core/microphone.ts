/** Why there is no microphone, from the name of the error the browser gave. */

export type MicrophoneProblem = 'mic-denied' | 'mic-missing' | 'mic-busy' | 'insecure-page';

/** The `name` of a rejection of `getUserMedia` (W3C Media Capture §10.2) as a reason with a remedy. */
export function microphoneProblem(errorName: string): MicrophoneProblem {
    switch (errorName) {
        case 'NotAllowedError':
        case 'PermissionDeniedError':
        case 'SecurityError':
            return 'mic-denied';
        case 'NotReadableError':
        case 'TrackStartError':
        case 'AbortError':
            return 'mic-busy';
        case 'TypeError':
            // Browsers hide mediaDevices from pages that came neither by HTTPS nor from localhost.
            return 'insecure-page';
    }
    return 'mic-missing';
}
