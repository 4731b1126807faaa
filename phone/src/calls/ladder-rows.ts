/**
 * The rows of a ladder: a column for each peer, and we between the first and the others.
 * Places are set as properties: style attributes are not allowed on our pages.
 */

import { LitElement, css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { define } from '../ui/element';
import { controls } from '../ui/theme';
import { lanes, type Ladder, type Lane, type Row } from './model';
import type { Words } from './words';

export class LadderRows extends LitElement {
    static readonly tag = 'jf-ladder-rows';
    static override properties: PropertyDeclarations = {
        words: { attribute: false },
        ladder: { attribute: false },
        rows: { attribute: false },
        chosen: { attribute: false },
    };
    static override styles = [
        controls,
        css`
            .scroll {
                max-height: 70vh;
                overflow: auto;
                font-size: 13px;
                font-variant-numeric: tabular-nums;
            }

            .row {
                display: grid;
                grid-template-columns: 76px repeat(var(--lanes), minmax(96px, 1fr));
                align-items: stretch;
                width: 100%;
                min-height: 28px;
                padding: 0;
                border: 0;
                border-radius: 0;
                text-align: center;
                gap: 0;
            }

            .head {
                position: sticky;
                top: 0;
                z-index: 1;
                font-weight: 600;
                background: var(--surface);
                border-bottom: 1px solid var(--line-strong);
            }

            .head > span {
                padding: 6px 4px;
                overflow: hidden;
                text-overflow: ellipsis;
            }

            button.row:hover {
                background: var(--sunken);
            }

            button.row[aria-current='true'] {
                background: var(--accent-soft);
            }

            .time {
                padding: 5px 8px 0 0;
                text-align: right;
                color: var(--ink-soft);
            }

            .arrow {
                position: relative;
                padding: 2px 14px 7px;
                overflow: hidden;
                text-overflow: ellipsis;
                white-space: nowrap;
            }

            .arrow::after {
                content: '';
                position: absolute;
                left: 50%;
                right: 50%;
                bottom: 4px;
            }

            .line {
                position: absolute;
                left: calc(50% / var(--span));
                right: calc(50% / var(--span));
                bottom: 3px;
                height: 2px;
                background: var(--accent);
            }

            .line::after {
                content: '';
                position: absolute;
                top: -3px;
                border: 4px solid transparent;
            }

            .right::after {
                right: -3px;
                border-left-color: var(--accent);
            }

            .left::after {
                left: -3px;
                border-right-color: var(--accent);
            }

            .refused .line {
                background: var(--danger);
            }

            .refused .right::after {
                border-left-color: var(--danger);
            }

            .refused .left::after {
                border-right-color: var(--danger);
            }

            .refused {
                color: var(--danger-text);
            }

            .event {
                padding: 4px 8px;
                overflow: hidden;
                text-overflow: ellipsis;
                white-space: nowrap;
                color: var(--ink-soft);
            }

            @media (max-width: 600px) {
                .row {
                    grid-template-columns: 52px repeat(var(--lanes), minmax(72px, 1fr));
                }

                .arrow {
                    padding-left: 4px;
                    padding-right: 4px;
                }
            }

            .changed {
                color: var(--warn-text);
            }
        `,
    ];

    declare words: Words;
    declare ladder: Ladder;
    declare rows: readonly Row[];
    declare chosen: string | undefined;

    protected override updated(): void {
        this.renderRoot.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
    }

    protected override render(): TemplateResult {
        const peers = lanes(this.ladder);
        // the caller on the left, we in the middle, whoever is called on the right
        const first: readonly (Lane | undefined)[] = peers.length === 0 ? [undefined] : peers.slice(0, 1);
        const others = peers.slice(1);
        const ours = 1;
        const count = 1 + first.length + others.length;
        return html`<div class="scroll" .style=${`--lanes: ${count}`}>
            <div class="row head">
                <span></span>
                ${first.map((lane) => html`<span>${lane?.party ?? this.ladder.caller}</span>`)}
                <span>${this.words.ours}</span>
                ${others.map((lane) => html`<span>${lane.party}</span>`)}
            </div>
            ${this.rows.map((row) => this.row(row, peers, ours, count))}
        </div>`;
    }

    private row(row: Row, peers: readonly Lane[], ours: number, count: number): TemplateResult {
        const at = peers.findIndex((lane) => lane.leg === row.leg);
        const lane = at <= 0 ? 0 : at + 1;
        const current = row.at === this.chosen;
        const title = this.words.titles[row.title] ?? row.title;
        return html`<button
            class="row ${/^[4-6]\d\d /.test(row.title) ? 'refused' : ''}"
            aria-current=${current}
            @click=${() => this.choose(row)}
        >
            <span class="time">${(row.offset_ms / 1000).toFixed(3)}</span>
            ${row.transport === null
                ? this.event(row, title, at < 0 ? undefined : lane, count)
                : this.arrow(row, title, lane, ours)}
        </button>`;
    }

    private arrow(row: Row, title: string, lane: number, ours: number): TemplateResult {
        const [from, to] = [Math.min(lane, ours), Math.max(lane, ours)];
        const toRight = (row.direction === 'out') === lane > ours;
        return html`<span
            class="arrow ${row.sdp_changes.length > 0 ? 'changed' : ''}"
            .style=${`grid-column: ${from + 2} / ${to + 3}; --span: ${to - from + 1}`}
            >${title}${row.sdp_changes.length > 0 ? ' ±' : ''}<span class="line ${toRight ? 'right' : 'left'}"></span
        ></span>`;
    }

    private event(row: Row, title: string, lane: number | undefined, count: number): TemplateResult {
        const place = lane === undefined ? `2 / ${count + 2}` : `${lane + 2} / span 1`;
        return html`<span class="event" .style=${`grid-column: ${place}`} title=${row.text}>${title}</span>`;
    }

    private choose(row: Row): void {
        this.dispatchEvent(new CustomEvent('jf-row', { detail: row.at, bubbles: true, composed: true }));
    }
}

define(LadderRows.tag, LadderRows);
