import { describe, expect, it } from 'vitest';
import { readDemo, textIn } from './demo';

describe("the demo server's greeting", () => {
    it('is read as it is meant', () => {
        const demo = readDemo({
            demo: true,
            agents: [{ name: '1001', password: 'demo-1001' }],
            domain: 'localhost',
            ws: 'ws://localhost:8080/ws',
            numbers: [{ number: '600', label: { en: 'Echo', ru: 'Эхо' } }],
        });
        expect(demo).toEqual({
            agents: [{ name: '1001', password: 'demo-1001' }],
            domain: 'localhost',
            ws: 'ws://localhost:8080/ws',
            numbers: [{ number: '600', label: { en: 'Echo', ru: 'Эхо' } }],
        });
    });

    it.each([[undefined], [null], [[]], ['demo'], [{}], [{ demo: 'yes' }], [{ demo: false }]])(
        '%j is no demo',
        (json) => {
            expect(readDemo(json)).toBeUndefined();
        },
    );

    it('loses what it cannot read, and nothing else', () => {
        const demo = readDemo({
            demo: true,
            agents: [null, 7, { name: '1001' }, { name: '1002', password: 'x' }],
            numbers: ['600', { number: 600 }, { number: '601', label: 'Tone' }, { number: '602' }],
            ws: 7,
        });
        expect(demo).toEqual({
            agents: [{ name: '1002', password: 'x' }],
            numbers: [
                { number: '601', label: { en: 'Tone' } },
                { number: '602', label: {} },
            ],
        });
    });

    it('does not fill the page with what it never asked for', () => {
        const agents = Array.from({ length: 1_000 }, (_, i) => ({ name: `${i}`, password: 'x' }));
        expect(readDemo({ demo: true, agents })?.agents).toHaveLength(12);
    });

    it('speaks the wanted language, else English, else what there is', () => {
        expect(textIn({ en: 'Echo', ru: 'Эхо' }, 'ru')).toBe('Эхо');
        expect(textIn({ en: 'Echo' }, 'ru')).toBe('Echo');
        expect(textIn({ de: 'Echo' }, 'ru')).toBe('Echo');
        expect(textIn({}, 'ru')).toBe('');
    });
});
