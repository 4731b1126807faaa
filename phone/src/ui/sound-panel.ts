/** Microphone, headset, ring: which device, and does it work. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { DeviceUse } from '../browser/devices';
import { CAN_CHOOSE_OUTPUT } from '../browser/devices';
import { Meter } from '../browser/meter';
import { closeStream } from '../browser/microphone';
import type { MicrophoneProblem } from '../core/microphone';
import { PhonePart, define } from './element';
import type { IconName } from './icons';
import { icon } from './icons';
import './meter-element';
import { explanation } from './notes';
import { controls } from './theme';

interface Listening {
    readonly stream: MediaStream;
    readonly meter: Meter;
}

const ICONS: Record<DeviceUse, IconName> = { microphone: 'mic', speaker: 'headset', ring: 'bell' };

export class SoundPanel extends PhonePart {
    static readonly tag = 'jf-sound-panel';
    static override properties = {
        listening: { state: true },
        problem: { state: true },
    };
    static override styles = [
        controls,
        css`
            :host {
                display: block;
            }

            .card {
                display: grid;
                gap: 14px;
                padding: 16px 18px 18px;
            }

            .row {
                display: grid;
                grid-template-columns: 1fr auto;
                gap: 0 8px;
                align-items: end;
            }

            .title {
                display: flex;
                gap: 8px;
                align-items: center;
            }

            jf-meter {
                grid-column: 1 / -1;
                margin-top: 10px;
            }

            .hint {
                font-size: 13px;
                color: var(--ink-soft);
            }

            .row .plain {
                min-height: 46px;
            }
        `,
    ];

    declare listening: Listening | undefined;
    declare problem: MicrophoneProblem | undefined;

    private unsubscribe: (() => void) | undefined;

    /** Devices come and go without any change of the phone itself. */
    override connectedCallback(): void {
        super.connectedCallback();
        this.unsubscribe = this.driver.subscribe(() => this.requestUpdate());
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.unsubscribe?.();
        this.stop();
    }

    override render(): TemplateResult {
        const { t } = this;
        return html`<section class="card">
            <h2>${t.sound.heading}</h2>
            <div class="row">
                ${this.choice('microphone', t.sound.microphone)} ${this.microphoneTest()}
                ${this.listening === undefined
                    ? nothing
                    : html`<jf-meter .read=${() => this.listening?.meter.read() ?? 0}></jf-meter>`}
            </div>
            ${this.problem === undefined ? nothing : explanation(t.microphone[this.problem], 'warn')}
            ${CAN_CHOOSE_OUTPUT
                ? html`
                      <div class="row">
                          ${this.choice('speaker', t.sound.speaker)}
                          ${this.play(t.sound.testSpeaker, () => this.driver.tones.testHeadset())}
                      </div>
                      <div class="row">
                          ${this.choice('ring', t.sound.ring)}
                          ${this.play(t.sound.testRing, () => this.driver.tones.ringOnce())}
                      </div>
                  `
                : html`<p class="hint">${t.sound.noChoice}</p>`}
        </section>`;
    }

    private choice(use: DeviceUse, label: string): TemplateResult {
        const { devices } = this.driver;
        const current = devices.current(use);
        return html`<label>
            <span class="title">${icon(ICONS[use], 16)} ${label}</span>
            <select
                data-test=${`device-${use}`}
                @change=${(event: Event) =>
                    void this.driver.choose(use, (event.target as HTMLSelectElement).value)}
            >
                <option value="" ?selected=${current === ''}>${this.t.sound.systemDefault}</option>
                ${devices
                    .list(use)
                    .map(
                        ({ id, label: name }) =>
                            html`<option value=${id} ?selected=${id === current}>${name}</option>`,
                    )}
            </select>
        </label>`;
    }

    private microphoneTest(): TemplateResult {
        const { t } = this;
        const on = this.listening !== undefined;
        return html`<button
            type="button"
            class="plain"
            data-test="test-microphone"
            aria-pressed=${on}
            aria-label=${on ? t.sound.stopTest : t.sound.testMicrophone}
            @click=${() => (on ? this.stop() : void this.listen())}
        >
            ${on ? t.sound.stopTest : t.sound.test}
        </button>`;
    }

    private play(label: string, action: () => void): TemplateResult {
        return html`<button type="button" class="plain" aria-label=${label} title=${label} @click=${action}>
            ${this.t.sound.test}
        </button>`;
    }

    private async listen(): Promise<void> {
        const result = await this.driver.openMicrophone();
        if (result.kind === 'problem') {
            this.problem = result.problem;
            return;
        }
        const { stream } = result;
        this.problem = undefined;
        this.listening = { stream, meter: new Meter(this.driver.tones.audioContext(), stream) };
    }

    private stop(): void {
        this.listening?.meter.close();
        if (this.listening !== undefined) closeStream(this.listening.stream);
        this.listening = undefined;
    }
}

define(SoundPanel.tag, SoundPanel);
