/** What is going on, in one sentence. Pure: a phone and a language in, words out. */

import type { Call, EndedCall, Peer } from '../core/call';
import type { Phone } from '../core/phone';
import { account, activeCall, incomingCalls } from '../core/phone';
import type { Explanation, Messages } from './messages';

/** How a person is called in a sentence: by name where one came with the call. */
export function peerName(peer: Peer): string {
    return peer.name === '' ? peer.number : peer.name;
}

/** The state of the line in a few words, for the corner that is always on the screen. */
export function lineWords(phone: Phone, t: Messages): string {
    switch (phone.line.kind) {
        case 'offline':
            return t.line.offline;
        case 'connecting':
            return t.line.connecting;
        case 'registering':
            return t.line.registering;
        case 'registered':
            return t.line.registered(phone.line.account.user);
        case 'waiting':
            return t.line.faults[phone.line.fault].what;
    }
}

/** The one sentence about what is going on now; how a call ended is told by `endedWords`. */
export function nowWords(phone: Phone, t: Messages): string {
    const ringing = incomingCalls(phone)[0];
    if (ringing !== undefined) return t.words.incoming(peerName(ringing.peer));
    const call = activeCall(phone);
    if (call !== undefined) return callWords(call, t);
    const user = account(phone)?.user ?? '';
    return phone.line.kind === 'registered' ? t.words.ready(user) : lineWords(phone, t);
}

export function callWords(call: Call, t: Messages): string {
    const peer = peerName(call.peer);
    switch (call.stage.kind) {
        case 'dialing':
            return t.words.dialing(peer);
        case 'ringing':
            return call.stage.earlyMedia ? t.words.earlyMedia(peer) : t.words.ringing(peer);
        case 'incoming':
            return t.words.incoming(peer);
        case 'answering':
            return t.words.answering(peer);
        case 'held':
            return t.words.held(peer);
        case 'talking':
            return talkingWords(call, peer, t);
    }
}

/** The most pressing thing first: what stops the talk comes before what merely describes it. */
function talkingWords(call: Call, peer: string, t: Messages): string {
    if (call.sound === 'interrupted') return t.words.soundInterrupted;
    if (call.sound === 'starting') return t.words.soundStarting(peer);
    if (call.peerHolds) return t.words.heldByPeer(peer);
    if (call.muted) return t.words.muted(peer);
    return t.words.talking(peer);
}

export function endedWords(call: EndedCall, t: Messages): Explanation {
    return t.ended[call.cause];
}

/** `3:27`, `1:02:03`; never negative. */
export function durationText(millis: number): string {
    const seconds = Math.max(0, Math.floor(millis / 1_000));
    const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (n: number): string => String(n).padStart(2, '0');
    return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `14:05` in the reader's own way of writing time. */
export function timeText(wallClock: number, t: Messages): string {
    const format = new Intl.DateTimeFormat(t.locale, { hour: '2-digit', minute: '2-digit' });
    return format.format(wallClock);
}
