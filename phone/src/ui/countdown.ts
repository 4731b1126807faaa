/** Texts that change with the clock; they redraw themselves, and no screen reader reads them out. */

import { LitElement, html, type TemplateResult } from 'lit';
import { durationText } from '../i18n/words';
import { define } from './element';

abstract class Ticking extends LitElement {
    private timer: ReturnType<typeof setInterval> | undefined;

    override connectedCallback(): void {
        super.connectedCallback();
        this.timer = setInterval(() => this.requestUpdate(), 250);
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        clearInterval(this.timer);
    }

    /** Plain text in its surroundings' style: no shadow root needed. */
    protected override createRenderRoot(): this {
        return this;
    }
}

/** Seconds until a moment, in words. */
export class Countdown extends Ticking {
    static override properties = { until: { attribute: false }, text: { attribute: false } };
    declare until: number;
    declare text: (seconds: number) => string;

    override render(): TemplateResult {
        const seconds = Math.max(0, Math.ceil((this.until - performance.now()) / 1_000));
        return html`<span aria-hidden="true">${this.text(seconds)}</span>`;
    }
}

/** Time since a moment: `3:27`. */
export class Elapsed extends Ticking {
    static override properties = { since: { attribute: false } };
    declare since: number;

    override render(): TemplateResult {
        return html`${durationText(performance.now() - this.since)}`;
    }
}

define('jf-countdown', Countdown);
define('jf-elapsed', Elapsed);
