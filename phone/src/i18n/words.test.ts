import { describe, expect, it } from 'vitest';
import { Bench } from '../core/bench';
import { END_CAUSES } from '../core/cause';
import { LINE_FAULTS } from '../core/line';
import type { PhoneEvent } from '../core/phone';
import type { Language } from './languages';
import { LANGUAGES, chooseLanguage } from './languages';
import { durationText, lineWords, nowWords } from './words';

const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[];

function texts(table: unknown): string[] {
    if (typeof table === 'string') return [table];
    if (typeof table === 'function') return [String((table as (x: unknown) => unknown)('X'))];
    return Object.entries(table as object).flatMap(([key, value]) =>
        key === 'fix' && value === '' ? [] : texts(value),
    );
}

describe.each(LANGUAGE_NAMES)('in language %s', (name) => {
    const t = LANGUAGES[name];

    it('no text is empty or carries stray spaces', () => {
        for (const text of texts(t)) expect(text).toMatch(/^\S(.*\S)?$/);
    });

    it('every end of a call is one sentence, and every remedy another', () => {
        for (const cause of END_CAUSES) {
            const { what, fix } = t.ended[cause];
            expect(what, cause).toMatch(/^\p{Lu}.*\.$/u);
            if (fix !== '') expect(fix, cause).toMatch(/^\p{Lu}.*\.$/u);
        }
    });

    it('whatever failed by no choice of a person has a remedy', () => {
        const chosen = END_CAUSES.filter((cause) => t.ended[cause].fix === '');
        expect(chosen).toEqual([
            'hung-up-by-me',
            'hung-up-by-peer',
            'cancelled-by-me',
            'declined-by-me',
            'answered-elsewhere',
        ]);
        for (const fault of LINE_FAULTS) expect(t.line.faults[fault].fix, fault).not.toBe('');
    });

    it('the phone says what is going on at every step of a call', () => {
        const bench = new Bench();
        const said = [nowWords(bench.phone, t)];
        const say = (...events: readonly PhoneEvent[]): void => {
            bench.send(...events);
            said.push(nowWords(bench.phone, t));
        };
        bench.registered();
        say({ kind: 'dial', id: 'a', number: '600' });
        say({ kind: 'progress', id: 'a', earlyMedia: false });
        say({ kind: 'progress', id: 'a', earlyMedia: true });
        say({ kind: 'accepted', id: 'a' });
        say({ kind: 'sound', id: 'a', sound: 'flowing' });
        say({ kind: 'mute', id: 'a', on: true });
        say({ kind: 'peer-holds', id: 'a', on: true });
        say({ kind: 'sound', id: 'a', sound: 'interrupted' });
        say({ kind: 'held', id: 'a' });
        say({ kind: 'ended', id: 'a', cause: 'hung-up-by-me' });
        say({ kind: 'incoming', id: 'b', peer: { number: '1002', name: 'Anna' } });
        say({ kind: 'answer', id: 'b' });
        expect(new Set(said).size).toBe(said.length);
        expect(said.at(-2)).toContain('Anna');
    });

    it('a lost line is told in the corner and in the sentence alike', () => {
        const bench = new Bench().registered().send({ kind: 'socket-lost', fault: 'lost' });
        expect(lineWords(bench.phone, t)).toBe(t.line.faults.lost.what);
        expect(nowWords(bench.phone, t)).toBe(t.line.faults.lost.what);
    });
});

describe('the language', () => {
    it.each([
        [null, ['ru-RU', 'en'], 'ru'],
        [null, ['de-DE', 'ru'], 'ru'],
        [null, ['de-DE'], 'en'],
        [null, [], 'en'],
        ['en', ['ru-RU'], 'en'],
        ['tlh', ['ru'], 'ru'],
    ] as const)('remembered %j, browser %j: %s', (remembered, preferred, chosen) => {
        expect(chooseLanguage(remembered, preferred)).toBe(chosen);
    });
});

describe('durations', () => {
    it.each([
        [-1, '0:00'],
        [999, '0:00'],
        [207_000, '3:27'],
        [3_723_000, '1:02:03'],
        [36_000_000, '10:00:00'],
    ])('%i ms is %s', (millis, text) => {
        expect(durationText(millis)).toBe(text);
    });
});
