/** What this browser remembers for a person: language, devices, user name. Never a password. */

const PREFIX = 'jackfield.';

export type Preference = 'language' | 'user' | 'microphone' | 'speaker' | 'ring';

export function remembered(name: Preference): string | undefined {
    try {
        return localStorage.getItem(PREFIX + name) ?? undefined;
    } catch {
        // Storage may be forbidden to the page; then nothing is remembered.
        return undefined;
    }
}

export function remember(name: Preference, value: string): void {
    try {
        if (value === '') localStorage.removeItem(PREFIX + name);
        else localStorage.setItem(PREFIX + name, value);
    } catch {
        // As above.
    }
}
