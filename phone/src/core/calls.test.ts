import { describe, expect, it } from 'vitest';
import { Bench } from './bench';
import { MIC_SILENT_MILLIS, NOTHING_RECEIVED_MILLIS } from './call';
import { RECENT_MAX } from './calls';
import { activeCall, heardCall, heldCalls, incomingCalls, isTalking, toneOf } from './phone';

describe('calling out', () => {
    it('goes from dialling over ringing to talking', () => {
        const bench = new Bench().registered().send({ kind: 'dial', id: 'a', number: '6 0-0' });
        expect(bench.taken()).toEqual([{ kind: 'dial', id: 'a', number: '600' }]);
        expect(activeCall(bench.phone)?.stage).toEqual({ kind: 'dialing' });
        expect(toneOf(bench.phone)).toBe('none');

        bench.send({ kind: 'progress', id: 'a', earlyMedia: false });
        expect(toneOf(bench.phone)).toBe('ringback');

        bench.advance(4_000).send({ kind: 'accepted', id: 'a' });
        expect(activeCall(bench.phone)?.stage).toEqual({ kind: 'talking', since: 4_000 });
        expect(toneOf(bench.phone)).toBe('none');
        expect(isTalking(bench.phone)).toBe(true);
    });

    it('lets the network be heard instead of our own ringback, once it has something to say', () => {
        const bench = new Bench().registered().send(
            { kind: 'dial', id: 'a', number: '9123' },
            { kind: 'progress', id: 'a', earlyMedia: true },
            { kind: 'progress', id: 'a', earlyMedia: false },
        );
        expect(toneOf(bench.phone)).toBe('none');
        expect(heardCall(bench.phone)).toBe('a');
    });

    it('is not tried without a number, without a server, or into a running call', () => {
        const nothing = new Bench().registered().send({ kind: 'dial', id: 'a', number: ' - ' });
        const noServer = new Bench().send({ kind: 'dial', id: 'a', number: '600' });
        const inCall = new Bench().registered().talking('x');
        inCall.send({ kind: 'dial', id: 'a', number: '600' });
        for (const bench of [nothing, noServer, inCall]) expect(bench.taken()).toEqual([]);
    });

    it('that fails is told with its reason, until the next call', () => {
        const bench = new Bench().registered().send(
            { kind: 'dial', id: 'a', number: '1002' },
            { kind: 'ended', id: 'a', cause: 'busy', status: 486 },
        );
        expect(bench.phone.calls).toEqual([]);
        expect(bench.phone.active).toBeUndefined();
        expect(bench.phone.lastEnded).toMatchObject({ cause: 'busy', status: 486 });
        expect(bench.phone.lastEnded).not.toHaveProperty('talkedMillis');

        bench.send({ kind: 'dial', id: 'b', number: '1003' });
        expect(bench.phone.lastEnded).toBeUndefined();
        expect(bench.phone.recent).toHaveLength(1);
    });

    it('can be given up at any time before it is over', () => {
        const bench = new Bench().registered().send({ kind: 'dial', id: 'a', number: '1002' });
        bench.taken();
        expect(bench.send({ kind: 'hang-up', id: 'a' }).taken()).toEqual([
            { kind: 'hang-up', id: 'a' },
        ]);
    });
});

describe('an incoming call', () => {
    it('rings, is answered, and stops ringing at that moment', () => {
        const bench = new Bench().registered().incoming('a');
        expect(toneOf(bench.phone)).toBe('ring');
        expect(heardCall(bench.phone)).toBeUndefined();

        bench.send({ kind: 'answer', id: 'a' });
        expect(bench.taken()).toEqual([{ kind: 'answer', id: 'a' }]);
        expect(toneOf(bench.phone)).toBe('none');

        bench.send({ kind: 'answer', id: 'a' });
        expect(bench.taken()).toEqual([]);
    });

    it('can be declined as busy', () => {
        const bench = new Bench().registered().incoming('a').send({ kind: 'reject', id: 'a' });
        expect(bench.taken()).toEqual([{ kind: 'reject', id: 'a', status: 486 }]);
    });

    it('that was missed leaves its number behind', () => {
        const bench = new Bench().registered().incoming('a', '+74951234567');
        bench.send({ kind: 'ended', id: 'a', cause: 'missed' });
        expect(bench.phone.recent[0]?.peer.number).toBe('+74951234567');
        expect(toneOf(bench.phone)).toBe('none');
    });
});

describe('a second caller', () => {
    it('knocks softly, and answering holds the first', () => {
        const bench = new Bench().registered().talking('a').incoming('b');
        expect(toneOf(bench.phone)).toBe('waiting');
        expect(heardCall(bench.phone)).toBe('a');

        bench.send({ kind: 'answer', id: 'b' });
        expect(bench.taken()).toEqual([
            { kind: 'hold', id: 'a' },
            { kind: 'answer', id: 'b' },
        ]);
        bench.send({ kind: 'held', id: 'a' }, { kind: 'accepted', id: 'b' });
        expect(heardCall(bench.phone)).toBe('b');
        expect(heldCalls(bench.phone).map((call) => call.id)).toEqual(['a']);
    });

    it('can be swapped with the first, back and forth', () => {
        const bench = new Bench().registered().talking('a').talking('b');
        bench.send({ kind: 'held', id: 'a' });
        bench.send({ kind: 'resume', id: 'a' });
        expect(bench.taken()).toEqual([
            { kind: 'hold', id: 'b' },
            { kind: 'resume', id: 'a' },
        ]);
        bench.send({ kind: 'held', id: 'b' }, { kind: 'resumed', id: 'a' });
        expect(heardCall(bench.phone)).toBe('a');
        expect(heldCalls(bench.phone).map((call) => call.id)).toEqual(['b']);
    });

    it('takes the place of a call that was only being dialled', () => {
        const bench = new Bench().registered().send({ kind: 'dial', id: 'a', number: '1002' });
        bench.taken();
        bench.incoming('b').send({ kind: 'answer', id: 'b' });
        expect(bench.taken()).toEqual([
            { kind: 'hang-up', id: 'a' },
            { kind: 'answer', id: 'b' },
        ]);
    });

    it('leaves the held one in hand, and on hold, when it ends', () => {
        const bench = new Bench().registered().talking('a').talking('b');
        bench.send({ kind: 'held', id: 'a' });
        bench.send({ kind: 'ended', id: 'b', cause: 'hung-up-by-peer' });
        expect(activeCall(bench.phone)?.id).toBe('a');
        expect(heardCall(bench.phone)).toBeUndefined();
        expect(bench.send({ kind: 'resume', id: 'a' }).taken()).toContainEqual({
            kind: 'resume',
            id: 'a',
        });
    });

    it('may knock while two are there; the fourth hears busy', () => {
        const bench = new Bench().registered().talking('a').incoming('b').incoming('c');
        expect(incomingCalls(bench.phone)).toHaveLength(2);
        expect(bench.incoming('d').taken()).toEqual([{ kind: 'reject', id: 'd', status: 486 }]);
    });
});

describe('in a call', () => {
    it('mute is remembered per call', () => {
        const bench = new Bench().registered().talking('a').send({ kind: 'mute', id: 'a', on: true });
        expect(bench.taken()).toEqual([{ kind: 'mute', id: 'a', on: true }]);
        expect(bench.send({ kind: 'mute', id: 'a', on: true }).taken()).toEqual([]);
        expect(activeCall(bench.phone)?.muted).toBe(true);
    });

    it('hold takes effect when the far side has agreed', () => {
        const bench = new Bench().registered().talking('a').send({ kind: 'hold', id: 'a' });
        expect(bench.taken()).toEqual([{ kind: 'hold', id: 'a' }]);
        expect(activeCall(bench.phone)?.stage.kind).toBe('talking');
        bench.advance(5_000).send({ kind: 'held', id: 'a' });
        expect(activeCall(bench.phone)?.stage).toEqual({ kind: 'held', since: 0 });
    });

    it('hold is not tried without a server, since a failed re-INVITE would end the call', () => {
        const bench = new Bench().registered().talking('a').send({ kind: 'socket-lost', fault: 'lost' });
        expect(bench.send({ kind: 'hold', id: 'a' }).taken()).toEqual([]);
    });

    it('keys go out one by one, and only where there is somebody to hear them', () => {
        const bench = new Bench().registered().talking('a');
        bench.send({ kind: 'press', id: 'a', key: '5' }, { kind: 'press', id: 'a', key: '#' });
        expect(bench.taken()).toEqual([
            { kind: 'press', id: 'a', key: '5' },
            { kind: 'press', id: 'a', key: '#' },
        ]);
        expect(activeCall(bench.phone)?.keys).toBe('5#');
        bench.send({ kind: 'held', id: 'a' }, { kind: 'press', id: 'a', key: '1' });
        expect(bench.taken()).toEqual([]);
    });

    it('its length counts from the answer', () => {
        const bench = new Bench().registered().incoming('a').advance(7_000);
        bench.send({ kind: 'answer', id: 'a' }, { kind: 'accepted', id: 'a' }).advance(61_000);
        bench.taken();
        bench.send({ kind: 'ended', id: 'a', cause: 'hung-up-by-peer' });
        expect(bench.phone.lastEnded?.talkedMillis).toBe(61_000);
        expect(bench.taken()).toEqual([{ kind: 'sound-ended' }]);
    });

    it('events of calls long gone change nothing', () => {
        const bench = new Bench().registered();
        const before = bench.phone;
        bench.send(
            { kind: 'accepted', id: 'ghost' },
            { kind: 'ended', id: 'ghost', cause: 'busy' },
            { kind: 'press', id: 'ghost', key: '1' },
        );
        expect(bench.phone).toBe(before);
        expect(bench.taken()).toEqual([]);
    });

    it(`remembers the last ${RECENT_MAX} calls, newest first`, () => {
        const bench = new Bench().registered();
        for (let i = 0; i < RECENT_MAX + 5; i++) {
            bench.incoming(`${i}`, `${i}`).send({ kind: 'ended', id: `${i}`, cause: 'missed' });
        }
        expect(bench.phone.recent).toHaveLength(RECENT_MAX);
        expect(bench.phone.recent[0]?.peer.number).toBe(`${RECENT_MAX + 4}`);
    });
});

describe('a sound that breaks off', () => {
    const RESTART = [{ kind: 'restart-ice', id: 'a' }];

    it('is looked for on a new path after 2 s, then every 5 s, until it flows (RFC 8445 §9)', () => {
        const bench = new Bench().registered().talking('a');
        bench.send({ kind: 'sound', id: 'a', sound: 'interrupted' });
        expect(bench.advance(1_999).taken()).toEqual([]);
        expect(bench.advance(1).taken()).toEqual(RESTART);
        expect(bench.advance(5_000).taken()).toEqual(RESTART);
        bench.send({ kind: 'sound', id: 'a', sound: 'flowing' });
        expect(bench.advance(60_000).taken()).toEqual([]);
    });

    it('waits for the server to come back, and then does not lose another moment', () => {
        const bench = new Bench().registered().talking('a');
        bench.send({ kind: 'sound', id: 'a', sound: 'interrupted' });
        bench.send({ kind: 'socket-lost', fault: 'lost' }).advance(1_000);
        expect(bench.taken()).toEqual([{ kind: 'reopen' }]);
        bench.advance(9_000).send({ kind: 'socket-opened' }, { kind: 'registered' });
        expect(bench.advance(0).taken()).toEqual(RESTART);
    });
});

describe('a silence is explained', () => {
    function report(bench: Bench, packets: number, micSilent: boolean): void {
        bench.send({ kind: 'sound-report', id: 'a', report: { packets, micSilent } });
    }

    it('when nothing comes from the far side', () => {
        const bench = new Bench().registered().talking('a');
        report(bench, 50, false);
        bench.advance(NOTHING_RECEIVED_MILLIS);
        report(bench, 50, false);
        expect(activeCall(bench.phone)?.hint).toBe('nothing-received');
        report(bench, 51, false);
        expect(activeCall(bench.phone)?.hint).toBeUndefined();
    });

    it('but not while the far side holds us, nor while we hold it', () => {
        const bench = new Bench().registered().talking('a');
        bench.send({ kind: 'peer-holds', id: 'a', on: true }).advance(NOTHING_RECEIVED_MILLIS);
        report(bench, 0, false);
        expect(activeCall(bench.phone)?.hint).toBeUndefined();
        bench.send({ kind: 'peer-holds', id: 'a', on: false }, { kind: 'held', id: 'a' });
        report(bench, 0, false);
        expect(activeCall(bench.phone)?.hint).toBeUndefined();
    });

    it('when the microphone gives nothing but zeros, unless it is muted here', () => {
        const bench = new Bench().registered().talking('a');
        let packets = 0;
        const listen = (seconds: number): void => {
            for (let i = 0; i < seconds; i++) {
                bench.advance(1_000);
                report(bench, (packets += 50), true);
            }
        };
        bench.send({ kind: 'mute', id: 'a', on: true });
        listen(20);
        expect(activeCall(bench.phone)?.hint).toBeUndefined();
        bench.send({ kind: 'mute', id: 'a', on: false });
        listen(MIC_SILENT_MILLIS / 1_000);
        expect(activeCall(bench.phone)?.hint).toBeUndefined();
        listen(1);
        expect(activeCall(bench.phone)?.hint).toBe('mic-silent');
        bench.send({ kind: 'held', id: 'a' });
        listen(20);
        bench.send({ kind: 'resumed', id: 'a' });
        listen(1);
        expect(activeCall(bench.phone)?.hint).toBeUndefined();
    });
});
