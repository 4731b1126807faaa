/** Registration: JsSIP's user agent on our socket, its events turned into the phone's. */

import { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { RTCSessionEvent, UnRegisteredEvent } from 'jssip/lib/UA';
import type { Account } from '../core/account';
import type { LineEvent } from '../core/line';
import { lossFault } from './network';
import { SipSocket } from './sip-socket';

/** The server hears of us again well within this time; it drops the flow at once when it closes. */
const REGISTER_EXPIRES_SECONDS = 300;
/** How long a call may ring here before JsSIP ends it; queues and the server decide much sooner. */
const RING_MAX_SECONDS = 300;

export interface LineListener {
    line(event: LineEvent): void;
    incoming(session: RTCSession): void;
}

export class SipLine {
    private ua: UA | undefined;
    private socket: SipSocket | undefined;

    constructor(private readonly listener: LineListener) {}

    /** Signs in. The password goes into the SIP stack's memory and is kept nowhere else. */
    open(account: Account, password: string): void {
        this.close();
        const socket = new SipSocket(account.ws, {
            opened: () => this.tell(ua, { kind: 'socket-opened' }),
            lost: (wasOpen) => void this.onLost(ua, wasOpen),
        });
        const ua: UA = new UA({
            sockets: socket,
            uri: `sip:${encodeURIComponent(account.user)}@${account.domain}`,
            authorization_user: account.user,
            password,
            register_expires: REGISTER_EXPIRES_SECONDS,
            no_answer_timeout: RING_MAX_SECONDS,
            // JsSIP would send a refresh every 45 s, and end the call if the server is away just
            // then. Dead calls are found by their media (RFC 7675); the server may refresh (RFC 4028).
            session_timers: false,
            // When to reconnect is the phone's own decision; JsSIP is merely to ask without delay.
            connection_recovery_min_interval: 1,
            connection_recovery_max_interval: 1,
            user_agent: 'Jackfield phone',
        });
        ua.on('registered', () => this.tell(ua, { kind: 'registered' }));
        ua.on('registrationFailed', (event) => this.onRefused(ua, event));
        ua.on('newRTCSession', (event: RTCSessionEvent) => {
            if (event.session.direction === 'incoming') this.listener.incoming(event.session);
        });
        this.ua = ua;
        this.socket = socket;
        ua.start();
        socket.open();
    }

    reopen(): void {
        this.socket?.open();
    }

    abandon(): void {
        this.socket?.abandon();
    }

    register(): void {
        this.ua?.register();
    }

    probe(): void {
        this.socket?.probe();
    }

    close(): void {
        const { ua } = this;
        this.ua = undefined;
        this.socket = undefined;
        ua?.stop();
    }

    /** The stack to call with; undefined while signed out. */
    agent(): UA | undefined {
        return this.ua;
    }

    private async onLost(ua: UA, wasOpen: boolean): Promise<void> {
        const fault = await lossFault(wasOpen);
        this.tell(ua, { kind: 'socket-lost', fault });
    }

    private onRefused(ua: UA, event: UnRegisteredEvent): void {
        // A connection that broke in the middle is told by the socket.
        if (event.cause === 'Connection Error') return;
        const { response } = event as { response: UnRegisteredEvent['response'] | null };
        const retryAfter = Number.parseInt(response?.getHeader('retry-after') ?? '', 10);
        this.tell(ua, {
            kind: 'refused',
            ...(response === null ? {} : { status: response.status_code }),
            ...(Number.isNaN(retryAfter) ? {} : { retryAfterSeconds: retryAfter }),
        });
    }

    /** A stack that was signed out has nothing more to say. */
    private tell(ua: UA, event: LineEvent): void {
        if (ua === this.ua) this.listener.line(event);
    }
}
