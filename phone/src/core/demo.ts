/** What the demo server tells the sign-in page: agents to be, and numbers worth calling. */

import { NUMBER_LENGTH_MAX } from './number';

export interface DemoAgent {
    readonly name: string;
    readonly password: string;
}

/** A text in the languages the server has it in. */
export type LocalText = Readonly<Record<string, string>>;

export interface QuickNumber {
    readonly number: string;
    readonly label: LocalText;
}

export interface Demo {
    readonly agents: readonly DemoAgent[];
    readonly numbers: readonly QuickNumber[];
    readonly domain?: string;
    readonly ws?: string;
}

/** Enough to fill the screen; the rest would only make it unreadable. */
const AGENTS_MAX = 12;
const NUMBERS_MAX = 24;
const TEXT_LENGTH_MAX = 200;

/** Reads the answer of `/api/v1/demo`. What isn't understood is left out; undefined: no demo. */
export function readDemo(json: unknown): Demo | undefined {
    if (!isRecord(json) || json['demo'] !== true) return undefined;
    const domain = shortText(json['domain']);
    const ws = shortText(json['ws']);
    return {
        agents: list(json['agents'], AGENTS_MAX, readAgent),
        numbers: list(json['numbers'], NUMBERS_MAX, readNumber),
        ...(domain === undefined ? {} : { domain }),
        ...(ws === undefined ? {} : { ws }),
    };
}

/** The text in the wanted language, else in English, else in any, else nothing. */
export function textIn(text: LocalText, language: string): string {
    return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

function readAgent(json: unknown): DemoAgent | undefined {
    if (!isRecord(json)) return undefined;
    const name = shortText(json['name']);
    const password = shortText(json['password']);
    return name === undefined || password === undefined ? undefined : { name, password };
}

function readNumber(json: unknown): QuickNumber | undefined {
    if (!isRecord(json)) return undefined;
    const number = shortText(json['number'])?.slice(0, NUMBER_LENGTH_MAX);
    return number === undefined ? undefined : { number, label: readText(json['label']) };
}

function readText(json: unknown): LocalText {
    if (typeof json === 'string') return { en: json.slice(0, TEXT_LENGTH_MAX) };
    if (!isRecord(json)) return {};
    const texts = Object.entries(json)
        .map(([language, value]) => [language, shortText(value)] as const)
        .filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
    return Object.fromEntries(texts);
}

function list<T>(json: unknown, max: number, read: (item: unknown) => T | undefined): T[] {
    if (!Array.isArray(json)) return [];
    return json
        .slice(0, max)
        .map(read)
        .filter((item): item is T => item !== undefined);
}

function shortText(json: unknown): string | undefined {
    return typeof json === 'string' && json !== '' ? json.slice(0, TEXT_LENGTH_MAX) : undefined;
}

function isRecord(json: unknown): json is Record<string, unknown> {
    return typeof json === 'object' && json !== null && !Array.isArray(json);
}
