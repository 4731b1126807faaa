/** Why a call ended, as one of the few reasons a person can act on. */

/** Each of these has its sentence, and one thing to do, in every language (`i18n`). */
export const END_CAUSES = [
    'hung-up-by-me',
    'hung-up-by-peer',
    'cancelled-by-me',
    'declined-by-me',
    'missed',
    'answered-elsewhere',
    'busy',
    'declined',
    'no-answer',
    'unavailable',
    'not-found',
    'number-incomplete',
    'forbidden',
    'no-common-codec',
    'overloaded',
    'server-fault',
    'server-silent',
    'server-lost',
    'sound-lost',
    'offline',
    'mic-denied',
    'mic-missing',
    'mic-busy',
    'insecure-page',
    'browser-fault',
] as const;

export type EndCause = (typeof END_CAUSES)[number];

/** How a call ended, as told by the SIP stack. */
export interface EndReport {
    readonly by: 'us' | 'them' | 'system';
    readonly direction: 'out' | 'in';
    readonly answered: boolean;
    /** The final SIP status, where there was one: 300 to 699. */
    readonly status?: number;
    /** The Reason header (RFC 3326) of the message that ended it. */
    readonly reason?: string;
    /** What failed on this side of the wire, where nothing came over it. */
    readonly fault?: StackFault;
}

/** Failures inside the browser or on the way to the server. */
export type StackFault = 'transport' | 'timeout' | 'media-timeout' | 'media' | 'other';

export function causeOf(report: EndReport): EndCause {
    if (report.fault !== undefined) return causeOfFault(report.fault, report.by);
    if (report.by === 'us') return ownCause(report);
    const stated = report.reason === undefined ? undefined : causeOfReason(report.reason);
    if (report.answered) return stated ?? 'hung-up-by-peer';
    if (report.direction === 'in') return stated === 'answered-elsewhere' ? stated : 'missed';
    return causeOfStatus(report.status ?? 0) ?? stated ?? 'server-fault';
}

function ownCause(report: EndReport): EndCause {
    if (report.answered) return 'hung-up-by-me';
    return report.direction === 'in' ? 'declined-by-me' : 'cancelled-by-me';
}

function causeOfFault(fault: StackFault, by: EndReport['by']): EndCause {
    switch (fault) {
        case 'transport':
            return 'server-lost';
        case 'timeout':
            return 'server-silent';
        case 'media-timeout':
            return 'sound-lost';
        case 'media':
            // The other side's description could not be used: codecs or encryption did not meet.
            return by === 'them' ? 'no-common-codec' : 'browser-fault';
        case 'other':
            return 'browser-fault';
    }
}

/** The meaning of a final status (RFC 3261 §21); undefined for one that says nothing useful. */
export function causeOfStatus(status: number): EndCause | undefined {
    switch (status) {
        case 486:
        case 600:
            return 'busy';
        case 603:
        case 607:
        case 608:
            return 'declined';
        case 408:
        case 487:
            return 'no-answer';
        case 430:
        case 480:
            return 'unavailable';
        case 404:
        case 410:
        case 604:
            return 'not-found';
        case 416:
        case 484:
        case 485:
            return 'number-incomplete';
        case 401:
        case 402:
        case 403:
        case 407:
            return 'forbidden';
        case 415:
        case 488:
        case 606:
            return 'no-common-codec';
        case 503:
            return 'overloaded';
    }
    return status >= 300 && status < 700 ? 'server-fault' : undefined;
}

/** `Reason: SIP;cause=200` on a CANCEL: another phone of the same agent took the call (RFC 3326). */
function causeOfReason(header: string): EndCause | undefined {
    for (const value of header.split(',')) {
        const match = /^\s*(SIP|Q\.850)\s*(?:;[^,]*?)?;\s*cause\s*=\s*(\d{1,3})/i.exec(value);
        if (match === null) continue;
        const [, protocol = '', digits = ''] = match;
        const cause = Number(digits);
        const meaning = /^sip$/i.test(protocol) ? causeOfSipReason(cause) : causeOfQ850(cause);
        if (meaning !== undefined) return meaning;
    }
    return undefined;
}

function causeOfSipReason(cause: number): EndCause | undefined {
    if (cause === 200) return 'answered-elsewhere';
    // In an answered call 408 is the server's word for "no packets came any more".
    if (cause === 408) return 'sound-lost';
    return causeOfStatus(cause);
}

/** ITU-T Q.850 causes that gateways pass on; 16 and 31 are the ordinary end of a call. */
function causeOfQ850(cause: number): EndCause | undefined {
    switch (cause) {
        case 1:
        case 2:
        case 3:
        case 22:
            return 'not-found';
        case 17:
            return 'busy';
        case 18:
        case 19:
            return 'no-answer';
        case 20:
        case 27:
            return 'unavailable';
        case 21:
            return 'declined';
        case 28:
            return 'number-incomplete';
        case 34:
        case 42:
            return 'overloaded';
        case 38:
        case 41:
            return 'server-fault';
        case 65:
        case 79:
        case 88:
            return 'no-common-codec';
    }
    return undefined;
}
