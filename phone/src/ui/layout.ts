/** Where things stand: one column on a narrow screen or in a CRM's corner, two on a desk. */

import { css } from 'lit';

export const layout = css`
    :host {
        display: block;
        min-height: 100vh;
        min-height: 100dvh;
        background: var(--bg);
    }

    .frame {
        max-width: 940px;
        margin: 0 auto;
        padding: 0 20px 32px;
    }

    header {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 68px;
    }

    .brand {
        display: flex;
        align-items: center;
        gap: 10px;
        margin-right: auto;
        font-size: 18px;
        font-weight: 650;
        letter-spacing: -0.01em;
    }

    .line {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
        height: 34px;
        margin-right: 6px;
        padding: 0 14px 0 12px;
        border: 1px solid var(--line);
        border-radius: 17px;
        background: var(--surface);
        font-size: 13.5px;
        font-weight: 550;
    }

    .lamp {
        flex: none;
        width: 9px;
        height: 9px;
        border-radius: 50%;
        background: var(--line-strong);
    }

    /* Not by colour alone: the words beside the lamp say the same. */
    [data-state='registered'] .lamp {
        background: var(--accent);
        box-shadow: 0 0 0 3px var(--accent-soft);
    }

    [data-state='connecting'] .lamp,
    [data-state='registering'] .lamp {
        background: var(--warn);
        animation: breathe 1.1s ease-in-out infinite alternate;
    }

    [data-state='waiting'] .lamp {
        background: var(--danger);
    }

    @keyframes breathe {
        to {
            opacity: 0.35;
        }
    }

    .language {
        min-width: 44px;
        padding: 0 8px;
        font-size: 13px;
        font-weight: 650;
        letter-spacing: 0.03em;
    }

    main.entering {
        max-width: 440px;
        margin: 4vh auto 0;
    }

    main.working {
        display: grid;
        grid-template-columns: minmax(0, 400px) minmax(0, 1fr);
        gap: 20px;
        align-items: start;
    }

    .phone {
        display: flex;
        flex-direction: column;
        gap: 12px;
        min-height: 600px;
        padding: 18px;
        box-shadow: var(--shadow);
    }

    .words {
        padding: 2px 4px;
        font-size: 14px;
        color: var(--ink-soft);
        text-align: center;
    }

    .words.alarm {
        padding: 10px 14px;
        border-radius: 14px;
        background: var(--danger-soft);
        color: var(--danger-text);
        font-weight: 600;
    }

    .desk {
        flex: 1;
        display: grid;
        margin-top: auto;
    }

    .ringing jf-call-strips {
        margin: auto 0;
    }

    .ringing .desk {
        flex: 0;
    }

    .ended {
        align-items: center;
        padding: 6px 6px 6px 14px;
    }

    jf-call-card:focus-visible {
        outline: none;
    }

    .ended small {
        font-size: 13px;
        opacity: 0.85;
        font-variant-numeric: tabular-nums;
    }

    .ended .icon {
        color: inherit;
    }

    .ask {
        flex-wrap: wrap;
        background: var(--accent-soft);
        color: var(--accent-text);
    }

    .ask button {
        width: 100%;
        color: var(--ink);
        font-weight: 600;
    }

    .note + .note {
        margin-top: 8px;
    }

    [role='status']:empty {
        display: none;
    }

    aside {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
    }

    .short {
        display: none;
    }

    @media (max-width: 760px) {
        .frame {
            padding: 0 12px 24px;
        }

        header {
            min-height: 56px;
        }

        main.working {
            grid-template-columns: minmax(0, 1fr);
            max-width: 460px;
            margin: 0 auto;
            gap: 14px;
        }

        main.entering {
            margin-top: 0;
        }

        .phone {
            min-height: min(600px, calc(100dvh - 68px));
            padding: 14px;
        }
    }

    @media (max-width: 420px) {
        .brand span {
            display: none;
        }

        .brand {
            margin-right: 4px;
        }

        .line {
            flex: 0 1 auto;
            margin-left: auto;
        }

        .full {
            display: none;
        }

        .short {
            display: inline;
        }
    }

    @media (max-height: 620px) {
        .phone {
            gap: 8px;
            min-height: calc(100dvh - 68px);
            --key-height: 44px;
            --key-gap: 6px;
        }

        jf-dialer {
            gap: 8px;
        }
    }

    /* How the last call ended is said in a note of its own; there is no room for both. */
    @media (max-height: 620px) {
        .words.spare {
            position: absolute;
            clip-path: inset(50%);
        }
    }

    @media (max-height: 500px) {
        header {
            min-height: 48px;
        }

        .phone {
            padding: 10px 12px;
            min-height: calc(100dvh - 56px);
            --key-height: 38px;
        }
    }
`;
