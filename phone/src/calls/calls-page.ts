/** What both pages share: language, key, and which of them is shown. */

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { remember, remembered } from '../browser/preferences';
import { LANGUAGES, chooseLanguage, isLanguage, type Language } from '../i18n/languages';
import { define } from '../ui/element';
import { controls, theme } from '../ui/theme';
import { keyStore } from './api';
import './call-list';
import './call-view';
import { WORDS } from './words';

export class CallsPage extends LitElement {
    static readonly tag = 'jackfield-calls';
    static override properties = {
        callId: { state: true },
        language: { state: true },
        locked: { state: true },
    };
    static override styles = [
        theme,
        controls,
        css`
            :host {
                display: block;
                min-height: 100vh;
                background: var(--bg);
            }

            header {
                display: flex;
                align-items: center;
                gap: 12px;
                padding: 12px 20px;
            }

            header a {
                font-weight: 650;
                color: var(--ink);
                text-decoration: none;
            }

            header .languages {
                margin-left: auto;
            }

            main {
                max-width: 1280px;
                margin: 0 auto;
                padding: 0 20px 40px;
            }

            form {
                display: grid;
                gap: 12px;
                max-width: 420px;
                margin: 10vh auto;
                padding: 26px;
            }

            @media (max-width: 600px) {
                header,
                main {
                    padding-left: 12px;
                    padding-right: 12px;
                }
            }
        `,
    ];

    declare private callId: string | undefined;
    declare private language: Language;
    declare private locked: boolean;

    constructor() {
        super();
        this.language = chooseLanguage(remembered('language'), navigator.languages);
        this.locked = false;
    }

    open(callId: string): void {
        this.callId = callId;
    }

    protected override updated(): void {
        document.documentElement.lang = this.language;
        const words = WORDS[this.language];
        document.title = `${this.callId ? `${this.callId} · ` : ''}${words.calls} · Jackfield`;
    }

    protected override render(): TemplateResult {
        const words = WORDS[this.language];
        return html`
            <header>
                <a href="/calls">${words.calls}</a>
                <div class="languages">
                    ${Object.keys(LANGUAGES)
                        .filter(isLanguage)
                        .map(
                            (one) => html`<button
                                class="quiet"
                                lang=${one}
                                aria-pressed=${one === this.language}
                                @click=${() => this.speak(one)}
                            >
                                ${one.toUpperCase()}
                            </button>`,
                        )}
                </div>
            </header>
            <main @jf-locked=${() => (this.locked = true)}>
                ${this.locked ? this.keyForm() : this.content()}
            </main>
        `;
    }

    private content(): TemplateResult | typeof nothing {
        const words = WORDS[this.language];
        if (this.callId === undefined) return nothing;
        return this.callId === ''
            ? html`<jf-call-list .words=${words}></jf-call-list>`
            : html`<jf-call-view .words=${words} .callId=${this.callId}></jf-call-view>`;
    }

    private keyForm(): TemplateResult {
        const words = WORDS[this.language];
        return html`<form class="card" @submit=${this.unlock}>
            <label>${words.key}<input name="key" type="password" autocomplete="off" required /></label>
            <p class="quiet">${words.keyHint}</p>
            <button class="primary">${words.open}</button>
        </form>`;
    }

    private readonly unlock = (event: SubmitEvent): void => {
        event.preventDefault();
        const key = new FormData(event.target as HTMLFormElement).get('key');
        keyStore.set(typeof key === 'string' ? key.trim() : '');
        this.locked = false;
    };

    private speak(language: Language): void {
        this.language = language;
        remember('language', language);
    }
}

define(CallsPage.tag, CallsPage);
