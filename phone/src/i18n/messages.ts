/** Every text of the phone. A language that lacks one does not compile. */

import type { FormProblem } from '../core/account';
import type { SoundHint } from '../core/call';
import type { EndCause } from '../core/cause';
import type { LineFault } from '../core/line';
import type { MicrophoneProblem } from '../core/microphone';

/** What happened, and the one thing to do about it; an empty `fix` where nothing needs doing. */
export interface Explanation {
    readonly what: string;
    readonly fix: string;
}

export interface Messages {
    /** BCP 47, for `lang` and `Intl`. */
    readonly locale: string;
    readonly languageName: string;

    readonly title: string;
    readonly tagline: string;
    readonly languageSwitch: string;

    readonly signIn: {
        readonly heading: string;
        readonly user: string;
        readonly password: string;
        readonly submit: string;
        readonly connecting: string;
        readonly cancel: string;
        readonly advanced: string;
        readonly ws: string;
        readonly domain: string;
        readonly usual: (value: string) => string;
        readonly demoHeading: string;
        readonly demoHint: string;
        readonly demoAs: (name: string) => string;
        readonly or: string;
        readonly passwordNote: string;
        readonly problems: Record<FormProblem, string>;
    };

    readonly line: {
        readonly offline: string;
        readonly connecting: string;
        readonly registering: string;
        readonly registered: (user: string) => string;
        readonly retryIn: (seconds: number) => string;
        readonly retryNow: string;
        readonly callGoesOn: string;
        readonly signOut: string;
        readonly faults: Record<LineFault, Explanation>;
    };

    readonly dialer: {
        readonly number: string;
        readonly placeholder: string;
        readonly call: string;
        readonly erase: string;
        readonly keypad: string;
        readonly quick: string;
        readonly recent: string;
        readonly noRecent: string;
        readonly again: (number: string) => string;
    };

    readonly call: {
        readonly incoming: string;
        readonly answer: string;
        readonly answerHold: string;
        readonly reject: string;
        readonly hangUp: string;
        readonly cancel: string;
        readonly mute: string;
        readonly unmute: string;
        readonly hold: string;
        readonly resume: string;
        readonly keypad: string;
        readonly swap: string;
        readonly dismiss: string;
        readonly duration: string;
        readonly you: string;
        readonly them: string;
        readonly muted: string;
        readonly onHold: string;
        readonly waiting: string;
        readonly keysSent: string;
    };

    readonly words: {
        readonly ready: (user: string) => string;
        readonly dialing: (peer: string) => string;
        readonly ringing: (peer: string) => string;
        readonly earlyMedia: (peer: string) => string;
        readonly incoming: (peer: string) => string;
        readonly answering: (peer: string) => string;
        readonly talking: (peer: string) => string;
        readonly soundStarting: (peer: string) => string;
        readonly soundInterrupted: string;
        readonly muted: (peer: string) => string;
        readonly held: (peer: string) => string;
        readonly heldByPeer: (peer: string) => string;
        readonly hints: Record<SoundHint, Explanation>;
    };

    readonly ended: Record<EndCause, Explanation>;
    readonly microphone: Record<MicrophoneProblem, Explanation>;
    readonly sipStatus: (status: number) => string;

    readonly sound: {
        readonly heading: string;
        readonly microphone: string;
        readonly speaker: string;
        readonly ring: string;
        readonly systemDefault: string;
        readonly test: string;
        readonly testMicrophone: string;
        readonly stopTest: string;
        readonly testSpeaker: string;
        readonly testRing: string;
        readonly allow: string;
        readonly allowWhy: string;
        readonly noChoice: string;
        readonly level: (what: string) => string;
    };
}
