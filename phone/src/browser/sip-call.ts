/** One call: a JsSIP session, the microphone it speaks with and the output it is heard on. */

import type { UA } from 'jssip';
import { C } from 'jssip';
import type { EndEvent, IncomingEvent, OutgoingEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { CallId, Direction } from '../core/call';
import type { EndCause } from '../core/cause';
import { causeOf } from '../core/cause';
import type { Key } from '../core/number';
import type { CallEvent } from '../core/phone';
import { AudioOutput } from './audio-output';
import type { StackEnd } from './end-report';
import { endReport } from './end-report';
import { CandidateWait } from './candidate-wait';
import { closeStream } from './microphone';

/** RFC 4733 events of this length and spacing are understood by every gateway. */
const KEY_MILLIS = 120;
const KEY_GAP_MILLIS = 70;
/** A re-INVITE waits for the one before it: so many tries, so long apart. */
const REOFFER_TRIES_MAX = 12;
const REOFFER_RETRY_MILLIS = 250;
/** No STUN: the server sees our address in the packets themselves, and offers its own. */
const MEDIA = {
    mediaConstraints: { audio: true, video: false },
    pcConfig: { iceServers: [], bundlePolicy: 'max-bundle' } satisfies RTCConfiguration,
};

type StackResponse = OutgoingEvent['response'];

export class SipCall {
    readonly output = new AudioOutput();
    readonly gathering = new CandidateWait();
    private session: RTCSession | undefined;
    private microphone: MediaStream | undefined;
    private heard: MediaStream | undefined;
    private asked = false;
    private answered = false;
    private iceFailed = false;
    private ended = false;

    constructor(
        readonly id: CallId,
        private readonly direction: Direction,
        private readonly tell: (event: CallEvent) => void,
    ) {}

    /** Takes a session that rings here. */
    adopt(session: RTCSession): void {
        this.attach(session);
        session.on('peerconnection', ({ peerconnection }) => this.watch(peerconnection));
    }

    dial(agent: UA, number: string, microphone: MediaStream): void {
        if (!this.take(microphone)) return;
        try {
            const session = agent.call(number, { ...MEDIA, mediaStream: microphone });
            this.attach(session);
            this.watch(session.connection);
        } catch {
            // JsSIP throws for a target that makes no address.
            this.end('number-incomplete');
        }
    }

    answer(microphone: MediaStream): void {
        if (!this.take(microphone)) return;
        try {
            this.session?.answer({ ...MEDIA, mediaStream: microphone });
        } catch {
            // The caller gave up in this very moment; the session tells that itself.
        }
    }

    reject(status: number): void {
        this.asked = true;
        this.terminate(status);
    }

    hangUp(): void {
        this.asked = true;
        if (this.session === undefined) this.end('cancelled-by-me');
        else this.terminate();
    }

    /** Ends the call for a reason found outside SIP; `status` is what the other side is told. */
    fail(cause: EndCause, status: number): void {
        this.end(cause);
        this.terminate(status);
    }

    mute(on: boolean): void {
        if (on) this.session?.mute({ audio: true });
        else this.session?.unmute({ audio: true });
    }

    hold(): void {
        this.reoffer((session) => session.isOnHold().local || session.hold());
    }

    resume(): void {
        this.reoffer((session) => !session.isOnHold().local || session.unhold());
    }

    restartIce(): void {
        this.gathering.start(() => undefined);
        this.session?.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
    }

    press(key: Key): void {
        if (this.session === undefined || this.session.isEnded()) return;
        this.session.sendDTMF(key, {
            transportType: C.DTMF_TRANSPORT.RFC2833,
            duration: KEY_MILLIS,
            interToneGap: KEY_GAP_MILLIS,
        });
    }

    /** Speaks with another microphone from now on; the far side notices nothing. */
    async changeMicrophone(stream: MediaStream): Promise<void> {
        const [track] = stream.getAudioTracks();
        const sender = this.connection()
            ?.getSenders()
            .find((each) => each.track?.kind === 'audio');
        if (track === undefined || sender === undefined) return closeStream(stream);
        track.enabled = sender.track?.enabled ?? true;
        await sender.replaceTrack(track);
        if (this.microphone !== undefined) closeStream(this.microphone);
        this.microphone = stream;
    }

    connection(): RTCPeerConnection | undefined {
        // Before the answer an incoming session has none, whatever its type says.
        return (this.session?.connection as RTCPeerConnection | null | undefined) ?? undefined;
    }

    /** What we say and what we hear, for the meters. */
    streams(): { readonly mine: MediaStream | undefined; readonly theirs: MediaStream | undefined } {
        return { mine: this.microphone, theirs: this.heard };
    }

    /** False, and the microphone closed, where the call is over already. */
    private take(microphone: MediaStream): boolean {
        if (this.ended) closeStream(microphone);
        else this.microphone = microphone;
        return !this.ended;
    }

    private attach(session: RTCSession): void {
        const { id, tell } = this;
        this.session = session;
        session.on('connecting', () => this.gathering.start(() => this.fail('offline', 480)));
        session.on('icecandidate', ({ candidate, ready }) => this.gathering.add(candidate, ready));
        session.on('sdp', ({ originator, sdp }) => {
            if (originator === 'local') this.onDescription(sdp);
        });
        session.on('progress', (event: IncomingEvent | OutgoingEvent) => {
            // Our own 180 for a call that rings here has no response in it.
            const response = 'response' in event ? (event.response as StackResponse | null) : null;
            if (response === null) return;
            tell({ kind: 'progress', id, earlyMedia: Boolean(response.body) });
        });
        session.on('accepted', () => {
            this.answered = true;
            tell({ kind: 'accepted', id });
        });
        session.on('hold', ({ originator }) => this.onHold(originator, true));
        session.on('unhold', ({ originator }) => this.onHold(originator, false));
        session.on('ended', (event) => this.onEnd(event));
        session.on('failed', (event) => this.onEnd(event));
    }

    private onHold(originator: string, on: boolean): void {
        const { id } = this;
        if (originator === 'remote') this.tell({ kind: 'peer-holds', id, on });
        else this.tell({ kind: on ? 'held' : 'resumed', id });
    }

    private watch(connection: RTCPeerConnection): void {
        connection.addEventListener('track', ({ track, streams }) => {
            this.heard = streams[0] ?? new MediaStream([track]);
            this.output.setStream(this.heard);
        });
        connection.addEventListener('iceconnectionstatechange', () => {
            this.iceFailed ||= connection.iceConnectionState === 'failed';
        });
        connection.addEventListener('connectionstatechange', () => {
            const state = connection.connectionState;
            if (state === 'connected') this.tellSound('flowing');
            if (state === 'disconnected' || state === 'failed') this.tellSound('interrupted');
        });
    }

    private tellSound(sound: 'flowing' | 'interrupted'): void {
        this.tell({ kind: 'sound', id: this.id, sound });
    }

    /** A description without a single address can bring no sound: there is no network here. */
    private onDescription(sdp: string): void {
        this.gathering.finish(sdp);
        if (this.gathering.count === 0 && !this.answered) this.fail('offline', 480);
    }

    /** JsSIP makes one offer at a time and says no in between, for instance to a quick hold, resume. */
    private reoffer(attempt: (session: RTCSession) => boolean, tries = 1): void {
        const { session } = this;
        if (session === undefined || !session.isEstablished() || attempt(session)) return;
        if (tries >= REOFFER_TRIES_MAX) return;
        setTimeout(() => this.reoffer(attempt, tries + 1), REOFFER_RETRY_MILLIS);
    }

    private terminate(status?: number): void {
        const { session } = this;
        if (session === undefined || session.isEnded()) return;
        session.terminate(status === undefined ? {} : { status_code: status });
    }

    private onEnd(event: EndEvent): void {
        const { direction, answered, asked, iceFailed } = this;
        const report = endReport(event as unknown as StackEnd, {
            direction,
            answered,
            asked,
            iceFailed,
        });
        this.end(causeOf(report), report.status);
    }

    private end(cause: EndCause, status?: number): void {
        if (this.ended) return;
        this.ended = true;
        this.gathering.cancel();
        this.output.close();
        if (this.microphone !== undefined) closeStream(this.microphone);
        this.tell({ kind: 'ended', id: this.id, cause, ...(status === undefined ? {} : { status }) });
    }
}
