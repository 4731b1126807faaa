/**
 * Runs the phone: feeds it events, performs its effects, wakes it when it asked to be.
 *
 * The only place where the state machine of `core` meets the browser. It decides nothing itself.
 */

import type { RTCSession } from 'jssip/lib/RTCSession';
import type { Account } from '../core/account';
import type { CallId } from '../core/call';
import type { Phone, PhoneEffect, PhoneEvent } from '../core/phone';
import { NEW_PHONE, heardCall, onEvent, toneOf, wakeAt } from '../core/phone';
import type { Levels } from './call-watch';
import { CallWatch, REPORT_EVERY_MILLIS } from './call-watch';
import type { DeviceUse } from './devices';
import { Devices } from './devices';
import type { MicrophoneResult } from './microphone';
import { Microphone } from './microphone';
import { SipCall } from './sip-call';
import { SipLine } from './sip-line';
import { TonePlayer } from './tone-player';

interface LiveCall {
    readonly sip: SipCall;
    readonly watch: CallWatch;
}

const SILENCE: Levels = { mine: 0, theirs: 0 };

export class PhoneDriver {
    readonly tones = new TonePlayer();
    readonly microphone = new Microphone(() => this.notify());
    readonly devices = new Devices(() => this.onDevices());
    private state: Phone = NEW_PHONE;
    private password = '';
    private readonly line: SipLine;
    private readonly calls = new Map<CallId, LiveCall>();
    private readonly listeners = new Set<() => void>();
    private readonly queue: PhoneEvent[] = [];
    private running = false;
    private wakeTimer: ReturnType<typeof setTimeout> | undefined;
    private reportTimer: ReturnType<typeof setInterval> | undefined;
    private callsMade = 0;

    constructor() {
        this.line = new SipLine({
            line: (event) => this.send(event),
            incoming: (session) => this.onIncoming(session),
        });
        addEventListener('online', () => this.onNetworkChange());
        addEventListener('offline', () => this.line.probe());
        addEventListener('pagehide', () => this.send({ kind: 'sign-out' }));
        document.addEventListener('visibilitychange', () => this.line.probe());
        void this.devices.refresh();
    }

    get phone(): Phone {
        return this.state;
    }

    /** Calls back after every change; returns how to stop that. */
    subscribe(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    signIn(account: Account, password: string): void {
        this.password = password;
        this.send({ kind: 'sign-in', account });
        this.password = '';
    }

    dial(number: string): void {
        this.send({ kind: 'dial', id: this.nextId(), number });
    }

    /** Takes an event; those that come while another is at work wait for their turn. */
    send(event: PhoneEvent): void {
        this.queue.push(event);
        if (this.running) return;
        this.running = true;
        try {
            for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
                this.step(next);
            }
        } finally {
            this.running = false;
        }
        this.settle();
    }

    /** Opens the chosen microphone. Once it was allowed, browsers also tell the devices' names. */
    async openMicrophone(): Promise<MicrophoneResult> {
        const result = await this.microphone.open(this.devices.current('microphone'));
        void this.devices.refresh();
        return result;
    }

    /** Uses this device from now on; a call under way changes over. */
    async choose(use: DeviceUse, id: string): Promise<void> {
        this.devices.choose(use, id);
        if (use !== 'microphone') return;
        for (const { sip } of this.calls.values()) {
            if (sip.connection() === undefined) continue;
            const microphone = await this.openMicrophone();
            if (microphone.kind === 'stream') await sip.changeMicrophone(microphone.stream);
        }
    }

    levels(id: CallId): Levels {
        return this.calls.get(id)?.watch.levels() ?? SILENCE;
    }

    /** Raw statistics of each live call, for tests and for support. */
    async statistics(): Promise<CallStatistics[]> {
        const all = [...this.calls].map(async ([id, { sip }]) => {
            const stats = await sip.connection()?.getStats();
            const { millis: gatherMillis, count: candidates } = sip.gathering;
            return { id, gatherMillis, candidates, report: [...(stats?.values() ?? [])] };
        });
        return Promise.all(all);
    }

    private step(event: PhoneEvent): void {
        const moment = { now: performance.now(), wallClock: Date.now(), random: Math.random() };
        const { phone, effects } = onEvent(this.state, event, moment);
        this.state = phone;
        if (event.kind === 'ended') this.forget(event.id);
        for (const effect of effects) this.perform(effect);
    }

    private perform(effect: PhoneEffect): void {
        switch (effect.kind) {
            case 'open':
                return this.line.open(effect.account, this.password);
            case 'reopen':
                return this.line.reopen();
            case 'register':
                return this.line.register();
            case 'abandon':
                return this.line.abandon();
            case 'close':
                return this.line.close();
            case 'dial':
                return void this.startDialing(effect.id, effect.number);
            case 'answer':
                return void this.startAnswering(effect.id);
            case 'reject':
                return this.calls.get(effect.id)?.sip.reject(effect.status);
            case 'hang-up':
                return this.calls.get(effect.id)?.sip.hangUp();
            case 'mute':
                return this.calls.get(effect.id)?.sip.mute(effect.on);
            case 'hold':
                return this.calls.get(effect.id)?.sip.hold();
            case 'resume':
                return this.calls.get(effect.id)?.sip.resume();
            case 'press':
                this.tones.key(effect.key);
                return this.calls.get(effect.id)?.sip.press(effect.key);
            case 'restart-ice':
                return this.calls.get(effect.id)?.sip.restartIce();
            case 'sound-ended':
                return this.tones.ended();
        }
    }

    /** What follows from the state alone: which call is heard, what sounds, when to wake. */
    private settle(): void {
        const heard = heardCall(this.state);
        for (const [id, { sip }] of this.calls) sip.output.setMuted(id !== heard);
        this.tones.play(toneOf(this.state));
        this.armTimers();
        this.notify();
    }

    private notify(): void {
        for (const listener of this.listeners) listener();
    }

    private armTimers(): void {
        clearTimeout(this.wakeTimer);
        const due = wakeAt(this.state);
        if (due !== undefined) {
            const wait = Math.max(0, due - performance.now());
            this.wakeTimer = setTimeout(() => this.send({ kind: 'tick' }), wait);
        }
        if (this.calls.size > 0) {
            this.reportTimer ??= setInterval(() => void this.reportAll(), REPORT_EVERY_MILLIS);
        } else {
            clearInterval(this.reportTimer);
            this.reportTimer = undefined;
        }
    }

    private async reportAll(): Promise<void> {
        for (const [id, { watch }] of this.calls) {
            this.send({ kind: 'sound-report', id, report: await watch.report() });
        }
    }

    private onIncoming(session: RTCSession): void {
        const { uri, display_name: name } = session.remote_identity;
        const { sip } = this.newCall(this.nextId(), 'in');
        sip.adopt(session);
        const peer = { number: decodedUser(uri.user), name: name ?? '' };
        this.send({ kind: 'incoming', id: sip.id, peer });
    }

    private async startDialing(id: CallId, number: string): Promise<void> {
        const { sip } = this.newCall(id, 'out');
        const microphone = await this.openMicrophone();
        const agent = this.line.agent();
        if (microphone.kind === 'problem') sip.fail(microphone.problem, 480);
        else if (agent === undefined) sip.hangUp();
        else sip.dial(agent, number, microphone.stream);
    }

    private async startAnswering(id: CallId): Promise<void> {
        const sip = this.calls.get(id)?.sip;
        const microphone = await this.openMicrophone();
        if (microphone.kind === 'problem') sip?.fail(microphone.problem, 480);
        else sip?.answer(microphone.stream);
    }

    private newCall(id: CallId, direction: 'in' | 'out'): LiveCall {
        const sip = new SipCall(id, direction, (event) => this.send(event));
        void sip.output.setDevice(this.devices.current('speaker'));
        const call = { sip, watch: new CallWatch(sip, () => this.tones.audioContext()) };
        this.calls.set(id, call);
        return call;
    }

    private forget(id: CallId): void {
        this.calls.get(id)?.watch.close();
        this.calls.delete(id);
    }

    private onNetworkChange(): void {
        this.line.probe();
        this.send({ kind: 'retry-now' });
    }

    /** Everything that sounds moves over at once, calls under way included. */
    private onDevices(): void {
        const speaker = this.devices.current('speaker');
        for (const { sip } of this.calls.values()) void sip.output.setDevice(speaker);
        this.tones.setDevices(speaker, this.devices.current('ring'));
        this.notify();
    }

    private nextId(): CallId {
        this.callsMade += 1;
        return `call-${this.callsMade}`;
    }
}

export interface CallStatistics {
    readonly id: CallId;
    readonly gatherMillis: number | undefined;
    readonly candidates: number;
    readonly report: readonly unknown[];
}

/** JsSIP hands over the user part escaped, as it stood in the message. */
function decodedUser(user: string): string {
    try {
        return decodeURIComponent(user);
    } catch {
        return user;
    }
}
