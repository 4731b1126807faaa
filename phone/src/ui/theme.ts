/** Colours, spacing and the few controls every part of the phone is made of. */

import { css } from 'lit';

/** Custom properties reach into every shadow root below; only the root element sets them. */
export const theme = css`
    :host {
        --bg: #f1f4f2;
        --surface: #ffffff;
        --sunken: #f5f8f6;
        --ink: #15201b;
        --ink-soft: #55645c;
        --line: #dbe3de;
        --line-strong: #b9c6bf;
        --accent: #0c7a5b;
        --accent-hover: #0a6a4f;
        --accent-ink: #ffffff;
        --accent-soft: #e1f3ec;
        --accent-text: #0a6a4f;
        --danger: #c4322c;
        --danger-hover: #a92822;
        --danger-ink: #ffffff;
        --danger-soft: #fcebe9;
        --danger-text: #a3261f;
        --warn: #b27307;
        --warn-soft: #fdf4e0;
        --warn-text: #7a4e00;
        --focus: #1f6feb;
        --shadow: 0 1px 2px rgb(16 32 26 / 6%), 0 8px 28px rgb(16 32 26 / 8%);
        --radius: 18px;
        --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
        color: var(--ink);
        font: 400 15px/1.45 var(--font);
    }

    @media (prefers-color-scheme: dark) {
        :host {
            --bg: #0c1210;
            --surface: #141c19;
            --sunken: #1a2420;
            --ink: #e8efeb;
            --ink-soft: #9fb1a8;
            --line: #26332d;
            --line-strong: #3d4e46;
            --accent: #2fb98b;
            --accent-hover: #45cba0;
            --accent-ink: #03211a;
            --accent-soft: #12332a;
            --accent-text: #6bdcb6;
            --danger: #c93b34;
            --danger-hover: #b8322b;
            --danger-soft: #3a1a18;
            --danger-text: #ff9d95;
            --warn: #e0a53a;
            --warn-soft: #322711;
            --warn-text: #f3c878;
            --focus: #6ea8ff;
            --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 10px 30px rgb(0 0 0 / 35%);
        }
    }
`;

export const controls = css`
    *,
    *::before,
    *::after {
        box-sizing: border-box;
    }

    [hidden] {
        display: none !important;
    }

    h1,
    h2,
    p {
        margin: 0;
    }

    h2 {
        font-size: 13px;
        font-weight: 600;
        letter-spacing: 0.01em;
        color: var(--ink-soft);
    }

    svg {
        display: block;
        flex: none;
    }

    button,
    input,
    select {
        font: inherit;
        color: inherit;
    }

    button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 8px;
        min-height: 44px;
        padding: 0 16px;
        border: 1px solid transparent;
        border-radius: 12px;
        background: transparent;
        cursor: pointer;
        -webkit-tap-highlight-color: transparent;
        transition:
            background-color 120ms,
            border-color 120ms;
    }

    button:disabled {
        cursor: default;
        opacity: 0.45;
    }

    :focus-visible {
        outline: 3px solid var(--focus);
        outline-offset: 2px;
    }

    .primary,
    .danger {
        font-weight: 600;
    }

    .primary {
        background: var(--accent);
        color: var(--accent-ink);
    }

    .primary:hover:enabled {
        background: var(--accent-hover);
    }

    .danger {
        background: var(--danger);
        color: var(--danger-ink);
    }

    .danger:hover:enabled {
        background: var(--danger-hover);
    }

    .plain {
        border-color: var(--line);
        background: var(--surface);
    }

    .plain:hover:enabled {
        border-color: var(--line-strong);
        background: var(--sunken);
    }

    .quiet {
        color: var(--ink-soft);
    }

    .quiet:hover:enabled {
        background: var(--sunken);
        color: var(--ink);
    }

    .icon {
        width: 44px;
        padding: 0;
    }

    label {
        display: block;
        font-size: 13px;
        font-weight: 550;
        color: var(--ink-soft);
    }

    input,
    select {
        width: 100%;
        min-height: 46px;
        margin-top: 6px;
        padding: 0 14px;
        font-size: 15px;
        font-weight: 400;
        border: 1px solid var(--line-strong);
        border-radius: 12px;
        background: var(--surface);
        color: var(--ink);
    }

    input:focus-visible,
    select:focus-visible {
        outline: 2px solid var(--accent);
        outline-offset: -1px;
        border-color: var(--accent);
    }

    input::placeholder {
        color: var(--ink-soft);
        opacity: 0.75;
    }

    select {
        appearance: none;
        padding-right: 34px;
        text-overflow: ellipsis;
        background-image:
            linear-gradient(45deg, transparent 50%, var(--ink-soft) 50%),
            linear-gradient(135deg, var(--ink-soft) 50%, transparent 50%);
        background-position:
            right 18px center,
            right 13px center;
        background-size: 5px 5px;
        background-repeat: no-repeat;
    }

    .card {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
    }

    .note {
        display: flex;
        gap: 12px;
        align-items: flex-start;
        padding: 12px 14px;
        border-radius: 14px;
        font-size: 14px;
        line-height: 1.4;
        background: var(--sunken);
    }

    .note strong {
        display: block;
        font-weight: 600;
    }

    .note svg {
        margin-top: 1px;
    }

    .note .body {
        flex: 1;
        min-width: 0;
    }

    .note.warn {
        background: var(--warn-soft);
        color: var(--warn-text);
    }

    .note.bad {
        background: var(--danger-soft);
        color: var(--danger-text);
    }

    .ellipsis {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
    }

    .visually-hidden {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
    }

    @media (prefers-reduced-motion: reduce) {
        *,
        *::before,
        *::after {
            animation: none !important;
            transition: none !important;
        }
    }

    @media (prefers-contrast: more) {
        .plain,
        .card,
        input,
        select {
            border-color: var(--ink);
        }
    }
`;
