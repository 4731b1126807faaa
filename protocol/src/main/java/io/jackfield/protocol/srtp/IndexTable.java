package io.jackfield.protocol.srtp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The windows of one direction, one per SSRC, at most {@link SrtpState#STREAMS_MAX}. */
final class IndexTable {
    private final List<IndexWindow> windows = new ArrayList<>(SrtpState.STREAMS_MAX);
    private long uses;

    IndexTable(List<SrtpState.Stream> streams) {
        for (SrtpState.Stream stream : streams) {
            windows.add(IndexWindow.after(stream.ssrc(), stream.highestIndex()));
        }
    }

    /** Null where there is none: an {@code Optional} would be one more object per packet. */
    @Nullable IndexWindow find(int ssrc) {
        for (int i = 0; i < windows.size(); i++) {
            IndexWindow window = windows.get(i);
            if (window.ssrc == ssrc) {
                return window;
            }
        }
        return null;
    }

    boolean isFull() {
        return windows.size() == SrtpState.STREAMS_MAX;
    }

    /** Marks a fresh index of a window as used. */
    void use(IndexWindow window, long index) {
        window.use(index);
        window.lastUse = ++uses;
    }

    void add(IndexWindow window) {
        window.lastUse = ++uses;
        windows.add(window);
    }

    /**
     * The SSRC not heard of for longest makes room. Its old packets could then be replayed, but
     * only its owner, who holds the keys, can bring us here.
     */
    void addInPlaceOfOldest(IndexWindow window) {
        if (isFull()) {
            int oldest = 0;
            for (int i = 1; i < windows.size(); i++) {
                oldest = windows.get(i).lastUse < windows.get(oldest).lastUse ? i : oldest;
            }
            windows.remove(oldest);
        }
        add(window);
    }

    List<SrtpState.Stream> export() {
        return windows.stream()
                .map(window -> new SrtpState.Stream(window.ssrc, window.highest()))
                .toList();
    }
}
