/** The call in hand: who, since when, how loud, and what can be done about it. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../core/call';
import { answeredSince, isAnswered } from '../core/call';
import { canPress, canSignal } from '../core/calls';
import { isKey } from '../core/number';
import { peerName } from '../i18n/words';
import './countdown';
import { PhonePart, define } from './element';
import type { IconName } from './icons';
import { icon } from './icons';
import type { KeyPress } from './keypad';
import './keypad';
import './meter-element';
import { controls } from './theme';

interface Tool {
    readonly test: string;
    readonly icon: IconName;
    readonly label: string;
    readonly pressed: boolean;
    readonly enabled: boolean;
    readonly act: () => void;
}

export class CallCard extends PhonePart {
    static readonly tag = 'jf-call-card';
    static override properties = { call: { attribute: false }, keysOpen: { state: true } };
    static override styles = [
        controls,
        css`
            :host {
                display: grid;
                gap: 16px;
                grid-template-rows: 1fr auto;
                min-height: 100%;
            }

            .who {
                display: grid;
                align-content: center;
                justify-items: center;
                gap: 4px;
                text-align: center;
                min-width: 0;
            }

            .badge {
                position: relative;
                display: grid;
                place-items: center;
                width: 84px;
                height: 84px;
                margin-bottom: 12px;
                border-radius: 50%;
                background: var(--accent-soft);
                color: var(--accent-text);
            }

            .badge.held {
                background: var(--warn-soft);
                color: var(--warn-text);
            }

            .badge.calling::after {
                content: '';
                position: absolute;
                inset: 0;
                border: 2px solid var(--accent);
                border-radius: 50%;
                animation: ripple 1.8s ease-out infinite;
            }

            @keyframes ripple {
                from {
                    transform: scale(1);
                    opacity: 0.7;
                }
                to {
                    transform: scale(1.45);
                    opacity: 0;
                }
            }

            .peer {
                max-width: 100%;
                font-size: 26px;
                font-weight: 600;
                letter-spacing: -0.01em;
                overflow-wrap: anywhere;
            }

            .number {
                color: var(--ink-soft);
                overflow-wrap: anywhere;
            }

            .time {
                min-height: 30px;
                margin-top: 2px;
                font-size: 20px;
                color: var(--ink-soft);
                font-variant-numeric: tabular-nums;
            }

            .levels {
                display: grid;
                grid-template-columns: auto 1fr;
                gap: 8px 12px;
                align-items: center;
                width: min(280px, 100%);
                margin-top: 12px;
                font-size: 13px;
                color: var(--ink-soft);
                text-align: left;
            }

            .tools {
                display: grid;
                grid-template-columns: repeat(3, 1fr);
                gap: 8px;
                margin-bottom: 14px;
            }

            .tools button {
                flex-direction: column;
                gap: 4px;
                min-height: 66px;
                padding: 0 4px;
                border-radius: 16px;
                background: var(--sunken);
                font-size: 13px;
                font-weight: 550;
            }

            .tools button:hover:enabled {
                background: var(--line);
            }

            .tools button[aria-pressed='true'] {
                background: var(--warn-soft);
                color: var(--warn-text);
            }

            .tools button[aria-expanded='true'] {
                background: var(--accent-soft);
                color: var(--accent-text);
            }

            .hang-up {
                width: 100%;
                min-height: 54px;
                border-radius: 16px;
                font-size: 17px;
            }

            .keys {
                display: grid;
                gap: 8px;
                align-content: center;
                --key-height: 50px;
            }

            .sent {
                min-height: 30px;
                font-size: 20px;
                letter-spacing: 0.08em;
                text-align: center;
                font-variant-numeric: tabular-nums;
            }

            .compact {
                display: flex;
                justify-content: space-between;
                gap: 12px;
                font-weight: 600;
            }

            @media (max-height: 720px) {
                :host([compact]) .badge {
                    display: none;
                }
            }

            @media (max-height: 500px) {
                :host {
                    gap: 8px;
                }

                .tools {
                    margin-bottom: 8px;
                }

                .tools button {
                    min-height: 48px;
                    gap: 1px;
                    font-size: 12px;
                }

                .hang-up {
                    min-height: 44px;
                }

                .sent {
                    min-height: 0;
                }

                :host([compact]) .levels {
                    display: none;
                }
            }

            @media (max-height: 620px) {
                .badge {
                    width: 56px;
                    height: 56px;
                    margin-bottom: 4px;
                }

                .peer {
                    font-size: 22px;
                }

                .keys {
                    --key-height: 38px;
                    --key-gap: 6px;
                }
            }
        `,
    ];

    declare call: Call;
    declare keysOpen: boolean;

    constructor() {
        super();
        this.keysOpen = false;
    }

    override render(): TemplateResult {
        const { call } = this;
        const keys = this.keysOpen && canPress(call);
        return html`
            ${keys ? this.keys() : this.who()}
            <div>
                ${isAnswered(call) || canPress(call) ? this.tools() : nothing}
                <button
                    type="button"
                    class="danger hang-up"
                    data-test="hangup"
                    @click=${() => this.driver.send({ kind: 'hang-up', id: call.id })}
                >
                    ${icon('hangUp')} ${isAnswered(call) ? this.t.call.hangUp : this.t.call.cancel}
                </button>
            </div>
        `;
    }

    private who(): TemplateResult {
        const { call, t } = this;
        const held = call.stage.kind === 'held';
        return html`<div class="who" data-test="stage" data-state=${call.stage.kind}>
            <div class="badge ${held ? 'held' : isAnswered(call) ? '' : 'calling'}">
                ${icon(held ? 'pause' : 'person', 38)}
            </div>
            <div class="peer" data-test="peer">${peerName(call.peer)}</div>
            ${call.peer.name === '' ? nothing : html`<div class="number">${call.peer.number}</div>`}
            <div class="time">${this.timer()}</div>
            ${isAnswered(call)
                ? html`<div class="levels">
                      <span>${t.call.you}</span>
                      <jf-meter .read=${() => this.driver.levels(call.id).mine}></jf-meter>
                      <span>${t.call.them}</span>
                      <jf-meter .read=${() => this.driver.levels(call.id).theirs}></jf-meter>
                  </div>`
                : nothing}
        </div>`;
    }

    private timer(): TemplateResult | typeof nothing {
        const since = answeredSince(this.call);
        return since === undefined
            ? nothing
            : html`<span role="timer" aria-label=${this.t.call.duration} data-test="timer"
                  ><jf-elapsed .since=${since}></jf-elapsed
              ></span>`;
    }

    private keys(): TemplateResult {
        const { call, t } = this;
        return html`<div class="keys" data-test="stage" data-state=${call.stage.kind}>
            <div class="compact">
                <span class="ellipsis" data-test="peer">${peerName(call.peer)}</span>
                ${this.timer()}
            </div>
            <output class="sent ellipsis" aria-label=${t.call.keysSent}>${call.keys}</output>
            <jf-keypad
                .label=${t.call.keypad}
                @jf-key=${this.onKey}
                @keydown=${this.onTypedKey}
            ></jf-keypad>
        </div>`;
    }

    private tools(): TemplateResult {
        const { call, t, driver } = this;
        const { id } = call;
        const held = call.stage.kind === 'held';
        const signal = isAnswered(call) && canSignal(this.phone);
        return html`<div class="tools">
            ${toolButton({
                test: 'mute',
                icon: call.muted ? 'micOff' : 'mic',
                label: call.muted ? t.call.unmute : t.call.mute,
                pressed: call.muted,
                enabled: isAnswered(call),
                act: () => driver.send({ kind: 'mute', id, on: !call.muted }),
            })}
            ${toolButton({
                test: 'hold',
                icon: held ? 'play' : 'pause',
                label: held ? t.call.resume : t.call.hold,
                pressed: held,
                enabled: signal,
                act: () => driver.send({ kind: held ? 'resume' : 'hold', id }),
            })}
            <button
                type="button"
                data-test="keypad"
                aria-expanded=${this.keysOpen}
                ?disabled=${!canPress(call)}
                @click=${() => (this.keysOpen = !this.keysOpen)}
            >
                ${icon('keypad', 22)} ${t.call.keypad}
            </button>
        </div>`;
    }

    private readonly onKey = ({ detail }: CustomEvent<KeyPress>): void => {
        if (detail.long) return;
        this.driver.send({ kind: 'press', id: this.call.id, key: detail.key });
    };

    /** While the keys have the focus, those of the keyboard do the same. */
    private readonly onTypedKey = (event: KeyboardEvent): void => {
        if (event.ctrlKey || event.metaKey || event.altKey || !isKey(event.key)) return;
        event.preventDefault();
        this.driver.send({ kind: 'press', id: this.call.id, key: event.key });
    };
}

function toolButton(tool: Tool): TemplateResult {
    return html`<button
        type="button"
        data-test=${tool.test}
        aria-pressed=${tool.pressed}
        ?disabled=${!tool.enabled}
        @click=${tool.act}
    >
        ${icon(tool.icon, 22)} ${tool.label}
    </button>`;
}

define(CallCard.tag, CallCard);
