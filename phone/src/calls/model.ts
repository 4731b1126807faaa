/** Ladders and qualities as the API gives them, and what the call page makes of them. No DOM. */

export interface Row {
    readonly at: string;
    readonly kind: string;
    readonly leg: string;
    readonly direction: 'in' | 'out' | null;
    readonly transport: string | null;
    readonly local: string;
    readonly remote: string;
    readonly title: string;
    readonly text: string;
    readonly offset_ms: number;
    readonly sdp_changes: readonly string[];
}

export interface Head {
    readonly id: string;
    readonly kind: string;
    readonly began_at: string;
    readonly ended_at: string | null;
    readonly caller: string;
    readonly callee: string;
    readonly cause: string | null;
    readonly sip_status: number | null;
}

export interface Ladder extends Head {
    readonly legs: readonly { leg: string; party: string; sip_call_id: string }[];
    readonly rows: readonly Row[];
}

export interface Blame {
    readonly link: string;
    readonly party: string;
    readonly trouble: string;
    readonly from_s: number;
    readonly to_s: number;
}

export interface QualityLeg {
    readonly leg: string;
    readonly party: string;
    readonly agent: boolean;
    readonly windows: readonly (readonly (number | string | null)[])[];
}

export interface Quality {
    readonly verdict: string;
    readonly verdict_ru: string;
    readonly judged_s: number;
    readonly bad_s: number;
    readonly worst_run_s: number;
    readonly live: boolean;
    readonly blamed: readonly Blame[];
    readonly columns: readonly string[];
    readonly legs: readonly QualityLeg[];
}

/** A column of the ladder: one of the peers. We stand between the first and the others. */
export interface Lane {
    readonly leg: string;
    readonly party: string;
}

/** The peers, each once, in the order in which they came; those without a leg share one lane. */
export function lanes(ladder: Ladder): Lane[] {
    const found = new Map<string, Lane>();
    for (const { leg, party } of ladder.legs) {
        if (!found.has(leg)) found.set(leg, { leg, party });
    }
    return [...found.values()];
}

/** How long the ladder is: its rows, and the windows of its quality. */
export function spanMs(ladder: Ladder, quality: Quality | undefined): number {
    const rows = ladder.rows.map((row) => row.offset_ms);
    const windows = (quality?.legs ?? []).flatMap((leg) =>
        leg.windows.map((window) => cell(quality, window, 'to_ms') ?? 0),
    );
    return Math.max(1000, ...rows, ...windows);
}

export interface Point {
    readonly fromMs: number;
    readonly toMs: number;
    readonly value: number;
    readonly trouble: boolean;
}

export type Measure = 'loss' | 'jitter' | 'mos' | 'rtt';

/** One line of one direction: percent, milliseconds or a score, by time. */
export function series(quality: Quality, leg: QualityLeg, way: 'in' | 'out', measure: Measure): Point[] {
    const points: Point[] = [];
    for (const window of leg.windows) {
        const value = measured(quality, window, way, measure);
        if (value === undefined) continue;
        points.push({
            fromMs: cell(quality, window, 'from_ms') ?? 0,
            toMs: cell(quality, window, 'to_ms') ?? 0,
            value,
            trouble: window[quality.columns.indexOf(`${way}_trouble`)] != null,
        });
    }
    return points;
}

function measured(
    quality: Quality,
    window: readonly (number | string | null)[],
    way: 'in' | 'out',
    measure: Measure,
): number | undefined {
    const of = (name: string) => cell(quality, window, name);
    switch (measure) {
        case 'loss':
            return way === 'in'
                ? share(of('in_lost'), (of('in_packets') ?? 0) + (of('in_lost') ?? 0))
                : share(Math.max(0, (of('out_lost') ?? 0) - (of('out_skipped') ?? 0)), of('out_expected'));
        case 'jitter':
            return of(`${way}_jitter_ms`);
        case 'mos':
            return of(`${way}_mos_cq`) ?? of(`${way}_mos_lq`);
        case 'rtt':
            return of('rtt_ms');
    }
}

function share(lost: number | undefined, of: number | undefined): number | undefined {
    if (lost === undefined || !of) return undefined;
    return Math.max(0, (100 * lost) / of);
}

function cell(
    quality: Quality | undefined,
    window: readonly (number | string | null)[],
    name: string,
): number | undefined {
    const value = window[quality?.columns.indexOf(name) ?? -1];
    return typeof value === 'number' ? value : undefined;
}

/** `3:07`, `1:02:07`. */
export function clock(ms: number): string {
    const seconds = Math.floor(ms / 1000);
    const two = (n: number) => String(n).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    return hours > 0
        ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
        : `${minutes}:${two(seconds % 60)}`;
}

/** Rows that hold the text, in their title, their message or their leg's party. */
export function matching(ladder: Ladder, text: string): readonly Row[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return ladder.rows;
    const parties = new Map(ladder.legs.map(({ leg, party }) => [leg, party.toLowerCase()]));
    return ladder.rows.filter(
        (row) =>
            row.title.toLowerCase().includes(wanted) ||
            row.text.toLowerCase().includes(wanted) ||
            row.kind.includes(wanted) ||
            (parties.get(row.leg) ?? '').includes(wanted),
    );
}

export interface Mark {
    readonly ms: number;
    readonly count: number;
    readonly kind: string;
    readonly title: string;
}

/** Rows as ticks on the time axis; those closer than a tick is wide become one. */
export function marks(rows: readonly Row[], spanMsAll: number, ticks: number): Mark[] {
    const marked: Mark[] = [];
    const width = spanMsAll / ticks;
    for (const row of rows) {
        const last = marked.at(-1);
        if (last && row.offset_ms - last.ms < width && last.kind === row.kind) {
            marked[marked.length - 1] = {
                ...last,
                count: last.count + 1,
                title: last.count < 4 ? `${last.title}, ${row.title}` : last.title,
            };
        } else {
            marked.push({ ms: Math.max(0, row.offset_ms), count: 1, kind: row.kind, title: row.title });
        }
    }
    return marked;
}
