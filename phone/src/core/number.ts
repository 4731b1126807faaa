/** What a person typed or pasted, made into what can be dialled. */

/** Longer than any number, extension or address an agent dials. */
export const NUMBER_LENGTH_MAX = 128;

const SEPARATORS = /[\s().\-/\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const NOT_DIALABLE = /[^\p{L}\d+*#_]/gu;

/**
 * Cleans a number: `tel:+7 (495) 123-45-67;ext=5` becomes `+74951234567`.
 *
 * Letters stay, because extensions may have them (`agent0002`); so do `*` and `#`. A plus sign
 * counts only in front. Digits of other scripts become 0–9. `sip:user@host` keeps its host, and
 * everything that isn't part of an address is left out, so the result never breaks a SIP message.
 */
export function cleanNumber(typed: string): string {
    const text = toAsciiDigits(typed.trim())
        .replace(/^(tel|sips?|callto):(\/\/)?/i, '')
        .replace(/[;?].*$/su, '')
        .slice(0, NUMBER_LENGTH_MAX);
    const at = text.lastIndexOf('@');
    if (at <= 0) return cleanUser(text);
    const host = text.slice(at + 1).replace(/[^a-z0-9.:[\]-]/gi, '');
    const user = cleanAddressUser(text.slice(0, at));
    return host === '' || user === '' ? user : `${user}@${host}`;
}

function cleanUser(text: string): string {
    const bare = text.replace(SEPARATORS, '').replace(NOT_DIALABLE, '');
    const plus = bare.startsWith('+') ? '+' : '';
    return plus + bare.replace(/\+/g, '');
}

/** In `user@host` dots and dashes are part of the name. */
function cleanAddressUser(text: string): string {
    return text.replace(/[^\p{L}\d+*#_.\-]/gu, '');
}

/** Digits of any script as 0–9: the blocks of ten in Unicode all start at their zero. */
function toAsciiDigits(text: string): string {
    return text.replace(/\p{Nd}/gu, (digit) => {
        const code = digit.codePointAt(0) ?? 0;
        if (code < 0x80) return digit;
        let zero = code;
        while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--;
        return String(code - zero);
    });
}

/** The keys of a telephone: those RFC 4733 calls events 0 to 11. */
export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
export type Key = (typeof KEYS)[number];

export function isKey(text: string): text is Key {
    return (KEYS as readonly string[]).includes(text);
}
