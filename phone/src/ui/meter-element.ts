/** A level meter: bars that follow a voice, drawn about 20 times a second while on the screen. */

import { LitElement, css, html, type TemplateResult } from 'lit';
import { define } from './element';

const FRAME_MILLIS = 50;

export class LevelMeter extends LitElement {
    static readonly tag = 'jf-meter';
    static override properties = { read: { attribute: false } };
    static override styles = css`
        :host {
            display: block;
            height: 8px;
            border-radius: 4px;
            overflow: hidden;
            --bars: repeating-linear-gradient(90deg, #000 0 5px, transparent 5px 8px);
            mask-image: var(--bars);
            background: var(--line);
        }

        div {
            height: 100%;
            transform: scaleX(var(--level, 0));
            transform-origin: left;
            background: var(--accent);
        }
    `;

    /** The level to show, 0 to 1. */
    declare read: (() => number) | undefined;
    private frame = 0;
    private drawnAt = 0;

    override connectedCallback(): void {
        super.connectedCallback();
        this.setAttribute('aria-hidden', 'true');
        this.frame = requestAnimationFrame(this.draw);
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        cancelAnimationFrame(this.frame);
    }

    override render(): TemplateResult {
        return html`<div></div>`;
    }

    private readonly draw = (now: number): void => {
        this.frame = requestAnimationFrame(this.draw);
        if (now - this.drawnAt < FRAME_MILLIS) return;
        this.drawnAt = now;
        this.style.setProperty('--level', (this.read?.() ?? 0).toFixed(3));
    };
}

define(LevelMeter.tag, LevelMeter);
