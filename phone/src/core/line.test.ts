import { describe, expect, it } from 'vitest';
import { ANNA, Bench } from './bench';

describe('signing in', () => {
    it('opens the socket, registers, and is there', () => {
        const bench = new Bench().send({ kind: 'sign-in', account: ANNA });
        expect(bench.phone.line.kind).toBe('connecting');
        expect(bench.taken()).toEqual([{ kind: 'open', account: ANNA }]);

        bench.send({ kind: 'socket-opened' });
        expect(bench.phone.line.kind).toBe('registering');
        expect(bench.phone.signedIn).toBe(false);

        bench.send({ kind: 'registered' });
        expect(bench.phone.line).toEqual({ kind: 'registered', account: ANNA, since: 0 });
        expect(bench.phone.signedIn).toBe(true);
    });

    it.each([401, 403, 404, 407])('with a wrong password (status %i) goes back to the form', (status) => {
        const bench = new Bench().send({ kind: 'sign-in', account: ANNA }, { kind: 'socket-opened' });
        bench.taken();
        bench.send({ kind: 'refused', status });
        expect(bench.phone.line).toEqual({ kind: 'offline', fault: 'wrong-credentials' });
        expect(bench.taken()).toEqual([{ kind: 'close' }]);
    });

    it('keeps trying while the server cannot be reached, ever more patiently', () => {
        const bench = new Bench().send({ kind: 'sign-in', account: ANNA });
        bench.taken();
        const tries: number[] = [];
        for (let i = 0; i < 6; i++) {
            bench.send({ kind: 'socket-lost', fault: 'unreachable' });
            const { line } = bench.phone;
            if (line.kind !== 'waiting') throw new Error(line.kind);
            tries.push(line.retryAt - bench.now);
            bench.advance(line.retryAt - bench.now);
            expect(bench.taken()).toEqual([{ kind: 'reopen' }]);
        }
        expect(tries).toEqual([1000, 2000, 4000, 8000, 16000, 30000]);
    });

    it('says why when a busy server asks for patience, and registers again in its own time', () => {
        const bench = new Bench().send({ kind: 'sign-in', account: ANNA }, { kind: 'socket-opened' });
        bench.taken();
        bench.send({ kind: 'refused', status: 503, retryAfterSeconds: 10 });
        expect(bench.phone.line).toMatchObject({ kind: 'waiting', fault: 'overloaded', retryAt: 10_000 });
        expect(bench.advance(9_999).taken()).toEqual([]);
        expect(bench.advance(1).taken()).toEqual([{ kind: 'register' }]);
        expect(bench.phone.line.kind).toBe('registering');
    });

    it('does not trust a connection on which nobody answers, and makes a new one', () => {
        const bench = new Bench().send({ kind: 'sign-in', account: ANNA }, { kind: 'socket-opened' });
        bench.taken();
        bench.send({ kind: 'refused' });
        expect(bench.phone.line).toMatchObject({ kind: 'waiting', fault: 'silent' });
        expect(bench.taken()).toEqual([{ kind: 'abandon' }]);
        expect(bench.advance(1_000).taken()).toEqual([{ kind: 'reopen' }]);
    });

    it('can be called off', () => {
        const bench = new Bench().send({ kind: 'sign-in', account: ANNA }, { kind: 'sign-out' });
        expect(bench.phone.line).toEqual({ kind: 'offline' });
        bench.taken();
        bench.send({ kind: 'socket-opened' }, { kind: 'registered' }, { kind: 'tick' });
        expect(bench.phone.line).toEqual({ kind: 'offline' });
        expect(bench.taken()).toEqual([]);
    });
});

describe('a lost connection', () => {
    it('comes back by itself within about a second, and starts patient waiting anew each time', () => {
        const bench = new Bench().registered();
        for (let i = 0; i < 3; i++) {
            bench.send({ kind: 'socket-lost', fault: 'lost' });
            expect(bench.phone.line).toMatchObject({ kind: 'waiting', attempt: 1 });
            expect(bench.phone.signedIn).toBe(true);
            expect(bench.advance(1_000).taken()).toEqual([{ kind: 'reopen' }]);
            bench.send({ kind: 'socket-opened' }, { kind: 'registered' });
            expect(bench.phone.line.kind).toBe('registered');
        }
    });

    it('is tried at once when a person or a returning network says so', () => {
        const bench = new Bench().registered().send({ kind: 'socket-lost', fault: 'offline' });
        expect(bench.send({ kind: 'retry-now' }).taken()).toEqual([{ kind: 'reopen' }]);
        expect(bench.send({ kind: 'retry-now' }).taken()).toEqual([]);
    });

    it('noticed twice is still one loss', () => {
        const bench = new Bench().registered();
        bench.send({ kind: 'socket-lost', fault: 'lost' }, { kind: 'socket-lost', fault: 'lost' });
        expect(bench.phone.line).toMatchObject({ attempt: 1, retryAt: 1_000 });
    });

    it('does not end a call under way', () => {
        const bench = new Bench().registered().talking('a');
        bench.send({ kind: 'socket-lost', fault: 'lost' }).advance(1_000);
        expect(bench.phone.calls).toHaveLength(1);
        bench.send({ kind: 'socket-opened' }, { kind: 'refused', status: 403 });
        expect(bench.phone.line).toMatchObject({ kind: 'waiting', fault: 'wrong-credentials' });
        expect(bench.phone.calls).toHaveLength(1);
    });
});
