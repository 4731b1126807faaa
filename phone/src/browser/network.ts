/** What the browser knows about its network, and what it won't let a page do. */

import type { LineFault } from '../core/line';

/** Chromium's permissions for reaching an address of one's own network, under all their names. */
const LOCAL_NETWORK_PERMISSIONS = ['local-network', 'loopback-network', 'local-network-access'];

/** Why the connection to the server isn't there, as far as the browser can tell. */
export async function lossFault(wasOpen: boolean): Promise<LineFault> {
    if (!navigator.onLine) return 'offline';
    if (wasOpen) return 'lost';
    return (await isLocalNetworkDenied()) ? 'local-network-denied' : 'unreachable';
}

async function isLocalNetworkDenied(): Promise<boolean> {
    const states = await Promise.all(LOCAL_NETWORK_PERMISSIONS.map(permissionState));
    return states.includes('denied');
}

/** The state of a permission; undefined where the browser has never heard of it. */
async function permissionState(name: string): Promise<PermissionState | undefined> {
    try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state;
    } catch {
        return undefined;
    }
}
