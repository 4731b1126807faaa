/** One way out for sound: an audio element that can be pointed at a device. */

export class AudioOutput {
    private readonly element = new Audio();

    constructor(stream?: MediaStream) {
        this.element.autoplay = true;
        if (stream !== undefined) this.setStream(stream);
    }

    setStream(stream: MediaStream): void {
        if (this.element.srcObject === stream) return;
        this.element.srcObject = stream;
        this.start();
    }

    /** @param deviceId empty for the system's default; a device that is gone changes nothing */
    async setDevice(deviceId: string): Promise<void> {
        if (!('setSinkId' in this.element) || this.element.sinkId === deviceId) return;
        await this.element.setSinkId(deviceId).catch(() => undefined);
    }

    setMuted(muted: boolean): void {
        this.element.muted = muted;
    }

    close(): void {
        this.element.pause();
        this.element.srcObject = null;
    }

    /** A browser that wants a click before it plays gets the very next one. */
    private start(): void {
        this.element.play().catch(() => {
            addEventListener('pointerdown', () => void this.element.play().catch(() => undefined), {
                once: true,
            });
        });
    }
}
