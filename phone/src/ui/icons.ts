/** Line icons on a grid of 24, drawn for this phone. */

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const HANDSET = 'M6.4 3.8h2.5l1.6 4.1-2 1.5a11.6 11.6 0 0 0 6.1 6.1l1.5-2 4.1 1.6v2.5a2.4 2.4 0 0 1-2.6 2.4C10.3 19.4 4.6 13.7 4 6.4a2.4 2.4 0 0 1 2.4-2.6z';

const SHAPES = {
    phone: svg`<path d=${HANDSET} />`,
    hangUp: svg`<path d=${HANDSET} transform="rotate(135 12 12)" />`,
    mic: svg`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />`,
    micOff: svg`<path d="M9 9v2a3 3 0 0 0 4.7 2.5M15 10V6a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5c0 .9-.2 1.7-.5 2.5M12 18v3M4 3l16 18" />`,
    pause: svg`<path d="M9 5v14M15 5v14" />`,
    play: svg`<path d="M8 5.2v13.6L19 12z" />`,
    keypad: svg`<g fill="currentColor" stroke="none"><circle cx="6" cy="5" r="1.6" /><circle cx="12" cy="5" r="1.6" /><circle cx="18" cy="5" r="1.6" /><circle cx="6" cy="11" r="1.6" /><circle cx="12" cy="11" r="1.6" /><circle cx="18" cy="11" r="1.6" /><circle cx="6" cy="17" r="1.6" /><circle cx="12" cy="17" r="1.6" /><circle cx="18" cy="17" r="1.6" /><circle cx="12" cy="22" r="1.6" /></g>`,
    close: svg`<path d="M6 6l12 12M18 6L6 18" />`,
    erase: svg`<path d="M9 5.5h10.5a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H9L3 12zM12 9.5l5 5M17 9.5l-5 5" />`,
    swap: svg`<path d="M7 4L3.5 7.5 7 11M4 7.5h13M17 13l3.5 3.5L17 20M20 16.5H7" />`,
    leave: svg`<path d="M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h11M17.5 8.5L21 12l-3.5 3.5" />`,
    out: svg`<path d="M7 17L17 7M9 7h8v8" />`,
    into: svg`<path d="M17 7L7 17M15 17H7V9" />`,
    missed: svg`<path d="M4 8l8 8 8-8M4 13V8h5" />`,
    headset: svg`<path d="M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v6H5.5A1.5 1.5 0 0 1 4 18.5zM20 14h-3v6h1.5a1.5 1.5 0 0 0 1.5-1.5z" />`,
    bell: svg`<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4" />`,
    alert: svg`<path d="M12 4L2.5 20h19zM12 10v4.5M12 17.3v.2" />`,
    info: svg`<circle cx="12" cy="12" r="9" /><path d="M12 11v5.5M12 7.5v.2" />`,
    person: svg`<circle cx="12" cy="8.5" r="4" /><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0" />`,
    chevron: svg`<path d="M6 9.5l6 6 6-6" />`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof SHAPES;

/** Decoration: the words beside it or the button's label say what it means. */
export function icon(name: IconName, size = 20): TemplateResult {
    return html`<svg
        width=${size}
        height=${size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
    >
        ${SHAPES[name]}
    </svg>`;
}

/** Two jacks and the cord between them: what a jackfield is. */
export function brandMark(size = 28): TemplateResult {
    return html`<svg width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="#0c7a5b" />
        <g fill="none" stroke="#fff" stroke-width="2.4">
            <circle cx="10" cy="10.5" r="3.3" />
            <circle cx="22" cy="10.5" r="3.3" />
            <path d="M10 14c0 11.5 12 11.5 12 0" stroke-linecap="round" />
        </g>
    </svg>`;
}
