/** Calls beside the one in hand: those that ring, and those that wait on hold. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../core/call';
import { answeredSince, isAnswered } from '../core/call';
import { canSignal } from '../core/calls';
import { activeCall, heldCalls, incomingCalls } from '../core/phone';
import { peerName } from '../i18n/words';
import './countdown';
import { PhonePart, define } from './element';
import { icon } from './icons';
import { controls } from './theme';

export class CallStrips extends PhonePart {
    static readonly tag = 'jf-call-strips';
    static override styles = [
        controls,
        css`
            :host {
                display: grid;
                gap: 12px;
            }

            .incoming {
                display: grid;
                gap: 14px;
                padding: 16px;
                border-radius: 16px;
                background: var(--accent-soft);
                animation: arrive 220ms ease-out;
            }

            @keyframes arrive {
                from {
                    transform: translateY(-8px);
                    opacity: 0;
                }
            }

            .who {
                display: flex;
                gap: 14px;
                align-items: center;
                min-width: 0;
            }

            .bell {
                display: grid;
                place-items: center;
                flex: none;
                width: 48px;
                height: 48px;
                border-radius: 50%;
                background: var(--accent);
                color: var(--accent-ink);
                animation: shake 1.5s ease-in-out infinite;
            }

            @keyframes shake {
                0%,
                40%,
                100% {
                    transform: rotate(0);
                }
                10%,
                30% {
                    transform: rotate(-9deg);
                }
                20% {
                    transform: rotate(9deg);
                }
            }

            .label {
                font-size: 13px;
                color: var(--accent-text);
            }

            .peer {
                font-size: 21px;
                font-weight: 650;
                line-height: 1.25;
            }

            .text {
                flex: 1;
                min-width: 0;
            }

            .choices {
                display: grid;
                grid-template-columns: 1fr 1.4fr;
                gap: 10px;
            }

            .choices button {
                min-height: 50px;
                border-radius: 14px;
                padding: 0 10px;
                line-height: 1.2;
            }

            .held {
                display: flex;
                gap: 12px;
                align-items: center;
                padding: 8px 8px 8px 14px;
                border-radius: 14px;
                background: var(--warn-soft);
                color: var(--warn-text);
            }

            .held button {
                color: var(--ink);
            }

            .held .peer {
                font-size: 15px;
            }

            .held small {
                font-size: 13px;
                font-variant-numeric: tabular-nums;
            }
        `,
    ];

    override render(): TemplateResult {
        const active = activeCall(this.phone);
        return html`
            ${incomingCalls(this.phone).map((call) => this.incoming(call, active))}
            ${heldCalls(this.phone).map((call) => this.held(call))}
        `;
    }

    private incoming(call: Call, active: Call | undefined): TemplateResult {
        const { t, driver } = this;
        const holds = active !== undefined && isAnswered(active);
        return html`<section class="incoming" aria-label=${t.call.incoming} data-test="incoming">
            <div class="who">
                <div class="bell">${icon('phone', 24)}</div>
                <div class="text" role="alert">
                    <div class="label">${t.call.incoming}</div>
                    <div class="peer ellipsis" data-test="caller">${peerName(call.peer)}</div>
                    ${call.peer.name === ''
                        ? nothing
                        : html`<div class="ellipsis">${call.peer.number}</div>`}
                </div>
            </div>
            <div class="choices">
                <button
                    type="button"
                    class="plain"
                    data-test="reject"
                    @click=${() => driver.send({ kind: 'reject', id: call.id })}
                >
                    ${t.call.reject}
                </button>
                <button
                    type="button"
                    class="primary"
                    data-test="answer"
                    @click=${() => driver.send({ kind: 'answer', id: call.id })}
                >
                    ${icon('phone')} ${holds ? t.call.answerHold : t.call.answer}
                </button>
            </div>
        </section>`;
    }

    private held(call: Call): TemplateResult {
        const { t, driver } = this;
        return html`<section class="held" aria-label=${t.call.onHold} data-test="held">
            ${icon('pause')}
            <div class="text">
                <div class="peer ellipsis">${peerName(call.peer)}</div>
                <small>${t.call.onHold} · <jf-elapsed .since=${answeredSince(call)}></jf-elapsed></small>
            </div>
            <button
                type="button"
                class="plain"
                data-test="swap"
                ?disabled=${!canSignal(this.phone)}
                @click=${() => driver.send({ kind: 'resume', id: call.id })}
            >
                ${icon('swap')} ${t.call.swap}
            </button>
        </section>`;
    }
}

define(CallStrips.tag, CallStrips);
