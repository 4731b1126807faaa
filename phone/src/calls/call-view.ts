/** One call: the verdict, the time axis, the ladder and the message under the cursor. */

import { LitElement, css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { define } from '../ui/element';
import { controls } from '../ui/theme';
import { api, type Waveform } from './api';
import './ladder-rows';
import { clock, matching, spanMs, type Ladder, type Quality, type Row } from './model';
import './time-axis';
import type { Words } from './words';

const LIVE_MS = 1_000;
const RETRY_MS = 3_000;

export class CallView extends LitElement {
    static readonly tag = 'jf-call-view';
    static override properties: PropertyDeclarations = {
        words: { attribute: false },
        callId: { attribute: false },
        ladder: { state: true },
        quality: { state: true },
        waveform: { state: true },
        state: { state: true },
        chosen: { state: true },
        wanted: { state: true },
        leg: { state: true },
        sound: { state: true },
        playedMs: { state: true },
    };
    static override styles = [
        controls,
        css`
            :host {
                display: grid;
                gap: 16px;
            }

            h1 {
                font-size: 20px;
                font-weight: 650;
                overflow-wrap: anywhere;
            }

            .top {
                display: flex;
                flex-wrap: wrap;
                gap: 8px 16px;
                align-items: baseline;
            }

            .live {
                padding: 2px 10px;
                border-radius: 99px;
                font-size: 13px;
                font-weight: 600;
                background: var(--accent-soft);
                color: var(--accent-text);
            }

            .files {
                margin-left: auto;
                display: flex;
                flex-wrap: wrap;
                gap: 8px;
            }

            section {
                padding: 16px;
                min-width: 0;
            }

            section h2 {
                margin-bottom: 10px;
            }

            .verdict p:first-of-type {
                font-size: 18px;
                font-weight: 600;
                line-height: 1.35;
            }

            .verdict.bad {
                border-color: var(--danger);
            }

            .soft {
                color: var(--ink-soft);
            }

            .two {
                display: grid;
                grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
                gap: 16px;
            }

            .tools {
                display: flex;
                flex-wrap: wrap;
                gap: 8px;
                margin-bottom: 10px;
            }

            .tools input {
                flex: 1 1 160px;
                margin: 0;
            }

            .hint {
                font-size: 13px;
            }

            pre {
                margin: 0;
                max-height: 70vh;
                overflow: auto;
                font: 12.5px/1.5 ui-monospace, 'Cascadia Mono', 'Liberation Mono', monospace;
                white-space: pre-wrap;
                overflow-wrap: anywhere;
            }

            .added {
                color: var(--accent-text);
            }

            .gone {
                color: var(--danger-text);
            }

            audio {
                display: none;
            }

            @media (max-width: 900px) {
                .two {
                    grid-template-columns: minmax(0, 1fr);
                }
            }
        `,
    ];

    declare words: Words;
    declare callId: string;
    declare private ladder: Ladder | undefined;
    declare private quality: Quality | undefined;
    declare private waveform: Waveform | undefined;
    declare private state: 'asking' | 'here' | 'missing' | 'away';
    declare private chosen: string | undefined;
    declare private wanted: string;
    declare private leg: string | undefined;
    declare private sound: string | undefined;
    declare private playedMs: number | undefined;
    private timer = 0;

    constructor() {
        super();
        this.state = 'asking';
        this.wanted = '';
    }

    override connectedCallback(): void {
        super.connectedCallback();
        window.addEventListener('keydown', this.onKey);
        void this.load();
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        window.removeEventListener('keydown', this.onKey);
        window.clearTimeout(this.timer);
        if (this.sound) URL.revokeObjectURL(this.sound);
    }

    private async load(): Promise<void> {
        const answer = await api.ladder(this.callId);
        if (!this.isConnected) return;
        if (answer.is === 'locked') {
            this.dispatchEvent(new CustomEvent('jf-locked', { bubbles: true, composed: true }));
            return;
        }
        if (answer.is !== 'here') {
            this.state = answer.is;
            if (answer.is === 'away') this.again(RETRY_MS);
            return;
        }
        this.state = 'here';
        this.ladder = answer.value;
        const quality = await api.quality(this.callId);
        if (quality.is === 'here') this.quality = quality.value;
        // the verdict comes with the record, a moment after the last row
        if (answer.value.ended_at === null || this.quality?.live) this.again(LIVE_MS);
        else if (answer.value.rows.some((row) => row.title === 'recording is ready')) void this.listen();
    }

    private again(ms: number): void {
        this.timer = window.setTimeout(() => void this.load(), ms);
    }

    private async listen(): Promise<void> {
        const waveform = await api.waveform(this.callId, 600);
        if (waveform.is === 'here') this.waveform = waveform.value;
    }

    // ---- the cursor

    private rows(): readonly Row[] {
        const rows = this.ladder ? matching(this.ladder, this.wanted) : [];
        return this.leg === undefined ? rows : rows.filter((row) => row.leg === this.leg || row.leg === '');
    }

    private readonly onKey = (event: KeyboardEvent): void => {
        const typing = event.composedPath()[0] instanceof HTMLInputElement;
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (typing) {
            if (event.key === 'Escape') (event.composedPath()[0] as HTMLInputElement).blur();
            return;
        }
        if (event.code === 'KeyJ') this.move(1);
        else if (event.code === 'KeyK') this.move(-1);
        else if (event.code === 'Slash') {
            event.preventDefault();
            this.renderRoot.querySelector<HTMLInputElement>('input')?.focus();
        } else if (event.code === 'KeyX') this.toggleLeg();
    };

    private move(by: number): void {
        const rows = this.rows();
        const at = rows.findIndex((row) => row.at === this.chosen);
        const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
        if (next) this.chosen = next.at;
    }

    private toggleLeg(): void {
        const row = this.ladder?.rows.find((one) => one.at === this.chosen);
        this.leg = this.leg === undefined && row && row.leg !== '' ? row.leg : undefined;
    }

    // ---- files and sound

    private async save(path: string, name: string): Promise<void> {
        const file = await api.file(path);
        if (!file) return;
        const link = document.createElement('a');
        link.href = URL.createObjectURL(file);
        link.download = name;
        link.click();
        URL.revokeObjectURL(link.href);
    }

    private async play(fromMs: number): Promise<void> {
        if (this.sound === undefined) {
            const file = await api.file(api.recording(this.callId));
            if (!file) return;
            this.sound = URL.createObjectURL(file);
            await this.updateComplete;
        }
        const audio = this.renderRoot.querySelector('audio');
        if (!audio) return;
        audio.currentTime = Math.max(0, (fromMs - this.recordingBegins()) / 1000);
        await audio.play();
    }

    private recordingBegins(): number {
        return this.ladder?.rows.find((row) => row.title === 'recording begins')?.offset_ms ?? 0;
    }

    private readonly onPlayed = (event: Event): void => {
        const audio = event.target as HTMLAudioElement;
        this.playedMs = audio.paused ? undefined : this.recordingBegins() + audio.currentTime * 1000;
    };

    // ---- what is seen

    protected override render(): TemplateResult {
        const { words, ladder } = this;
        if (this.state === 'missing') return html`<p class="note warn" role="status">${words.missing}</p>`;
        if (!ladder) {
            return this.state === 'away'
                ? html`<p class="note warn" role="status">${words.failed}</p>`
                : html`<p class="soft" role="status">…</p>`;
        }
        const span = spanMs(ladder, this.quality);
        const row = ladder.rows.find((one) => one.at === this.chosen);
        return html`
            ${this.state === 'away' ? html`<p class="note warn" role="status">${words.failed}</p>` : nothing}
            ${this.heading(ladder, span)} ${ladder.kind === 'call' ? this.verdict() : nothing}
            <section class="card" aria-label=${words.timeline}>
                <jf-time-axis
                    .words=${words}
                    .ladder=${ladder}
                    .quality=${this.quality}
                    .waveform=${this.waveform}
                    .recordingMs=${this.recordingBegins()}
                    .cursorMs=${this.playedMs ?? row?.offset_ms}
                    @jf-time=${this.onTime}
                    @jf-play=${(event: CustomEvent<number>) => this.play(event.detail)}
                ></jf-time-axis>
                ${this.sound
                    ? html`<audio src=${this.sound} @timeupdate=${this.onPlayed} @pause=${this.onPlayed}></audio>`
                    : nothing}
            </section>
            <div class="two">
                <section class="card">
                    <h2>${words.ladder}</h2>
                    <div class="tools">
                        <input
                            type="search"
                            placeholder=${words.filter}
                            aria-label=${words.filter}
                            .value=${this.wanted}
                            @input=${(event: InputEvent) =>
                                (this.wanted = (event.target as HTMLInputElement).value)}
                        />
                        <button class="plain" aria-pressed=${this.leg !== undefined} @click=${this.toggleLeg}>
                            ${this.leg === undefined ? words.bothLegs : words.oneLeg}
                        </button>
                    </div>
                    <jf-ladder-rows
                        .words=${words}
                        .ladder=${ladder}
                        .rows=${this.rows()}
                        .chosen=${this.chosen}
                        @jf-row=${(event: CustomEvent<string>) => (this.chosen = event.detail)}
                    ></jf-ladder-rows>
                    <p class="soft hint">${words.keys}</p>
                </section>
                <section class="card">
                    <h2>${words.message}</h2>
                    ${row ? this.message(row) : html`<p class="soft">${words.pick}</p>`}
                </section>
            </div>
        `;
    }

    private readonly onTime = (event: CustomEvent<number>): void => {
        const rows = this.rows();
        const nearest = rows.reduce<Row | undefined>(
            (best, row) =>
                best && Math.abs(best.offset_ms - event.detail) <= Math.abs(row.offset_ms - event.detail)
                    ? best
                    : row,
            undefined,
        );
        if (nearest) this.chosen = nearest.at;
    };

    private heading(ladder: Ladder, span: number): TemplateResult {
        const { words } = this;
        const when = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'medium' });
        return html`<div class="top">
            <h1>${ladder.caller}${ladder.callee === '' ? nothing : html` → ${ladder.callee}`}</h1>
            <span class="soft">${when.format(new Date(ladder.began_at))} · ${clock(span)}</span>
            ${ladder.ended_at === null
                ? html`<span class="live" role="status">${words.live}</span>`
                : html`<span class="soft">${ladder.sip_status ?? ''} ${ladder.cause ?? ''}</span>`}
            <div class="files">
                <button class="plain" @click=${() => this.save(api.text(ladder.id), `${ladder.id}.txt`)}>
                    ${words.text}
                </button>
                <button class="plain" @click=${() => this.save(api.capture(ladder.id), `${ladder.id}.pcap`)}>
                    ${words.capture}
                </button>
            </div>
        </div>`;
    }

    private verdict(): TemplateResult {
        const { words, quality, ladder } = this;
        const bad = (quality?.blamed.length ?? 0) > 0;
        return html`<section class="card verdict ${bad ? 'bad' : ''}" role="status">
            <h2>${words.verdict}</h2>
            ${quality
                ? html`<p>${words.locale === 'ru' ? quality.verdict_ru : quality.verdict}</p>
                      <p class="soft">${words.evidence(quality.bad_s, quality.judged_s, quality.worst_run_s)}</p>`
                : html`<p>${ladder?.ended_at === null ? words.judging : words.noQuality}</p>`}
        </section>`;
    }

    private message(row: Row): TemplateResult {
        const { words } = this;
        return html`
            <p class="soft">
                +${(row.offset_ms / 1000).toFixed(3)} s ·
                ${row.transport === null
                    ? row.kind.toUpperCase()
                    : `${row.transport} ${row.local} ${row.direction === 'out' ? '→' : '←'} ${row.remote}`}
            </p>
            ${row.sdp_changes.length === 0
                ? nothing
                : html`<h2>${words.changed}</h2>
                      <pre>${row.sdp_changes.map(
                          (line) =>
                              html`<span class=${line.startsWith('+') ? 'added' : 'gone'}>${line}${'\n'}</span>`,
                      )}</pre>`}
            <pre tabindex="0">${row.text === '' ? (words.titles[row.title] ?? row.title) : row.text}</pre>
        `;
    }
}

define(CallView.tag, CallView);
