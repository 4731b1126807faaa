/** Which microphone to use, where to talk and where to ring. */

import type { Preference } from './preferences';
import { remember, remembered } from './preferences';

export type DeviceUse = Extract<Preference, 'microphone' | 'speaker' | 'ring'>;
export const DEVICE_USES: readonly DeviceUse[] = ['microphone', 'speaker', 'ring'];

export interface Device {
    readonly id: string;
    readonly label: string;
}

/** Not every browser lets a page choose where it plays. */
export const CAN_CHOOSE_OUTPUT = 'setSinkId' in HTMLMediaElement.prototype;

export class Devices {
    private readonly chosen = new Map<DeviceUse, string>();
    private inputs: readonly Device[] = [];
    private outputs: readonly Device[] = [];

    /** @param changed called when the lists or a choice are different from before */
    constructor(private readonly changed: () => void) {
        for (const use of DEVICE_USES) this.chosen.set(use, remembered(use) ?? '');
        const { mediaDevices } = navigator as Partial<Navigator>;
        mediaDevices?.addEventListener('devicechange', () => void this.refresh());
    }

    /** Reads the lists anew; before the microphone was allowed, browsers keep the names back. */
    async refresh(): Promise<void> {
        const { mediaDevices } = navigator as Partial<Navigator>;
        const all = (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
        this.inputs = named(all, 'audioinput');
        this.outputs = named(all, 'audiooutput');
        this.changed();
    }

    list(use: DeviceUse): readonly Device[] {
        return use === 'microphone' ? this.inputs : this.outputs;
    }

    /** The device to use now; empty for the system's default, also where the chosen one is gone. */
    current(use: DeviceUse): string {
        const id = this.chosen.get(use) ?? '';
        return this.list(use).some((device) => device.id === id) ? id : '';
    }

    choose(use: DeviceUse, id: string): void {
        this.chosen.set(use, id);
        remember(use, id);
        this.changed();
    }
}

/** "default" and "communications" are doubles of real devices; the empty choice stands for them. */
function named(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): Device[] {
    return all
        .filter((device) => device.kind === kind && device.label !== '')
        .filter((device) => device.deviceId !== 'default' && device.deviceId !== 'communications')
        .map((device) => ({ id: device.deviceId, label: device.label }));
}
