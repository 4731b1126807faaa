package io.jackfield.observe.quality;

import io.jackfield.media.LinkWindow;
import io.jackfield.protocol.rtp.ReceiverStatistics;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A window and when it was.
 *
 * @param fromMillis since the call began
 * @param toMillis the same
 */
record RawWindow(long fromMillis, long toMillis, LinkWindow raw) {
    /** This one and the next as one. */
    RawWindow with(RawWindow next) {
        LinkWindow a = raw;
        LinkWindow b = next.raw;
        return new RawWindow(
                fromMillis,
                next.toMillis,
                new LinkWindow(
                        a.span().plus(b.span()),
                        b.codec().or(a::codec),
                        incoming(a.incoming(), b.incoming()),
                        new LinkWindow.Outgoing(
                                a.outgoing().packets() + b.outgoing().packets(),
                                a.outgoing().skipped() + b.outgoing().skipped(),
                                reported(a.outgoing().reported(), b.outgoing().reported())),
                        a.loopLate().compareTo(b.loopLate()) > 0 ? a.loopLate() : b.loopLate()));
    }

    private static LinkWindow.Incoming incoming(LinkWindow.Incoming a, LinkWindow.Incoming b) {
        return new LinkWindow.Incoming(
                a.expected() && b.expected(),
                a.packets() + b.packets(),
                a.lost() + b.lost(),
                a.late() + b.late(),
                a.duplicates() + b.duplicates(),
                larger(a.jitterMillis(), b.jitterMillis()),
                a.longestGap().compareTo(b.longestGap()) > 0 ? a.longestGap() : b.longestGap(),
                delays(a, b));
    }

    private static Optional<ReceiverStatistics.Delays> delays(
            LinkWindow.Incoming a, LinkWindow.Incoming b) {
        if (a.delays().isEmpty() || b.delays().isEmpty()) {
            return b.delays().or(a::delays);
        }
        double share = (double) a.packets() / Math.max(1, a.packets() + b.packets());
        return Optional.of(
                new ReceiverStatistics.Delays(
                        Math.min(a.delays().get().leastMillis(), b.delays().get().leastMillis()),
                        share * a.delays().get().variationMillis()
                                + (1 - share) * b.delays().get().variationMillis()));
    }

    private static Optional<LinkWindow.Reported> reported(
            Optional<LinkWindow.Reported> a, Optional<LinkWindow.Reported> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return b.or(() -> a);
        }
        return Optional.of(
                new LinkWindow.Reported(
                        a.get().expected() + b.get().expected(),
                        a.get().lost() + b.get().lost(),
                        Math.max(a.get().jitterMillis(), b.get().jitterMillis()),
                        b.get().rttMillis().isPresent()
                                ? b.get().rttMillis()
                                : a.get().rttMillis()));
    }

    private static OptionalDouble larger(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() && (b.isEmpty() || a.getAsDouble() > b.getAsDouble()) ? a : b;
    }
}
