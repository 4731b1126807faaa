/** `<jackfield-phone>`: the whole phone on a page. */

import { LitElement, html, nothing, type TemplateResult } from 'lit';
import type { PhoneDriver } from '../browser/driver';
import { closeStream } from '../browser/microphone';
import { remember, remembered } from '../browser/preferences';
import type { Call } from '../core/call';
import type { Demo } from '../core/demo';
import { readDemo } from '../core/demo';
import type { Phone } from '../core/phone';
import { NEW_PHONE, activeCall, incomingCalls, isTalking } from '../core/phone';
import type { Language } from '../i18n/languages';
import { LANGUAGES, chooseLanguage } from '../i18n/languages';
import type { Messages } from '../i18n/messages';
import { durationText, endedWords, lineWords, nowWords, peerName } from '../i18n/words';
import './call-card';
import './call-strips';
import { Dialer } from './dialer';
import { define } from './element';
import { brandMark, icon } from './icons';
import { explanation, lineNote } from './notes';
import './number-lists';
import type { Wishes } from './sign-in';
import './sign-in';
import './sound-panel';
import { controls, theme } from './theme';
import { layout } from './layout';

const DEMO_URL = 'api/v1/demo';

export class JackfieldPhone extends LitElement {
    static readonly tag = 'jackfield-phone';
    static override properties = {
        driver: { state: true },
        language: { state: true },
        demo: { state: true },
    };
    static override styles = [theme, controls, layout];

    declare driver: PhoneDriver | undefined;
    declare language: Language;
    declare demo: Demo | undefined;
    private focusPlace = '';
    private news = '';
    private readonly query = new URLSearchParams(location.search);
    private readonly wishes: Wishes = {
        ws: this.query.get('ws') ?? '',
        user: this.query.get('user') ?? '',
        domain: this.query.get('domain') ?? '',
    };

    constructor() {
        super();
        const wanted = this.query.get('lang') ?? remembered('language');
        this.language = chooseLanguage(wanted, navigator.languages);
    }

    /** Brings the phone to life; until then the element is empty. */
    start(driver: PhoneDriver): void {
        this.driver = driver;
        driver.subscribe(() => this.requestUpdate());
        addEventListener('beforeunload', (event) => {
            if (isTalking(driver.phone)) event.preventDefault();
        });
        void this.findDemo();
    }

    private get phone(): Phone {
        return this.driver?.phone ?? NEW_PHONE;
    }

    private get t(): Messages {
        return LANGUAGES[this.language];
    }

    protected override updated(): void {
        document.documentElement.lang = this.t.locale;
        document.title = this.pageTitle();
        this.showNews();
        void this.keepFocus();
    }

    /** A call that rings, or why one ended, stands at the top; whoever scrolled away must see it. */
    private showNews(): void {
        const { phone } = this;
        const news = [...incomingCalls(phone), phone.lastEnded].map((call) => call?.id).join();
        if (news !== this.news) scrollTo({ top: 0 });
        this.news = news;
    }

    /**
     * When the button that had the focus is gone, the focus goes to what took its place, not to
     * nowhere: to the call (from which no stray Enter hangs up), to the number once it is over.
     */
    private async keepFocus(): Promise<void> {
        const { active, signedIn } = this.phone;
        const place = !signedIn ? 'jf-sign-in' : active === undefined ? 'jf-dialer' : 'jf-call-card';
        if (place === this.focusPlace) return;
        this.focusPlace = place;
        const part = this.renderRoot.querySelector<LitElement>(place);
        await part?.updateComplete;
        if (document.activeElement !== document.body && document.activeElement !== this) return;
        if (this.shadowRoot?.activeElement) return;
        if (part instanceof Dialer) part.focusNumber();
        else part?.focus();
    }

    override render(): TemplateResult | typeof nothing {
        const { driver, phone, t } = this;
        if (driver === undefined) return nothing;
        return html`
            <div class="frame">
                ${this.header()}
                <main class=${phone.signedIn ? 'working' : 'entering'}>
                    ${phone.signedIn
                        ? this.working(driver)
                        : html`<jf-sign-in
                              .driver=${driver}
                              .phone=${phone}
                              .t=${t}
                              .demo=${this.demo}
                              .wishes=${this.wishes}
                          ></jf-sign-in>`}
                </main>
            </div>
        `;
    }

    private header(): TemplateResult {
        const { phone, t } = this;
        const other: Language = this.language === 'en' ? 'ru' : 'en';
        const { languageName } = LANGUAGES[other];
        return html`<header>
            <span class="brand">${brandMark()}<span>Jackfield</span></span>
            <span class="line" data-test="status" data-state=${phone.line.kind}>
                <i class="lamp"></i>
                <span class="ellipsis full">${lineWords(phone, t)}</span>
                <span class="ellipsis short" aria-hidden="true">${shortLine(phone, t)}</span>
            </span>
            <button
                type="button"
                class="quiet language"
                data-test="lang"
                lang=${other}
                title=${languageName}
                aria-label=${`${other.toUpperCase()}: ${languageName}`}
                @click=${() => this.setLanguage(other)}
            >
                ${other.toUpperCase()}
            </button>
            ${phone.signedIn
                ? html`<button
                      type="button"
                      class="quiet icon"
                      data-test="logout"
                      title=${t.line.signOut}
                      aria-label=${t.line.signOut}
                      @click=${() => this.driver?.send({ kind: 'sign-out' })}
                  >
                      ${icon('leave')}
                  </button>`
                : nothing}
        </header>`;
    }

    private working(driver: PhoneDriver): TemplateResult {
        const { phone, t } = this;
        const active = activeCall(phone);
        const ringing = incomingCalls(phone).length > 0;
        return html`
            <h1 class="visually-hidden">${t.title}</h1>
            <section class="card phone ${ringing && active === undefined ? 'ringing' : ''}">
                ${lineNote(phone, t, () => driver.send({ kind: 'retry-now' }))}
                ${this.microphoneNote(driver)}
                <p
                    class="words ${wordsTone(phone, active)}"
                    role="status"
                    data-test="words"
                >
                    ${nowWords(phone, t)}
                </p>
                <div role="status">${this.endedNote()}${hintNote(active, t)}</div>
                <jf-call-strips .driver=${driver} .phone=${phone} .t=${t}></jf-call-strips>
                <div class="desk">
                    ${active === undefined
                        ? html`<jf-dialer
                              ?hidden=${ringing}
                              .driver=${driver}
                              .phone=${phone}
                              .t=${t}
                          ></jf-dialer>`
                        : html`<jf-call-card
                              tabindex="-1"
                              ?compact=${phone.calls.length > 1}
                              .driver=${driver}
                              .phone=${phone}
                              .t=${t}
                              .call=${active}
                          ></jf-call-card>`}
                </div>
            </section>
            <aside>
                <jf-number-lists
                    .driver=${driver}
                    .phone=${phone}
                    .t=${t}
                    .quick=${this.demo?.numbers ?? []}
                ></jf-number-lists>
                <jf-sound-panel .driver=${driver} .phone=${phone} .t=${t}></jf-sound-panel>
            </aside>
        `;
    }

    /** Why the last call ended, and what to do about it, until the next one or a tap. */
    private endedNote(): TemplateResult | typeof nothing {
        const { t } = this;
        const ended = this.phone.lastEnded;
        if (ended === undefined) return nothing;
        const { what, fix } = endedWords(ended, t);
        const details = [
            peerName(ended.peer),
            ended.talkedMillis === undefined ? '' : durationText(ended.talkedMillis),
            ended.status === undefined || fix === '' ? '' : t.sipStatus(ended.status),
        ].filter((text) => text !== '');
        return html`<div class="note ended ${fix === '' ? '' : 'warn'}">
            ${icon(fix === '' ? 'info' : 'alert')}
            <div class="body">
                <strong><span data-test="reason" data-cause=${ended.cause}>${what}</span></strong>
                ${fix === '' ? nothing : html`<div>${fix}</div>`}
                <small>${details.join(' · ')}</small>
            </div>
            <button
                type="button"
                class="quiet icon"
                data-test="dismiss"
                aria-label=${t.call.dismiss}
                @click=${() => this.driver?.send({ kind: 'dismiss' })}
            >
                ${icon('close', 18)}
            </button>
        </div>`;
    }

    /** Better known before the first call than in it; said once where a call has just failed by it. */
    private microphoneNote(driver: PhoneDriver): TemplateResult | typeof nothing {
        const { t } = this;
        const { state } = driver.microphone;
        if (state === 'unknown' || state === 'ready') return nothing;
        if (state !== 'ask') {
            const said = this.phone.lastEnded?.cause === state;
            return said ? nothing : explanation(t.microphone[state], 'warn');
        }
        return html`<div class="note ask">
            ${icon('mic')}
            <div class="body">${t.sound.allowWhy}</div>
            <button
                type="button"
                class="plain"
                data-test="allow-microphone"
                @click=${() => void this.askForMicrophone(driver)}
            >
                ${t.sound.allow}
            </button>
        </div>`;
    }

    private async askForMicrophone(driver: PhoneDriver): Promise<void> {
        const result = await driver.openMicrophone();
        if (result.kind === 'stream') closeStream(result.stream);
    }

    /** A demo server introduces itself; any other has no such page, and none is missed. */
    private async findDemo(): Promise<void> {
        if (this.wishes.ws !== '') return;
        try {
            const response = await fetch(DEMO_URL, { headers: { accept: 'application/json' } });
            if (response.ok) this.demo = readDemo(await response.json());
        } catch {
            // No demo, or no server at all: signing in will tell.
        }
    }

    private setLanguage(language: Language): void {
        this.language = language;
        remember('language', language);
    }

    /** What a glance at the row of tabs should tell. */
    private pageTitle(): string {
        const { phone, t } = this;
        const ringing = incomingCalls(phone)[0];
        if (ringing !== undefined) return `☎ ${t.words.incoming(peerName(ringing.peer))}`;
        const call = activeCall(phone);
        return call === undefined ? t.title : `${peerName(call.peer)} · ${t.title}`;
    }
}

/** `spare`: a note says more, should room be short. `alarm`: nobody hears anything right now. */
function wordsTone(phone: Phone, active: Call | undefined): '' | 'spare' | 'alarm' {
    if (active?.sound === 'interrupted') return 'alarm';
    return phone.lastEnded !== undefined && active === undefined ? 'spare' : '';
}

/** On a narrow screen the lamp says the rest. */
function shortLine(phone: Phone, t: Messages): string {
    return phone.line.kind === 'registered' ? phone.line.account.user : lineWords(phone, t);
}

function hintNote(call: Call | undefined, t: Messages): TemplateResult | typeof nothing {
    return call?.hint === undefined
        ? nothing
        : html`<div data-test="hint">${explanation(t.words.hints[call.hint], 'warn')}</div>`;
}

define(JackfieldPhone.tag, JackfieldPhone);
