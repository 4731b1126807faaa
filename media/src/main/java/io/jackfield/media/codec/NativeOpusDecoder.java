package io.jackfield.media.codec;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One decoder of libopus. Its state and buffers lie in one arena outside the heap, which {@link
 * #close} frees; a frame allocates nothing.
 */
final class NativeOpusDecoder implements AudioDecoder {
    /** No sender's datagram is longer; a longer payload is broken. */
    static final int PAYLOAD_MAX = 1_500;

    private static final int ALIGNMENT = 64;

    private final LibOpus library;
    private final int sampleRate;
    private final int samplesMax;

    /** 2.5 ms, in steps of which libopus conceals. */
    private final int unit;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state;
    private final MemorySegment input;
    private final ByteBuffer inputBytes;
    private final MemorySegment output;
    private int lastSamples;
    private long broken;

    NativeOpusDecoder(LibOpus library, int sampleRate) {
        this.library = library;
        this.sampleRate = sampleRate;
        this.samplesMax = sampleRate * Opus.FRAME_MILLIS_MAX / 1_000;
        this.unit = sampleRate / 400;
        this.lastSamples = sampleRate * FRAME_MILLIS_USUAL / 1_000;
        this.state = arena.allocate(library.decoderSize(), ALIGNMENT);
        this.input = arena.allocate(PAYLOAD_MAX);
        this.inputBytes = input.asByteBuffer();
        this.output = arena.allocate(JAVA_SHORT, samplesMax);
        library.initDecoder(state, sampleRate);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int rtpClockRate() {
        return Opus.RTP_CLOCK_RATE;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
        Objects.checkFromIndexSize(offset, frameSamplesMax(), pcm.length);
        int samples = decode(payload, samplesMax, 0);
        if (samples <= 0) {
            broken++;
            conceal(pcm, offset, lastSamples);
            return lastSamples;
        }
        MemorySegment.copy(output, JAVA_SHORT, 0, pcm, offset, samples);
        lastSamples = samples;
        return samples;
    }

    /** Into {@link #output}; samples, or not above 0 for a payload that is broken. */
    private int decode(ByteBuffer payload, int samples, int fec) {
        int bytes = payload.remaining();
        // For libopus no bytes are a lost packet.
        if (bytes == 0 || bytes > PAYLOAD_MAX) {
            return 0;
        }
        inputBytes.put(0, payload, payload.position(), bytes);
        return library.decode(state, input, bytes, output, samples, fec);
    }

    @Override
    public void conceal(short[] pcm, int offset, int samples) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        for (int done = 0; done < samples; ) {
            int wanted = Math.min(samples - done, samplesMax);
            int whole = (wanted + unit - 1) / unit * unit;
            library.decode(state, MemorySegment.NULL, 0, output, whole, 0);
            MemorySegment.copy(output, JAVA_SHORT, 0, pcm, offset + done, wanted);
            done += wanted;
        }
    }

    @Override
    public void recover(ByteBuffer next, short[] pcm, int offset, int samples) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        boolean possible = samples > 0 && samples <= samplesMax && samples % unit == 0;
        if (possible && decode(next, samples, 1) == samples) {
            MemorySegment.copy(output, JAVA_SHORT, 0, pcm, offset, samples);
        } else {
            conceal(pcm, offset, samples);
        }
    }

    @Override
    public long brokenPayloads() {
        return broken;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
