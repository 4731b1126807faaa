/** A phone on the bench: events in, virtual time, effects out. For tests. */

import type { Account } from './account';
import type { CallId } from './call';
import type { Phone, PhoneEffect, PhoneEvent } from './phone';
import { NEW_PHONE, onEvent, wakeAt } from './phone';

export const ANNA: Account = { user: '1001', domain: 'pbx.example', ws: 'wss://pbx.example/ws' };

export class Bench {
    phone: Phone = NEW_PHONE;
    now = 0;
    /** Effects since they were last taken. */
    private effects: PhoneEffect[] = [];

    send(...events: readonly PhoneEvent[]): this {
        for (const event of events) {
            const moment = { now: this.now, wallClock: 1_700_000_000_000 + this.now, random: 0.5 };
            const step = onEvent(this.phone, event, moment);
            this.phone = step.phone;
            this.effects.push(...step.effects);
        }
        return this;
    }

    /** Lets virtual time pass; the phone is woken exactly when it asked to be. */
    advance(millis: number): this {
        const end = this.now + millis;
        for (let due = wakeAt(this.phone); due !== undefined && due <= end; due = wakeAt(this.phone)) {
            this.now = Math.max(due, this.now);
            this.send({ kind: 'tick' });
        }
        this.now = end;
        return this;
    }

    taken(): PhoneEffect[] {
        return this.effects.splice(0);
    }

    registered(): this {
        this.send({ kind: 'sign-in', account: ANNA }, { kind: 'socket-opened' }, { kind: 'registered' });
        this.taken();
        return this;
    }

    incoming(id: CallId, number = '1002'): this {
        return this.send({ kind: 'incoming', id, peer: { number, name: '' } });
    }

    /** A call under way, its sound flowing. */
    talking(id: CallId): this {
        this.incoming(id).send({ kind: 'answer', id }, { kind: 'accepted', id });
        this.send({ kind: 'sound', id, sound: 'flowing' });
        this.taken();
        return this;
    }
}
