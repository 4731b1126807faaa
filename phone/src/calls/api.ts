/** Asks the server; with a key where it wants one. */

import type { Head, Ladder, Quality } from './model';

/** Peaks from -1 to 1; each a pair of the lowest and the highest, or the highest alone. */
export interface Waveform {
    readonly length_ms: number;
    readonly agent: readonly number[];
    readonly customer: readonly number[];
}

const KEY = 'jackfield.api-key';

/** Kept by the tab alone, and gone with it. */
export const keyStore = {
    get: (): string => sessionStorage.getItem(KEY) ?? '',
    set: (key: string): void => sessionStorage.setItem(KEY, key),
};

export type Answer<T> =
    | { readonly is: 'here'; readonly value: T }
    | { readonly is: 'missing' }
    | { readonly is: 'locked' }
    | { readonly is: 'away' };

async function ask(path: string): Promise<Response> {
    const key = keyStore.get();
    return fetch(path, { headers: key === '' ? {} : { authorization: `Bearer ${key}` } });
}

async function json<T>(path: string): Promise<Answer<T>> {
    try {
        const response = await ask(path);
        if (response.status === 401 || response.status === 403) return { is: 'locked' };
        if (response.status === 404) return { is: 'missing' };
        if (!response.ok) return { is: 'away' };
        return { is: 'here', value: (await response.json()) as T };
    } catch {
        return { is: 'away' };
    }
}

const call = (id: string) => `/api/v1/calls/${encodeURIComponent(id)}`;

export const api = {
    ladder: (id: string) => json<Ladder>(`${call(id)}/ladder`),
    quality: (id: string) => json<Quality>(`${call(id)}/quality`),
    ladders: (query: URLSearchParams) =>
        json<{ ladders: Head[]; next: string | null }>(`/api/v1/ladders?${query}`),
    waveform: (id: string, points: number) =>
        json<Waveform>(`/api/v1/recordings/${encodeURIComponent(id)}/waveform?points=${points}`),

    /** A file for the browser to keep; empty where it cannot be had. */
    async file(path: string): Promise<Blob | undefined> {
        try {
            const response = await ask(path);
            return response.ok ? await response.blob() : undefined;
        } catch {
            return undefined;
        }
    },
    text: (id: string) => `${call(id)}/ladder.txt`,
    capture: (id: string) => `${call(id)}/ladder.pcap`,
    recording: (id: string) => `/api/v1/recordings/${encodeURIComponent(id)}`,
};
