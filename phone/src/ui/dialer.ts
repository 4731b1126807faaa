/** Number, keys, and the button that calls. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { canSignal } from '../core/calls';
import { NUMBER_LENGTH_MAX, cleanNumber } from '../core/number';
import { PhonePart, define } from './element';
import { icon } from './icons';
import type { KeyPress } from './keypad';
import './keypad';
import { controls } from './theme';

export class Dialer extends PhonePart {
    static readonly tag = 'jf-dialer';
    static override properties = { number: { state: true } };
    static override styles = [
        controls,
        css`
            :host {
                display: grid;
                gap: 14px;
                grid-template-rows: auto 1fr auto;
                min-height: 100%;
            }

            .number {
                position: relative;
            }

            input {
                margin: 0;
                min-height: 58px;
                padding: 0 50px;
                border-color: var(--line);
                border-radius: 16px;
                background: transparent;
                font-size: 27px;
                font-weight: 500;
                letter-spacing: 0.01em;
                text-align: center;
                font-variant-numeric: tabular-nums;
            }

            input:hover,
            input:focus {
                border-color: var(--line-strong);
            }

            input::placeholder {
                font-size: 18px;
                font-weight: 400;
                letter-spacing: 0;
            }

            .erase {
                position: absolute;
                top: 7px;
                right: 3px;
            }

            .call {
                min-height: 54px;
                border-radius: 16px;
                font-size: 17px;
            }

            jf-keypad {
                align-content: center;
            }

            @media (max-height: 500px) {
                :host {
                    gap: 8px;
                }

                input {
                    min-height: 44px;
                    font-size: 22px;
                }

                .erase {
                    top: 0;
                }

                .call {
                    min-height: 46px;
                }
            }
        `,
    ];

    declare number: string;

    constructor() {
        super();
        this.number = '';
    }

    override render(): TemplateResult {
        const { t } = this;
        return html`
            <form class="number" @submit=${this.onSubmit}>
                <input
                    data-test="number"
                    inputmode="tel"
                    enterkeyhint="go"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength=${NUMBER_LENGTH_MAX}
                    aria-label=${t.dialer.number}
                    placeholder=${t.dialer.placeholder}
                    .value=${this.number}
                    @input=${this.onInput}
                    @paste=${this.onPaste}
                />
                ${this.number === ''
                    ? nothing
                    : html`<button
                          type="button"
                          class="quiet icon erase"
                          data-test="erase"
                          aria-label=${t.dialer.erase}
                          @click=${this.erase}
                      >
                          ${icon('erase', 22)}
                      </button>`}
            </form>
            <jf-keypad .label=${t.dialer.keypad} @jf-key=${this.onKey}></jf-keypad>
            <button
                type="button"
                class="primary call"
                data-test="call"
                ?disabled=${!canSignal(this.phone)}
                @click=${this.call}
            >
                ${icon('phone')} ${t.dialer.call}
            </button>
        `;
    }

    /** Where there is a keyboard one can type at once; on a touch screen nothing pops up unasked. */
    focusNumber(): void {
        if (!matchMedia('(hover: hover) and (pointer: fine)').matches) return;
        this.renderRoot.querySelector('input')?.focus();
    }

    private readonly onInput = (event: Event): void => {
        this.number = (event.target as HTMLInputElement).value;
    };

    /** What is pasted is cleaned before the eyes, so that nobody wonders what will be dialled. */
    private readonly onPaste = (event: ClipboardEvent): void => {
        const input = event.target as HTMLInputElement;
        const cleaned = cleanNumber(event.clipboardData?.getData('text') ?? '');
        event.preventDefault();
        input.setRangeText(
            cleaned,
            input.selectionStart ?? input.value.length,
            input.selectionEnd ?? input.value.length,
            'end',
        );
        this.number = input.value;
    };

    private readonly onKey = ({ detail }: CustomEvent<KeyPress>): void => {
        this.number += detail.long && detail.key === '0' ? '+' : detail.key;
        if (detail.long && detail.key !== '0') return;
        this.driver.tones.key(detail.key);
    };

    private readonly erase = (): void => {
        this.number = this.number.slice(0, -1);
    };

    private readonly onSubmit = (event: SubmitEvent): void => {
        event.preventDefault();
        this.call();
    };

    /** With nothing typed, the button brings back the last number first, as desk phones do. */
    private readonly call = (): void => {
        const number = cleanNumber(this.number);
        const last = this.phone.recent.find((call) => call.direction === 'out')?.peer.number;
        if (number !== '') {
            this.driver.dial(number);
            this.number = '';
        } else if (last !== undefined) {
            this.number = last;
        }
    };
}

define(Dialer.tag, Dialer);
