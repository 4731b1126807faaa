/** Numbers one tap away: those the server suggests, and those called lately. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { EndedCall } from '../core/call';
import { canSignal } from '../core/calls';
import type { QuickNumber } from '../core/demo';
import { textIn } from '../core/demo';
import { durationText, endedWords, peerName, timeText } from '../i18n/words';
import { PhonePart, define } from './element';
import type { IconName } from './icons';
import { icon } from './icons';
import { controls } from './theme';

export class NumberLists extends PhonePart {
    static readonly tag = 'jf-number-lists';
    static override properties = { quick: { attribute: false } };
    static override styles = [
        controls,
        css`
            :host {
                display: grid;
                grid-template-columns: minmax(0, 1fr);
                gap: 16px;
                align-content: start;
            }

            .card {
                padding: 16px 8px 8px;
            }

            h2 {
                padding: 0 10px 8px;
            }

            ul {
                margin: 0;
                padding: 0;
                list-style: none;
            }

            li button {
                width: 100%;
                min-height: 52px;
                padding: 6px 10px;
                justify-content: flex-start;
                gap: 12px;
                text-align: left;
            }

            li button:hover:enabled {
                background: var(--sunken);
            }

            li button:disabled {
                opacity: 1;
            }

            .mark {
                display: grid;
                place-items: center;
                flex: none;
                width: 34px;
                height: 34px;
                border-radius: 10px;
                background: var(--sunken);
                color: var(--ink-soft);
            }

            .mark.missed {
                background: var(--danger-soft);
                color: var(--danger-text);
            }

            .mark.quick {
                background: var(--accent-soft);
                color: var(--accent-text);
            }

            .main {
                flex: 1;
                min-width: 0;
                line-height: 1.3;
            }

            .name,
            .more {
                display: block;
            }

            .name {
                font-weight: 550;
                font-variant-numeric: tabular-nums;
            }

            .more {
                font-size: 13px;
                color: var(--ink-soft);
            }

            .when {
                flex: none;
                font-size: 13px;
                color: var(--ink-soft);
                font-variant-numeric: tabular-nums;
            }

            .empty {
                padding: 4px 10px 12px;
                font-size: 14px;
                color: var(--ink-soft);
            }

            .scroll {
                max-height: 292px;
                overflow-y: auto;
            }
        `,
    ];

    declare quick: readonly QuickNumber[];

    override render(): TemplateResult {
        const { t } = this;
        const { recent } = this.phone;
        return html`
            ${this.quick.length === 0
                ? nothing
                : html`<section class="card">
                      <h2>${t.dialer.quick}</h2>
                      <ul>
                          ${this.quick.map((each) => this.quickRow(each))}
                      </ul>
                  </section>`}
            <section class="card">
                <h2>${t.dialer.recent}</h2>
                ${recent.length === 0
                    ? html`<p class="empty">${t.dialer.noRecent}</p>`
                    : html`<ul class="scroll">
                          ${recent.map((call) => this.recentRow(call))}
                      </ul>`}
            </section>
        `;
    }

    private quickRow({ number, label }: QuickNumber): TemplateResult {
        const text = textIn(label, this.t.locale);
        return this.row(
            number,
            html`<span class="mark quick">${icon('phone', 18)}</span>
                <span class="main">
                    <span class="name ellipsis">${text === '' ? number : text}</span>
                </span>
                <span class="when">${text === '' ? '' : number}</span>`,
            `quick-${number}`,
        );
    }

    private recentRow(call: EndedCall): TemplateResult {
        const { t } = this;
        const talked = call.talkedMillis;
        return this.row(
            call.peer.number,
            html`<span class="mark ${call.cause === 'missed' ? 'missed' : ''}"
                    >${icon(markOf(call), 18)}</span
                >
                <span class="main">
                    <span class="name ellipsis">${peerName(call.peer)}</span>
                    <span class="more ellipsis"
                        >${talked === undefined
                            ? endedWords(call, t).what
                            : durationText(talked)}</span
                    >
                </span>
                <span class="when">${timeText(call.startedWallClock, t)}</span>`,
            'recent',
        );
    }

    private row(number: string, content: TemplateResult, test: string): TemplateResult {
        return html`<li>
            <button
                type="button"
                data-test=${test}
                title=${this.t.dialer.again(number)}
                ?disabled=${!canSignal(this.phone) || this.phone.calls.length > 0}
                @click=${() => this.driver.dial(number)}
            >
                ${content}
            </button>
        </li>`;
    }
}

function markOf(call: EndedCall): IconName {
    if (call.cause === 'missed') return 'missed';
    return call.direction === 'out' ? 'out' : 'into';
}

define(NumberLists.tag, NumberLists);
