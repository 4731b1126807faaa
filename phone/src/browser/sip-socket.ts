/**
 * The WebSocket under the SIP stack, with three things JsSIP's own has not: it opens when the
 * phone's state machine says so, it notices a server that has silently gone, and it reports both.
 */

import type { Socket } from 'jssip';
import type { KeepAlive } from '../core/keepalive';
import { askNow, heard, pinged, startKeepAlive, verdict, wakeAt } from '../core/keepalive';

const PING = '\r\n\r\n';
const PONG = '\r\n';
/** A server behind a firewall that drops packets would keep the browser waiting for minutes. */
const OPEN_WITHIN_MILLIS = 10_000;

export interface SocketListener {
    opened(): void;
    /** `wasOpen`: the connection broke; otherwise it never came about. */
    lost(wasOpen: boolean): void;
}

export class SipSocket implements Socket {
    via_transport: string;
    readonly sip_uri: string;
    private ws: WebSocket | undefined;
    /** JsSIP asks for a connection on a clock of its own; it is told once both agree. */
    private wanted = false;
    private told = false;
    private keepAlive: KeepAlive | undefined;
    private keepAliveTimer: ReturnType<typeof setTimeout> | undefined;
    private openTimer: ReturnType<typeof setTimeout> | undefined;

    constructor(
        readonly url: string,
        private readonly listener: SocketListener,
    ) {
        const { protocol, host } = new URL(url);
        this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS';
        this.sip_uri = `sip:${host};transport=ws`;
    }

    /** Makes one attempt, unless there already is a connection or an attempt. */
    open(): void {
        if (this.ws !== undefined) return;
        const ws = new WebSocket(this.url, 'sip');
        ws.binaryType = 'arraybuffer';
        this.ws = ws;
        ws.onopen = () => this.onOpen(ws);
        ws.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.onMessage(event.data);
        ws.onclose = (event) => this.onClose(ws, event.code, event.reason);
        this.openTimer = setTimeout(() => this.giveUp(ws), OPEN_WITHIN_MILLIS);
    }

    /** Drops the connection without a word to the listener, who has asked for it. */
    abandon(): void {
        if (this.ws !== undefined) this.lose(this.ws, 1006, '');
    }

    /** Asks the server for a sign of life now; a dead connection is then found in seconds. */
    probe(): void {
        if (this.keepAlive === undefined) return;
        this.keepAlive = askNow(this.keepAlive, performance.now());
        this.attend();
    }

    // What JsSIP calls.

    connect(): void {
        this.wanted = true;
        this.tellOpen();
    }

    disconnect(): void {
        this.wanted = false;
        this.told = false;
        if (this.ws !== undefined) this.drop(this.ws);
    }

    send(message: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): boolean {
        if (!this.isConnected()) return false;
        this.ws?.send(message as string);
        return true;
    }

    isConnected(): boolean {
        return this.ws?.readyState === WebSocket.OPEN;
    }

    isConnecting(): boolean {
        return this.ws?.readyState === WebSocket.CONNECTING;
    }

    // JsSIP puts its own functions in these places.
    onconnect(): void {}
    ondisconnect(_error: boolean, _code?: number, _reason?: string): void {}
    ondata<T>(_event: T): void {}

    private onOpen(ws: WebSocket): void {
        if (ws !== this.ws) return;
        clearTimeout(this.openTimer);
        this.keepAlive = startKeepAlive(performance.now());
        this.attend();
        this.tellOpen();
    }

    private tellOpen(): void {
        if (!this.wanted || this.told || !this.isConnected()) return;
        this.told = true;
        this.listener.opened();
        this.onconnect();
    }

    private onMessage(data: string | ArrayBuffer): void {
        if (this.keepAlive === undefined) return;
        this.keepAlive = heard(this.keepAlive, data === PONG);
        this.ondata(data);
    }

    private onClose(ws: WebSocket, code: number, reason: string): void {
        if (ws !== this.ws) return;
        this.listener.lost(this.lose(ws, code, reason));
    }

    /** Lets JsSIP know, if it ever knew of the connection; returns whether it did. */
    private lose(ws: WebSocket, code: number, reason: string): boolean {
        const wasTold = this.told;
        this.drop(ws);
        this.told = false;
        if (!wasTold) return false;
        this.wanted = false;
        this.ondisconnect(true, code, reason);
        return true;
    }

    /** The browser takes minutes to close a connection nobody answers on; we don't wait for it. */
    private giveUp(ws: WebSocket): void {
        this.onClose(ws, 1006, '');
    }

    private drop(ws: WebSocket): void {
        clearTimeout(this.openTimer);
        clearTimeout(this.keepAliveTimer);
        this.keepAlive = undefined;
        this.ws = undefined;
        ws.onopen = ws.onmessage = ws.onclose = null;
        ws.close();
    }

    private attend(): void {
        clearTimeout(this.keepAliveTimer);
        if (this.keepAlive === undefined || this.ws === undefined) return;
        const now = performance.now();
        switch (verdict(this.keepAlive, now)) {
            case 'dead':
                this.giveUp(this.ws);
                return;
            case 'ping':
                this.ws.send(PING);
                this.keepAlive = pinged(this.keepAlive, now);
                break;
            case 'wait':
                break;
        }
        const wait = Math.max(0, wakeAt(this.keepAlive) - now);
        this.keepAliveTimer = setTimeout(() => this.attend(), wait);
    }
}
