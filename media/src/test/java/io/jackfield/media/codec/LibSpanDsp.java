package io.jackfield.media.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Somebody else's G.722 (Debian: libspandsp2), as a second opinion. */
@SuppressWarnings("restricted")
final class LibSpanDsp {
    private final SymbolLookup library;

    private LibSpanDsp(SymbolLookup library) {
        this.library = library;
    }

    static Optional<LibSpanDsp> find() {
        try {
            return Optional.of(
                    new LibSpanDsp(SymbolLookup.libraryLookup("libspandsp.so.2", Arena.global())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    byte[] encode(short[] pcm) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = init("g722_encode_init");
            MemorySegment in = arena.allocateFrom(JAVA_SHORT, pcm);
            MemorySegment out = arena.allocate(pcm.length);
            int bytes = (int) coder("g722_encode").invokeExact(state, out, in, pcm.length);
            free("g722_encode_free", state);
            return out.asSlice(0, bytes).toArray(JAVA_BYTE);
        }
    }

    short[] decode(byte[] payload) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = init("g722_decode_init");
            MemorySegment in = arena.allocateFrom(JAVA_BYTE, payload);
            MemorySegment out = arena.allocate(JAVA_SHORT, payload.length * 2L);
            int samples = (int) coder("g722_decode").invokeExact(state, out, in, payload.length);
            free("g722_decode_free", state);
            return out.asSlice(0, samples * 2L).toArray(JAVA_SHORT);
        }
    }

    private MethodHandle coder(String name) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.findOrThrow(name),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    }

    private MemorySegment init(String name) throws Throwable {
        MethodHandle init =
                Linker.nativeLinker()
                        .downcallHandle(
                                library.findOrThrow(name),
                                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
        return (MemorySegment) init.invokeExact(MemorySegment.NULL, 64_000, 0);
    }

    private void free(String name, MemorySegment state) throws Throwable {
        MethodHandle free =
                Linker.nativeLinker()
                        .downcallHandle(
                                library.findOrThrow(name),
                                FunctionDescriptor.of(JAVA_INT, ADDRESS));
        int unused = (int) free.invokeExact(state);
    }
}
