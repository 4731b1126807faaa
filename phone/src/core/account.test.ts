import { describe, expect, it } from 'vitest';
import type { SignInForm } from './account';
import { hostOfWs, readForm, usualWs } from './account';

const PLAIN = { protocol: 'http:', host: '127.0.0.1:8080', hostname: '127.0.0.1' };
const ENCRYPTED = { protocol: 'https:', host: 'pbx.example', hostname: 'pbx.example' };

function form(fields: Partial<SignInForm>): SignInForm {
    return { user: '1001', password: 'demo-1001', domain: '', ws: '', ...fields };
}

describe('the sign-in form', () => {
    it('asks the server of the page itself when nothing else is said', () => {
        expect(readForm(form({}), PLAIN)).toEqual({
            kind: 'account',
            account: { user: '1001', domain: '127.0.0.1', ws: 'ws://127.0.0.1:8080/ws' },
        });
        expect(usualWs(ENCRYPTED)).toBe('wss://pbx.example/ws');
    });

    it('takes user@domain apart, and lets the domain field win', () => {
        const typed = form({ user: 'sip:anna@pbx.example' });
        expect(readForm(typed, PLAIN)).toMatchObject({ account: { user: 'anna', domain: 'pbx.example' } });
        expect(readForm({ ...typed, domain: 'other.example' }, PLAIN)).toMatchObject({
            account: { domain: 'other.example' },
        });
    });

    it('points to another server on request', () => {
        const other = form({ ws: ' ws://127.0.0.1:8088/ws ', user: 'agent0001' });
        expect(readForm(other, PLAIN)).toEqual({
            kind: 'account',
            account: { user: 'agent0001', domain: '127.0.0.1', ws: 'ws://127.0.0.1:8088/ws' },
        });
    });

    it.each([
        [{ user: ' ' }, PLAIN, 'user-missing'],
        [{ user: 'an na' }, PLAIN, 'user-invalid'],
        [{ user: 'x'.repeat(65) }, PLAIN, 'user-invalid'],
        [{ password: '' }, PLAIN, 'password-missing'],
        [{ ws: 'http://pbx.example/ws' }, PLAIN, 'ws-invalid'],
        [{ ws: 'ws://' }, PLAIN, 'ws-invalid'],
        [{ ws: 'ws://pbx.example/ws' }, ENCRYPTED, 'ws-not-encrypted'],
        [{ domain: 'pbx example' }, PLAIN, 'domain-invalid'],
        [{ domain: '-x' }, PLAIN, 'domain-invalid'],
    ] as const)('%j on %j is met with %s', (fields, page, problem) => {
        expect(readForm(form(fields), page)).toEqual({ kind: 'problem', problem });
    });

    it('lets an encrypted page reach the machine itself unencrypted, as browsers do', () => {
        expect(readForm(form({ ws: 'ws://127.0.0.1:8088/ws' }), ENCRYPTED).kind).toBe('account');
        expect(readForm(form({ ws: 'ws://[::1]:8088/ws' }), ENCRYPTED).kind).toBe('account');
    });

    it('finds the host of a WebSocket address', () => {
        expect(hostOfWs('wss://[2001:db8::1]:8089/ws')).toBe('[2001:db8::1]');
        expect(hostOfWs('wss://pbx.example')).toBe('pbx.example');
        expect(hostOfWs('pbx.example/ws')).toBeUndefined();
    });
});
