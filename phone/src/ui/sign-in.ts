/** The sign-in card: demo agents to click on, or a form; why it did not work, if it didn't. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { FormProblem } from '../core/account';
import { readForm, usualWs } from '../core/account';
import type { Demo } from '../core/demo';
import { remember, remembered } from '../browser/preferences';
import { PhonePart, define } from './element';
import { icon } from './icons';
import { explanation, lineNote } from './notes';
import { controls } from './theme';

/** What the page's address asks for: `?ws=…&user=…&domain=…`. */
export interface Wishes {
    readonly ws: string;
    readonly user: string;
    readonly domain: string;
}

export class SignIn extends PhonePart {
    static readonly tag = 'jf-sign-in';
    static override properties = {
        demo: { attribute: false },
        wishes: { attribute: false },
        problem: { state: true },
    };
    static override styles = [
        controls,
        css`
            :host {
                display: grid;
                gap: 16px;
            }

            .card {
                padding: 26px;
                box-shadow: var(--shadow);
            }

            h1 {
                font-size: 22px;
                font-weight: 650;
                letter-spacing: -0.01em;
            }

            .lead {
                margin-top: 4px;
                color: var(--ink-soft);
            }

            .seats {
                display: grid;
                grid-template-columns: repeat(auto-fill, minmax(96px, 1fr));
                gap: 10px;
                margin-top: 18px;
            }

            .seats button {
                flex-direction: column;
                gap: 6px;
                min-height: 84px;
                font-weight: 600;
                font-size: 16px;
                font-variant-numeric: tabular-nums;
            }

            .seats svg {
                color: var(--accent-text);
            }

            .seats button:hover:enabled {
                border-color: var(--accent);
                background: var(--accent-soft);
            }

            .or {
                display: flex;
                align-items: center;
                gap: 12px;
                margin: 22px 0 0;
                font-size: 13px;
                color: var(--ink-soft);
            }

            .or::before,
            .or::after {
                content: '';
                flex: 1;
                border-top: 1px solid var(--line);
            }

            form {
                display: grid;
                gap: 14px;
                margin-top: 18px;
            }

            form .primary {
                min-height: 48px;
                margin-top: 4px;
            }

            details {
                border-radius: 12px;
            }

            summary {
                display: inline-flex;
                align-items: center;
                gap: 6px;
                min-height: 32px;
                font-size: 13px;
                color: var(--ink-soft);
                cursor: pointer;
                list-style: none;
                border-radius: 8px;
            }

            summary::-webkit-details-marker {
                display: none;
            }

            details[open] summary svg {
                transform: rotate(180deg);
            }

            .fields {
                display: grid;
                gap: 14px;
                padding-top: 8px;
            }

            .foot {
                font-size: 12.5px;
                color: var(--ink-soft);
            }

            .problem {
                font-size: 14px;
                color: var(--danger-text);
            }

            @media (max-width: 420px) {
                .card {
                    padding: 20px 18px;
                }
            }
        `,
    ];

    declare demo: Demo | undefined;
    declare wishes: Wishes;
    declare problem: FormProblem | undefined;

    override render(): TemplateResult {
        const { t } = this;
        const busy = this.phone.line.kind !== 'offline';
        return html`
            ${lineNote(this.phone, t, () => this.driver.send({ kind: 'retry-now' }))}
            ${this.driver.microphone.state === 'insecure-page'
                ? explanation(t.microphone['insecure-page'], 'warn')
                : nothing}
            <section class="card">
                <h1>${this.demo === undefined ? t.signIn.heading : t.signIn.demoHeading}</h1>
                <p class="lead">${this.demo === undefined ? t.tagline : t.signIn.demoHint}</p>
                ${this.demo === undefined ? nothing : this.seats(this.demo, busy)}
                <form @submit=${this.onSubmit} novalidate>${this.fields(busy)}</form>
            </section>
        `;
    }

    private seats(demo: Demo, busy: boolean): TemplateResult {
        const { t } = this;
        return html`<div class="seats">
                ${demo.agents.map(
                    ({ name, password }) =>
                        html`<button
                            type="button"
                            class="plain"
                            data-test=${`agent-${name}`}
                            aria-label=${t.signIn.demoAs(name)}
                            ?disabled=${busy}
                            @click=${() => this.signIn(name, password)}
                        >
                            ${icon('person', 24)} ${name}
                        </button>`,
                )}
            </div>
            <p class="or">${t.signIn.or}</p>`;
    }

    private fields(busy: boolean): TemplateResult {
        const { t, wishes } = this;
        const user = wishes.user || (this.demo === undefined ? (remembered('user') ?? '') : '');
        return html`
            <label
                >${t.signIn.user}
                <input
                    name="user"
                    data-test="user"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    .defaultValue=${user}
                    ?disabled=${busy}
                />
            </label>
            <label
                >${t.signIn.password}
                <input
                    name="password"
                    type="password"
                    data-test="password"
                    autocomplete="current-password"
                    ?disabled=${busy}
                />
            </label>
            ${this.advanced(busy)}
            ${this.problem === undefined
                ? nothing
                : html`<p class="problem" role="alert" data-test="problem">
                      ${t.signIn.problems[this.problem]}
                  </p>`}
            ${busy ? this.busyButtons() : this.submitButton()}
            <p class="foot">${t.signIn.passwordNote}</p>
        `;
    }

    private advanced(busy: boolean): TemplateResult {
        const { t, wishes } = this;
        const ws = this.demo?.ws ?? usualWs(location);
        const domain = this.demo?.domain ?? location.hostname;
        return html`<details ?open=${wishes.ws !== '' || wishes.domain !== ''}>
            <summary>${t.signIn.advanced} ${icon('chevron', 16)}</summary>
            <div class="fields">
                <label
                    >${t.signIn.ws}
                    <input
                        name="ws"
                        data-test="ws"
                        inputmode="url"
                        spellcheck="false"
                        placeholder=${t.signIn.usual(ws)}
                        .defaultValue=${wishes.ws}
                        ?disabled=${busy}
                    />
                </label>
                <label
                    >${t.signIn.domain}
                    <input
                        name="domain"
                        data-test="domain"
                        spellcheck="false"
                        placeholder=${t.signIn.usual(domain)}
                        .defaultValue=${wishes.domain}
                        ?disabled=${busy}
                    />
                </label>
            </div>
        </details>`;
    }

    private submitButton(): TemplateResult {
        return html`<button type="submit" class="primary" data-test="login">
            ${this.t.signIn.submit}
        </button>`;
    }

    private busyButtons(): TemplateResult {
        return html`<button
            type="button"
            class="plain"
            data-test="cancel"
            @click=${() => this.driver.send({ kind: 'sign-out' })}
        >
            ${this.phone.line.kind === 'waiting'
                ? this.t.signIn.cancel
                : html`${this.t.signIn.connecting} <span class="quiet">${this.t.signIn.cancel}</span>`}
        </button>`;
    }

    private readonly onSubmit = (event: SubmitEvent): void => {
        event.preventDefault();
        const data = new FormData(event.target as HTMLFormElement);
        const field = (name: string): string => String(data.get(name) ?? '');
        this.signIn(field('user'), field('password'), field('ws'), field('domain'));
    };

    private signIn(user: string, password: string, ws = '', domain = ''): void {
        const fallback = this.demo;
        const form = {
            user,
            password,
            ws: ws.trim() || (fallback?.ws ?? ''),
            domain: domain.trim() || (ws.trim() === '' ? (fallback?.domain ?? '') : ''),
        };
        const result = readForm(form, location);
        this.problem = result.kind === 'problem' ? result.problem : undefined;
        if (result.kind === 'problem') return;
        remember('user', result.account.user);
        this.driver.signIn(result.account, password);
    }
}

define(SignIn.tag, SignIn);
