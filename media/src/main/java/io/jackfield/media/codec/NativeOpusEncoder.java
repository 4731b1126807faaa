package io.jackfield.media.codec;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * One encoder of libopus. Its state and buffers lie in one arena outside the heap, which {@link
 * #close} frees; a frame allocates nothing.
 */
final class NativeOpusEncoder implements OpusEncoder {
    private static final int FRAME_MILLIS_MAX = 60;

    /** States hold pointers and vectors. */
    private static final int ALIGNMENT = 64;

    private final LibOpus library;
    private final int sampleRate;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state;
    private final MemorySegment input;
    private final MemorySegment output;
    private final ByteBuffer outputBytes;
    private boolean dtx;

    NativeOpusEncoder(LibOpus library, int sampleRate, OpusTuning tuning) {
        this.library = library;
        this.sampleRate = sampleRate;
        this.state = arena.allocate(library.encoderSize(), ALIGNMENT);
        this.input = arena.allocate(JAVA_SHORT, sampleRate * FRAME_MILLIS_MAX / 1_000);
        this.output = arena.allocate(BYTES_MAX);
        this.outputBytes = output.asByteBuffer();
        library.initEncoder(state, sampleRate);
        library.set(state, LibOpus.SET_SIGNAL, LibOpus.SIGNAL_VOICE);
        tune(tuning);
    }

    @Override
    public void tune(OpusTuning tuning) {
        library.set(state, LibOpus.SET_BITRATE, tuning.bitsPerSecond());
        library.set(state, LibOpus.SET_COMPLEXITY, tuning.complexity());
        library.set(state, LibOpus.SET_INBAND_FEC, tuning.fec() ? 1 : 0);
        library.set(state, LibOpus.SET_PACKET_LOSS_PERC, tuning.lossPercent());
        library.set(state, LibOpus.SET_DTX, tuning.dtx() ? 1 : 0);
        dtx = tuning.dtx();
    }

    /** As the library has it now. */
    OpusTuning tuning() {
        return new OpusTuning(
                library.get(state, LibOpus.GET_BITRATE),
                library.get(state, LibOpus.GET_COMPLEXITY),
                library.get(state, LibOpus.GET_INBAND_FEC) != 0,
                library.get(state, LibOpus.GET_PACKET_LOSS_PERC),
                library.get(state, LibOpus.GET_DTX) != 0);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
        Opus.checkFrame(samples, sampleRate);
        MemorySegment.copy(pcm, offset, input, JAVA_SHORT, 0, samples);
        int bytes = library.encode(state, input, samples, output, BYTES_MAX);
        if (bytes < 0) {
            throw new IllegalStateException("libopus could not encode: " + bytes);
        }
        if (dtx && bytes <= DTX_BYTES_MAX) {
            return 0;
        }
        out.put(out.position(), outputBytes, 0, bytes);
        out.position(out.position() + bytes);
        return bytes;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
