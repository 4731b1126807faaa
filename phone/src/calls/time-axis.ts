/** One time axis for messages, events, quality of both ways, and the sound. */

import { LitElement, css, html, nothing, svg, type PropertyDeclarations, type TemplateResult } from 'lit';
import { define } from '../ui/element';
import { controls } from '../ui/theme';
import type { Waveform } from './api';
import { clock, marks, series, spanMs, type Ladder, type Measure, type Point, type Quality } from './model';
import type { Words } from './words';

const WIDTH = 1000;
const STRIP = 30;
const TICKS = 250;

/** What is the top of each strip, so that calls can be compared. */
const TOPS: Readonly<Record<Measure, number>> = { loss: 20, jitter: 100, mos: 4.5, rtt: 500 };

export class TimeAxis extends LitElement {
    static readonly tag = 'jf-time-axis';
    static override properties: PropertyDeclarations = {
        words: { attribute: false },
        ladder: { attribute: false },
        quality: { attribute: false },
        waveform: { attribute: false },
        recordingMs: { attribute: false },
        cursorMs: { attribute: false },
    };
    static override styles = [
        controls,
        css`
            .strips {
                position: relative;
                display: grid;
                grid-template-columns: minmax(90px, 150px) minmax(0, 1fr);
                gap: 2px 10px;
                align-items: center;
                font-size: 12px;
            }

            .name {
                overflow: hidden;
                text-overflow: ellipsis;
                white-space: nowrap;
                color: var(--ink-soft);
            }

            svg {
                width: 100%;
                height: ${STRIP}px;
                border-radius: 4px;
                background: var(--sunken);
                cursor: crosshair;
            }

            .scale {
                display: flex;
                justify-content: space-between;
                font-variant-numeric: tabular-nums;
                color: var(--ink-soft);
            }

            .bar {
                fill: var(--accent);
                opacity: 0.75;
            }

            .trouble {
                fill: var(--danger);
                opacity: 1;
            }

            .sip {
                stroke: var(--ink);
            }

            .other {
                stroke: var(--accent);
            }

            .cursor {
                stroke: var(--focus);
                stroke-width: 2;
            }

            .wave {
                fill: var(--ink-soft);
            }

            .play {
                min-height: 30px;
                padding: 0 10px;
                margin-top: 6px;
            }
        `,
    ];

    declare words: Words;
    declare ladder: Ladder;
    declare quality: Quality | undefined;
    declare waveform: Waveform | undefined;
    declare recordingMs: number;
    declare cursorMs: number | undefined;

    protected override render(): TemplateResult {
        const { ladder, quality, words } = this;
        const span = spanMs(ladder, quality);
        const parties = new Map(ladder.legs.map(({ leg, party }) => [leg, party]));
        return html`<div class="strips">
            <span></span>
            <div class="scale">
                ${[0, 0.25, 0.5, 0.75, 1].map((part) => html`<span>${scale(part * span, span)}</span>`)}
            </div>
            ${[...parties].map(([leg, party]) =>
                this.strip(
                    party,
                    span,
                    marks(ladder.rows.filter((row) => row.leg === leg), span, TICKS).map(
                        (mark) => svg`<line class=${mark.kind === 'sip' ? 'sip' : 'other'}
                            x1=${x(mark.ms, span)} x2=${x(mark.ms, span)} y1="4" y2=${STRIP - 4}
                            stroke-width=${Math.min(2 + mark.count, 6)} vector-effect="non-scaling-stroke"
                            ><title>${clock(mark.ms)} ${mark.title}</title></line>`,
                    ),
                ),
            )}
            ${quality?.legs.map((leg) => [
                this.measure(quality, leg, 'in', 'loss', span),
                this.measure(quality, leg, 'out', 'loss', span),
                this.measure(quality, leg, 'in', 'jitter', span),
                this.measure(quality, leg, 'in', 'mos', span),
                this.measure(quality, leg, 'out', 'mos', span),
                this.measure(quality, leg, 'out', 'rtt', span),
            ])}
            ${this.waveform ? this.sound(this.waveform, span) : nothing}
        </div>
        ${this.waveform
            ? html`<button class="plain play" @click=${() => this.tell('jf-play', this.cursorMs ?? this.recordingMs)}>
                  ▶ ${words.play} ${clock(this.cursorMs ?? this.recordingMs)}
              </button>`
            : nothing}`;
    }

    private measure(
        quality: Quality,
        leg: Quality['legs'][number],
        way: 'in' | 'out',
        measure: Measure,
        span: number,
    ): TemplateResult | typeof nothing {
        const points = series(quality, leg, way, measure);
        if (points.length === 0) return nothing;
        const { words } = this;
        const direction = measure === 'rtt' ? leg.party : way === 'in' ? words.toUs(leg.party) : words.fromUs(leg.party);
        return this.strip(
            `${words.measures[measure]} · ${direction}`,
            span,
            points.map((point) => this.bar(point, measure, span)),
        );
    }

    private bar(point: Point, measure: Measure, span: number): TemplateResult {
        const height = Math.max(1, Math.min(1, point.value / TOPS[measure]) * (STRIP - 2));
        const left = x(point.fromMs, span);
        return svg`<rect class="bar ${point.trouble ? 'trouble' : ''}" x=${left} y=${STRIP - height}
            width=${Math.max(1, x(point.toMs, span) - left - 1)} height=${height}
            ><title>${clock(point.fromMs)} ${point.value.toFixed(measure === 'mos' ? 2 : 1)}</title></rect>` as unknown as TemplateResult;
    }

    private sound(waveform: Waveform, span: number): TemplateResult[] {
        return [
            this.wave(waveform.agent, waveform.length_ms, span),
            this.wave(waveform.customer, waveform.length_ms, span),
        ];
    }

    private wave(peaks: readonly number[], lengthMs: number, span: number): TemplateResult {
        const step = lengthMs / Math.max(1, peaks.length);
        return this.strip(
            this.words.recording,
            span,
            peaks.map((peak, i) => {
                const height = Math.max(0.5, Math.min(1, Math.abs(peak)) * (STRIP - 2));
                return svg`<rect class="wave" x=${x(this.recordingMs + i * step, span)} y=${(STRIP - height) / 2}
                    width=${Math.max(0.6, (step / span) * WIDTH)} height=${height}></rect>`;
            }),
        );
    }

    private strip(name: string, span: number, content: unknown): TemplateResult {
        const cursor = this.cursorMs;
        return html`<span class="name" title=${name}>${name}</span>
            <svg
                viewBox="0 0 ${WIDTH} ${STRIP}"
                preserveAspectRatio="none"
                role="img"
                aria-label=${name}
                @click=${(event: MouseEvent) => this.point(event, span)}
            >
                ${content}
                ${cursor === undefined
                    ? nothing
                    : svg`<line class="cursor" x1=${x(cursor, span)} x2=${x(cursor, span)} y1="0" y2=${STRIP}
                        vector-effect="non-scaling-stroke"></line>`}
            </svg>`;
    }

    private point(event: MouseEvent, span: number): void {
        const box = (event.currentTarget as SVGElement).getBoundingClientRect();
        this.tell('jf-time', ((event.clientX - box.left) / box.width) * span);
    }

    private tell(name: string, ms: number): void {
        this.dispatchEvent(new CustomEvent(name, { detail: ms, bubbles: true, composed: true }));
    }
}

/** Tenths where whole seconds would repeat. */
function scale(ms: number, span: number): string {
    return span < 8_000 ? `${(ms / 1000).toFixed(1)} s` : clock(ms);
}

function x(ms: number, span: number): number {
    return (ms / span) * WIDTH;
}

define(TimeAxis.tag, TimeAxis);
