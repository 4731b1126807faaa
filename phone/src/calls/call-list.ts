/** All calls, and what was refused, newest first; searched. */

import { LitElement, css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { define } from '../ui/element';
import { controls } from '../ui/theme';
import { api } from './api';
import type { Head } from './model';
import type { Words } from './words';

export class CallList extends LitElement {
    static readonly tag = 'jf-call-list';
    static override properties: PropertyDeclarations = {
        words: { attribute: false },
        heads: { state: true },
        next: { state: true },
        away: { state: true },
    };
    static override styles = [
        controls,
        css`
            form {
                display: grid;
                grid-template-columns: repeat(3, minmax(0, 1fr)) auto;
                gap: 12px;
                align-items: end;
                padding: 16px;
            }

            .card {
                margin-bottom: 16px;
                overflow-x: auto;
            }

            table {
                width: 100%;
                border-collapse: collapse;
                font-variant-numeric: tabular-nums;
            }

            th {
                font-size: 13px;
                font-weight: 550;
                text-align: left;
                color: var(--ink-soft);
            }

            th,
            td {
                padding: 10px 16px;
                border-bottom: 1px solid var(--line);
                white-space: nowrap;
            }

            tr:last-child td {
                border-bottom: 0;
            }

            td a {
                color: var(--accent-text);
            }

            .bad {
                color: var(--danger-text);
            }

            .quiet {
                color: var(--ink-soft);
            }

            @media (max-width: 700px) {
                form {
                    grid-template-columns: 1fr;
                }

                th:nth-child(3),
                td:nth-child(3) {
                    display: none;
                }

                th,
                td {
                    padding: 10px;
                }
            }
        `,
    ];

    declare words: Words;
    declare private heads: readonly Head[] | undefined;
    declare private next: string | null;
    declare private away: boolean;
    private wanted = new URLSearchParams();

    constructor() {
        super();
        this.next = null;
        this.away = false;
    }

    override connectedCallback(): void {
        super.connectedCallback();
        void this.load(false);
    }

    private async load(more: boolean): Promise<void> {
        const query = new URLSearchParams(this.wanted);
        query.set('limit', '50');
        if (more && this.next !== null) query.set('cursor', this.next);
        const answer = await api.ladders(query);
        this.away = answer.is === 'away';
        if (answer.is === 'locked') {
            this.dispatchEvent(new CustomEvent('jf-locked', { bubbles: true, composed: true }));
        } else if (answer.is === 'here') {
            this.heads = more ? [...(this.heads ?? []), ...answer.value.ladders] : answer.value.ladders;
            this.next = answer.value.next;
        }
    }

    private readonly search = (event: SubmitEvent): void => {
        event.preventDefault();
        this.wanted = new URLSearchParams();
        for (const [name, value] of new FormData(event.target as HTMLFormElement)) {
            if (typeof value === 'string' && value.trim() !== '') this.wanted.set(name, value.trim());
        }
        void this.load(false);
    };

    protected override render(): TemplateResult {
        const { words } = this;
        return html`
            <form class="card" role="search" aria-label=${words.search} @submit=${this.search}>
                <label>${words.number}<input name="number" inputmode="tel" /></label>
                <label>${words.agent}<input name="agent" /></label>
                <label>${words.cause}<input name="cause" /></label>
                <button class="primary">${words.find}</button>
            </form>
            ${this.away ? html`<p class="note warn" role="status">${words.failed}</p>` : nothing}
            ${this.heads?.length === 0 ? html`<p class="quiet">${words.none}</p>` : nothing}
            ${this.heads?.length ? this.table(this.heads) : nothing}
            ${this.next === null
                ? nothing
                : html`<button class="plain" @click=${() => this.load(true)}>${words.more}</button>`}
        `;
    }

    private table(heads: readonly Head[]): TemplateResult {
        const { words } = this;
        const when = new Intl.DateTimeFormat(words.locale, { dateStyle: 'short', timeStyle: 'medium' });
        return html`<div class="card" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th>${words.when}</th>
                        <th>${words.from}</th>
                        <th>${words.to}</th>
                        <th>${words.how}</th>
                    </tr>
                </thead>
                <tbody>
                    ${heads.map(
                        (head) => html`<tr>
                            <td>
                                <a href="/calls/${encodeURIComponent(head.id)}"
                                    >${when.format(new Date(head.began_at))}</a
                                >
                            </td>
                            <td>${head.caller}</td>
                            <td>${head.callee}</td>
                            <td class=${head.kind === 'call' && (head.sip_status ?? 200) < 300 ? '' : 'bad'}>
                                ${this.ending(head)}
                            </td>
                        </tr>`,
                    )}
                </tbody>
            </table>
        </div>`;
    }

    private ending(head: Head): string {
        if (head.ended_at === null) return this.words.live;
        const kind = head.kind === 'call' ? '' : `${this.words.kinds[head.kind] ?? head.kind}: `;
        return `${kind}${head.sip_status ?? ''} ${head.cause ?? ''}`.trim();
    }
}

define(CallList.tag, CallList);
