/** The languages of the phone, and which one a person gets. */

import { en } from './en';
import type { Messages } from './messages';
import { ru } from './ru';

export const LANGUAGES = { en, ru } as const satisfies Record<string, Messages>;
export type Language = keyof typeof LANGUAGES;

export function isLanguage(text: string | null | undefined): text is Language {
    return text === 'en' || text === 'ru';
}

/**
 * The language remembered from an earlier choice, else the first of the browser's that we speak,
 * else English.
 *
 * @param preferred as in `navigator.languages`: `["ru-RU", "en"]`
 */
export function chooseLanguage(
    remembered: string | null | undefined,
    preferred: readonly string[],
): Language {
    if (isLanguage(remembered)) return remembered;
    const spoken = preferred.map((tag) => tag.toLowerCase().split('-')[0]);
    return spoken.find((tag): tag is Language => isLanguage(tag)) ?? 'en';
}
