package io.jackfield.media.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The functions of libopus, by the foreign function interface: ABI version 0, that is libopus 1.0
 * and later.
 *
 * <p>An instance is the proof that the library is there; without one nothing is called. Its memory
 * is the caller's: states are initialized in segments, so an arena that closes frees them, and
 * there is nothing to destroy. Thread: any, one at a time for each state.
 */
@SuppressWarnings("restricted") // Linking is what this class is for.
final class LibOpus {
    private static final List<String> NAMES =
            List.of("libopus.so.0", "libopus.0.dylib", "opus.dll");

    static final int APPLICATION_VOIP = 2048;
    static final int SIGNAL_VOICE = 3001;
    static final int SET_BITRATE = 4002;
    static final int GET_BITRATE = 4003;
    static final int SET_COMPLEXITY = 4010;
    static final int GET_COMPLEXITY = 4011;
    static final int SET_INBAND_FEC = 4012;
    static final int GET_INBAND_FEC = 4013;
    static final int SET_PACKET_LOSS_PERC = 4014;
    static final int GET_PACKET_LOSS_PERC = 4015;
    static final int SET_DTX = 4016;
    static final int GET_DTX = 4017;
    static final int SET_SIGNAL = 4024;

    /** Linked when first called, which only {@link LibOpus} instances do. */
    private static final class Calls {
        private static final SymbolLookup LIBRARY = lookup(NAMES).orElseThrow();

        static final MethodHandle VERSION =
                link("opus_get_version_string", FunctionDescriptor.of(ADDRESS));
        static final MethodHandle ENCODER_SIZE =
                link("opus_encoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        static final MethodHandle DECODER_SIZE =
                link("opus_decoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        static final MethodHandle ENCODER_INIT =
                link(
                        "opus_encoder_init",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle DECODER_INIT =
                link(
                        "opus_decoder_init",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        static final MethodHandle ENCODE =
                link(
                        "opus_encode",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle DECODE =
                link(
                        "opus_decode",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

        // Variadic from the third argument: some ABIs pass those otherwise.
        static final MethodHandle SET =
                link(
                        "opus_encoder_ctl",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                        Linker.Option.firstVariadicArg(2));
        static final MethodHandle GET =
                link(
                        "opus_encoder_ctl",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS),
                        Linker.Option.firstVariadicArg(2));

        private static MethodHandle link(
                String name, FunctionDescriptor type, Linker.Option... options) {
            return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), type, options);
        }
    }

    private LibOpus() {}

    /** The library under any of its names, if the system has it. */
    static Optional<LibOpus> find() {
        return find(NAMES);
    }

    static Optional<LibOpus> find(List<String> names) {
        return lookup(names).map(_ -> new LibOpus());
    }

    private static Optional<SymbolLookup> lookup(List<String> names) {
        for (String name : names) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException _) {
                // Not under this name.
            }
        }
        return Optional.empty();
    }

    /** As the library says it: {@code libopus 1.3.1}. */
    String version() {
        try {
            MemorySegment text = (MemorySegment) Calls.VERSION.invokeExact();
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int encoderSize() {
        try {
            return (int) Calls.ENCODER_SIZE.invokeExact(1);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int decoderSize() {
        try {
            return (int) Calls.DECODER_SIZE.invokeExact(1);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void initEncoder(MemorySegment state, int sampleRate) {
        try {
            check((int) Calls.ENCODER_INIT.invokeExact(state, sampleRate, 1, APPLICATION_VOIP));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void initDecoder(MemorySegment state, int sampleRate) {
        try {
            check((int) Calls.DECODER_INIT.invokeExact(state, sampleRate, 1));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Bytes, or an error below 0. */
    int encode(
            MemorySegment state, MemorySegment pcm, int samples, MemorySegment out, int bytesMax) {
        try {
            return (int) Calls.ENCODE.invokeExact(state, pcm, samples, out, bytesMax);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * Samples, or an error below 0.
     *
     * @param data {@link MemorySegment#NULL} to conceal
     * @param samplesMax for concealing and for {@code fec} exactly how many, in steps of 2.5 ms
     * @param fec 1 for the copy of the packet before
     */
    int decode(
            MemorySegment state,
            MemorySegment data,
            int bytes,
            MemorySegment pcm,
            int samplesMax,
            int fec) {
        try {
            return (int) Calls.DECODE.invokeExact(state, data, bytes, pcm, samplesMax, fec);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void set(MemorySegment encoder, int request, int value) {
        try {
            check((int) Calls.SET.invokeExact(encoder, request, value));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int get(MemorySegment encoder, int request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            check((int) Calls.GET.invokeExact(encoder, request, value));
            return value.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Override
    public String toString() {
        return version();
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("libopus refused with " + result);
        }
    }

    /** A downcall throws nothing of its own: what comes is a mistake of ours. */
    private static RuntimeException failed(Throwable e) {
        return switch (e) {
            case RuntimeException mistake -> mistake;
            case Error error -> throw error;
            case Throwable other -> new IllegalStateException(other);
        };
    }
}
