/** Notes: what happened, what to do about it, and a button where one helps. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Phone } from '../core/phone';
import type { Explanation, Messages } from '../i18n/messages';
import './countdown';
import { icon } from './icons';

export type NoteTone = 'warn' | 'bad' | 'calm';

export function explanation(
    { what, fix }: Explanation,
    tone: NoteTone,
    action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
    return html`<div class="note ${tone}">
        ${icon(tone === 'calm' ? 'info' : 'alert')}
        <div class="body"><strong>${what}</strong>${fix}</div>
        ${action}
    </div>`;
}

/** Why there is no registration, and when the phone tries again; nothing while all is well. */
export function lineNote(
    phone: Phone,
    t: Messages,
    retryNow: () => void,
): TemplateResult | typeof nothing {
    const { line } = phone;
    if (line.kind === 'offline') {
        return line.fault === undefined ? nothing : note(t.line.faults[line.fault], nothing);
    }
    if (line.kind !== 'waiting') return nothing;
    const { what, fix } = t.line.faults[line.fault];
    const advice = phone.calls.length > 0 ? t.line.callGoesOn : fix;
    return note(
        { what, fix: advice },
        html`<button type="button" class="plain retry" data-test="retry" @click=${retryNow}>
            ${t.line.retryNow}
        </button>`,
        html`<jf-countdown .until=${line.retryAt} .text=${t.line.retryIn}></jf-countdown>`,
    );
}

function note(
    { what, fix }: Explanation,
    action: TemplateResult | typeof nothing,
    more: TemplateResult | typeof nothing = nothing,
): TemplateResult {
    return html`<div class="note bad" data-test="line-fault">
        ${icon('alert')}
        <div class="body"><strong>${what}</strong>${fix} ${more}</div>
        ${action}
    </div>`;
}
