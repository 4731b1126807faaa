/** Who signs in, and where: what the sign-in form means once it has been read. */

/** A phone's account. The password is no part of it: it goes to the SIP stack and nowhere else. */
export interface Account {
    readonly user: string;
    readonly domain: string;
    /** SIP over WebSocket (RFC 7118): `ws://` or `wss://`. */
    readonly ws: string;
}

/** The fields of the form as typed. Empty `domain` and `ws` mean "the usual ones". */
export interface SignInForm {
    readonly user: string;
    readonly password: string;
    readonly domain: string;
    readonly ws: string;
}

/** Where the page itself came from; the same fields as the browser's `location`. */
export interface PageAddress {
    readonly protocol: string;
    readonly host: string;
    readonly hostname: string;
}

export type FormProblem =
    | 'user-missing'
    | 'user-invalid'
    | 'password-missing'
    | 'domain-invalid'
    | 'ws-invalid'
    | 'ws-not-encrypted';

export type FormResult =
    | { readonly kind: 'account'; readonly account: Account }
    | { readonly kind: 'problem'; readonly problem: FormProblem };

const USER_LENGTH_MAX = 64;
const DOMAIN = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/i;
const WS_URL = /^wss?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?(\/[^\s"<>]*)?$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** The PBX that served the page answers SIP on the same host, path `/ws`, encrypted if the page is. */
export function usualWs(page: PageAddress): string {
    return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/ws`;
}

/** The host a WebSocket address points to, without its port; undefined where it is no such address. */
export function hostOfWs(ws: string): string | undefined {
    return WS_URL.exec(ws)?.[1];
}

/** Reads the form. `user@domain` in the user field fills an empty domain. */
export function readForm(form: SignInForm, page: PageAddress): FormResult {
    const [user = '', typedDomain = ''] = splitUser(form.user);
    if (user === '') return problem('user-missing');
    if (user.length > USER_LENGTH_MAX || /[\s"<>@:;?]/.test(user)) return problem('user-invalid');
    if (form.password === '') return problem('password-missing');

    const ws = form.ws.trim() || usualWs(page);
    const host = hostOfWs(ws);
    if (host === undefined) return problem('ws-invalid');
    if (isRefusedAsMixed(ws, host, page)) return problem('ws-not-encrypted');

    const domain = form.domain.trim() || typedDomain || host;
    if (!DOMAIN.test(domain)) return problem('domain-invalid');
    return { kind: 'account', account: { user, domain, ws } };
}

function splitUser(typed: string): string[] {
    return typed
        .trim()
        .replace(/^sips?:/i, '')
        .split('@', 2);
}

/** A page that came encrypted may not open a socket that isn't, except to the machine itself. */
function isRefusedAsMixed(ws: string, host: string, page: PageAddress): boolean {
    return page.protocol === 'https:' && /^ws:/i.test(ws) && !LOOPBACK.test(host);
}

function problem(what: FormProblem): FormResult {
    return { kind: 'problem', problem: what };
}
