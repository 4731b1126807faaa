package io.jackfield.protocol.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The pairs over which verified checks came, at most {@link IceLiteAgent#PAIRS_MAX}. */
final class CheckedPairs {

    private static final class Entry {
        final IcePair pair;
        long lastCheckNanos;

        Entry(IcePair pair, long lastCheckNanos) {
            this.pair = pair;
            this.lastCheckNanos = lastCheckNanos;
        }

        long expiresNanos() {
            return lastCheckNanos + IceLiteAgent.CONSENT_NANOS;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private Optional<IcePair> selected = Optional.empty();

    /**
     * Notes a verified check.
     *
     * @param nominates true where it carries USE-CANDIDATE; the last nomination counts, so that a
     *     browser that moves to another network takes its media along
     * @return true where this changes the selected pair
     */
    boolean checked(IcePair pair, boolean nominates, long nowNanos) {
        Optional<Entry> known = find(pair.local(), pair.remote());
        if (known.isPresent()) {
            known.get().lastCheckNanos = nowNanos;
        } else {
            makeRoom();
            entries.add(new Entry(pair, nowNanos));
        }
        if (!nominates || selected.equals(Optional.of(pair))) {
            return false;
        }
        selected = Optional.of(pair);
        return true;
    }

    /** The pair checked longest ago goes, but never the selected one. */
    private void makeRoom() {
        if (entries.size() < IceLiteAgent.PAIRS_MAX) {
            return;
        }
        Optional<Entry> oldest = Optional.empty();
        for (Entry entry : entries) {
            boolean older =
                    oldest.isEmpty() || entry.lastCheckNanos - oldest.get().lastCheckNanos < 0;
            if (older && !isSelected(entry)) {
                oldest = Optional.of(entry);
            }
        }
        oldest.ifPresent(entries::remove);
    }

    private boolean isSelected(Entry entry) {
        return selected.isPresent() && selected.get().equals(entry.pair);
    }

    /** Runs for every media packet: a walk over a few entries that allocates nothing. */
    boolean contains(InetSocketAddress local, InetSocketAddress remote) {
        for (int i = 0; i < entries.size(); i++) {
            IcePair pair = entries.get(i).pair;
            if (pair.remote().equals(remote) && pair.local().equals(local)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Entry> find(InetSocketAddress local, InetSocketAddress remote) {
        return entries.stream()
                .filter(e -> e.pair.remote().equals(remote) && e.pair.local().equals(local))
                .findFirst();
    }

    Optional<IcePair> selected() {
        return selected;
    }

    Set<InetSocketAddress> remotes() {
        Set<InetSocketAddress> remotes = new LinkedHashSet<>();
        entries.forEach(entry -> remotes.add(entry.pair.remote()));
        return remotes;
    }

    OptionalLong deadlineNanos() {
        if (entries.isEmpty()) {
            return OptionalLong.empty();
        }
        long first = entries.getFirst().expiresNanos();
        for (Entry entry : entries) {
            first = entry.expiresNanos() - first < 0 ? entry.expiresNanos() : first;
        }
        return OptionalLong.of(first);
    }

    /** True where the selected pair was among those forgotten. */
    boolean forgetExpired(long nowNanos) {
        entries.removeIf(entry -> entry.expiresNanos() - nowNanos <= 0);
        boolean lost = selected.filter(p -> !contains(p.local(), p.remote())).isPresent();
        if (lost) {
            selected = Optional.empty();
        }
        return lost;
    }

    List<IceState.CheckedPair> export(long nowNanos) {
        return entries.stream()
                .map(entry ->
                        new IceState.CheckedPair(
                                entry.pair, Math.max(0, nowNanos - entry.lastCheckNanos)))
                .toList();
    }

    void restore(IceState state, long nowNanos) {
        for (IceState.CheckedPair checked : state.pairs()) {
            entries.add(new Entry(checked.pair(), nowNanos - checked.sinceCheckNanos()));
        }
        selected = state.selected();
    }
}
