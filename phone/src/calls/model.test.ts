import { describe, expect, it } from 'vitest';
import { clock, lanes, marks, matching, series, spanMs, type Ladder, type Quality, type Row } from './model';

const row = (offset_ms: number, title: string, more: Partial<Row> = {}): Row => ({
    at: '2026-11-24T10:00:00Z', kind: 'sip', leg: 'a', direction: 'in', transport: 'WSS', local: '192.0.2.1:443',
    remote: '192.0.2.2:5000', title, text: `${title} sip:a@b SIP/2.0`, offset_ms, sdp_changes: [], ...more,
});

const ladder: Ladder = {
    id: 'c1', kind: 'call', began_at: '2026-11-24T10:00:00Z', ended_at: null, caller: '1001', callee: '1002', cause: null,
    sip_status: null,
    legs: [
        { leg: 'a', party: '1001', sip_call_id: 'x' },
        { leg: 'b', party: 'carrier', sip_call_id: 'y' },
        { leg: 'a', party: '1001', sip_call_id: 'z' },
    ],
    rows: [row(0, 'INVITE'), row(5, '100 Trying'), row(4000, '200 OK', { leg: 'b' }), row(9000, 'ICE connected', { kind: 'ice', text: '' })],
};

const quality: Quality = {
    verdict: '', verdict_ru: '', judged_s: 10, bad_s: 0, worst_run_s: 0, live: false, blamed: [],
    columns: ['from_ms', 'to_ms', 'in_packets', 'in_lost', 'in_mos_lq', 'in_mos_cq', 'in_trouble', 'out_expected', 'out_lost',
        'out_skipped', 'out_jitter_ms', 'rtt_ms', 'out_trouble'],
    legs: [{ leg: 'a', party: '1001', agent: true, windows: [
        [0, 5000, 240, 10, 4.2, 4.0, 'loss', null, null, 0, null, null, null],
        [5000, 10000, 250, 0, 4.4, null, null, 200, 12, 10, 3.5, 40, null],
    ] }],
};

describe('the call page', () => {
    it('gives each peer one lane', () => {
        expect(lanes(ladder)).toEqual([{ leg: 'a', party: '1001' }, { leg: 'b', party: 'carrier' }]);
    });
    it('is as long as the last row or window', () => {
        expect(spanMs(ladder, undefined)).toBe(9000);
        expect(spanMs(ladder, quality)).toBe(10000);
    });
    it('shows loss of this link alone, and nothing where nothing is known', () => {
        const [leg] = quality.legs;
        expect(series(quality, leg!, 'in', 'loss').map((p) => [p.value, p.trouble])).toEqual([[4, true], [0, false]]);
        expect(series(quality, leg!, 'out', 'loss')).toEqual([{ fromMs: 5000, toMs: 10000, value: 1, trouble: false }]);
        expect(series(quality, leg!, 'in', 'mos').map((p) => p.value)).toEqual([4, 4.4]);
        expect(series(quality, leg!, 'out', 'rtt').map((p) => p.value)).toEqual([40]);
    });
    it('finds rows by what they say, and by whose they are', () => {
        expect(matching(ladder, ' invite ').map((r) => r.title)).toEqual(['INVITE']);
        expect(matching(ladder, 'CARRIER').map((r) => r.title)).toEqual(['200 OK']);
        expect(matching(ladder, 'ice').map((r) => r.title)).toContain('ICE connected');
        expect(matching(ladder, '')).toHaveLength(4);
    });
    it('draws rows that are close as one tick', () => {
        expect(marks(ladder.rows, 9000, 100)).toEqual([
            { ms: 0, count: 2, kind: 'sip', title: 'INVITE, 100 Trying' },
            { ms: 4000, count: 1, kind: 'sip', title: '200 OK' },
            { ms: 9000, count: 1, kind: 'ice', title: 'ICE connected' },
        ]);
    });
    it('writes times as clocks do', () => {
        expect([clock(0), clock(187_999), clock(3_727_000)]).toEqual(['0:00', '3:07', '1:02:07']);
    });
});
