/** The twelve keys, for dialling and for tones alike. Fires `jf-key` for each. */

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import type { Key } from '../core/number';
import { KEYS } from '../core/number';
import { define } from './element';
import { controls } from './theme';

const LETTERS: Partial<Record<Key, string>> = {
    '2': 'ABC',
    '3': 'DEF',
    '4': 'GHI',
    '5': 'JKL',
    '6': 'MNO',
    '7': 'PQRS',
    '8': 'TUV',
    '9': 'WXYZ',
    '0': '+',
};
const TEST_NAMES: Partial<Record<Key, string>> = { '*': 'star', '#': 'hash' };
const LONG_MILLIS = 550;

export interface KeyPress {
    readonly key: Key;
    /** Held down: on the zero that means a plus sign. */
    readonly long: boolean;
}

export class Keypad extends LitElement {
    static readonly tag = 'jf-keypad';
    static override properties = { label: {} };
    static override styles = [
        controls,
        css`
            :host {
                display: grid;
                grid-template-columns: repeat(3, 1fr);
                gap: var(--key-gap, 8px);
            }

            button {
                flex-direction: column;
                gap: 0;
                height: var(--key-height, 58px);
                min-height: 0;
                padding: 0;
                border-radius: 16px;
                background: var(--sunken);
                touch-action: manipulation;
                user-select: none;
            }

            button:hover:enabled {
                background: var(--accent-soft);
            }

            button:active:enabled {
                background: var(--accent);
                color: var(--accent-ink);
            }

            b {
                font-size: 23px;
                font-weight: 500;
                line-height: 1.1;
            }

            small {
                min-height: 12px;
                font-size: 10px;
                letter-spacing: 0.12em;
                line-height: 12px;
                opacity: 0.7;
            }
        `,
    ];

    declare label: string;
    private longTimer: ReturnType<typeof setTimeout> | undefined;
    private wasLong = false;

    override connectedCallback(): void {
        super.connectedCallback();
        this.setAttribute('role', 'group');
    }

    override render(): TemplateResult {
        this.setAttribute('aria-label', this.label);
        return html`${KEYS.map((key) => this.button(key))}`;
    }

    private button(key: Key): TemplateResult {
        return html`<button
            type="button"
            data-test=${`key-${TEST_NAMES[key] ?? key}`}
            @pointerdown=${() => this.begin(key)}
            @pointerleave=${() => clearTimeout(this.longTimer)}
            @click=${() => this.finish(key)}
        >
            <b>${key}</b>
            ${key === '*' || key === '#'
                ? nothing
                : html`<small aria-hidden="true">${LETTERS[key] ?? ''}</small>`}
        </button>`;
    }

    private begin(key: Key): void {
        this.wasLong = false;
        this.longTimer = setTimeout(() => {
            this.wasLong = true;
            this.tell(key, true);
        }, LONG_MILLIS);
    }

    private finish(key: Key): void {
        clearTimeout(this.longTimer);
        if (!this.wasLong) this.tell(key, false);
        this.wasLong = false;
    }

    private tell(key: Key, long: boolean): void {
        this.dispatchEvent(new CustomEvent<KeyPress>('jf-key', { detail: { key, long } }));
    }
}

define(Keypad.tag, Keypad);
