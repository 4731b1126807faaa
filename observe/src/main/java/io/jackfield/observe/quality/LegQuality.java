package io.jackfield.observe.quality;

import io.jackfield.media.LinkWindow;
import io.jackfield.protocol.rtp.ReceiverStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges the windows of one leg, one after another; made anew for each judgement, since what other
 * legs tell later bears on what a window means. Confined to one thread.
 */
final class LegQuality {
    private static final double LOSS_PERCENT = 3;

    /** How much longer than the quickest packets take on average: jitter buffers grow with it. */
    private static final double VARIATION_MILLIS = 30;

    /** As peers report it (RFC 3550 A.8), which is less for packets that overtake each other. */
    private static final double REPORTED_JITTER_MILLIS = 20;

    private static final double DELAY_MILLIS = 100;

    /** G.114: not to be exceeded one way is 400 ms; over 150 it is felt. */
    private static final double ROUND_TRIP_MILLIS = 400;

    private static final double OUTAGE_PERCENT = 60;
    private static final long OUTAGE_MILLIS = 1_000;
    private static final double BUSY_MILLIS = 80;

    /** Less than half the jitter of a window: clocks that drift apart make no such step. */
    private static final double STEP_MILLIS = 15;

    /** Reports come every two to eight seconds. */
    private static final int UNREPORTED_WINDOWS = 3;

    /** Fewer packets than half a second's tell nothing of a share. */
    private static final long PACKETS_MIN = 25;

    private final List<MeasuredWindow> windows = new ArrayList<>();
    private EModel.CodecValues codec = EModel.CodecValues.G711;

    /** Numbers that we have left out, and that the peer has not told as lost yet. */
    private long owed;

    private double delayShift;
    private OptionalDouble lastDelay = OptionalDouble.empty();
    private OptionalDouble baseRtt = OptionalDouble.empty();
    private OptionalDouble lastRtt = OptionalDouble.empty();
    private int unreported;
    private boolean heardFrom;

    /** What has been judged, in order. */
    List<MeasuredWindow> windows() {
        return windows;
    }

    /**
     * Takes a window.
     *
     * @param jitterOfOthers what comes to us from other legs unevenly at that time, and goes on so
     */
    void add(RawWindow at, double jitterOfOthers) {
        LinkWindow raw = at.raw();
        codec = raw.codec().map(EModel.CodecValues::of).orElse(codec);
        boolean busy = raw.loopLate().toMillis() >= BUSY_MILLIS;
        raw.outgoing()
                .reported()
                .map(LinkWindow.Reported::rttMillis)
                .filter(OptionalDouble::isPresent)
                .ifPresent(rtt -> lastRtt = rtt);
        MeasuredWindow.Direction toUs = toUs(raw, busy);
        Optional<MeasuredWindow.Direction> fromUs = fromUs(raw, busy, jitterOfOthers);
        windows.add(new MeasuredWindow(at.fromMillis(), at.toMillis(), raw, toUs, fromUs));
    }

    // ---- to us

    private MeasuredWindow.Direction toUs(LinkWindow raw, boolean busy) {
        LinkWindow.Incoming in = raw.incoming();
        double loss = percent(in.lost(), in.packets() + in.lost());
        double variation = variation(raw);
        double shift = shift(in);
        boolean gap = in.longestGap().toMillis() >= OUTAGE_MILLIS && in.lost() >= PACKETS_MIN;
        boolean nothing = in.expected() && in.packets() == 0 && raw.span().toSeconds() >= 2;
        Optional<Trouble> trouble = Optional.empty();
        if (busy) {
            trouble = Optional.of(new Trouble(Trouble.Kind.BUSY, raw.loopLate().toMillis()));
        } else if (nothing || gap || loss >= OUTAGE_PERCENT) {
            trouble = Optional.of(new Trouble(Trouble.Kind.OUTAGE, nothing ? 100 : loss));
        } else if (in.packets() >= PACKETS_MIN && loss >= LOSS_PERCENT) {
            trouble = Optional.of(new Trouble(Trouble.Kind.LOSS, loss));
        } else if (variation >= VARIATION_MILLIS) {
            trouble = Optional.of(new Trouble(Trouble.Kind.JITTER, variation));
        } else if (shift >= DELAY_MILLIS) {
            trouble = Optional.of(new Trouble(Trouble.Kind.DELAY, shift));
        }
        return direction(loss, in.jitterMillis().orElse(0), trouble);
    }

    private static double variation(LinkWindow raw) {
        return raw.incoming().delays().map(ReceiverStatistics.Delays::variationMillis).orElse(0.0);
    }

    /** How much longer packets take than they did at first, by steps. */
    private double shift(LinkWindow.Incoming in) {
        if (in.delays().isEmpty()) {
            return delayShift;
        }
        double least = in.delays().get().leastMillis();
        double step = least - lastDelay.orElse(0);
        // where packets come unevenly, the quickest of few says little
        boolean told =
                Math.abs(step) >= Math.max(STEP_MILLIS, in.delays().get().variationMillis() / 2);
        delayShift += told ? step : 0;
        lastDelay = OptionalDouble.of(least);
        return delayShift;
    }

    // ---- from us

    private Optional<MeasuredWindow.Direction> fromUs(
            LinkWindow raw, boolean busy, double jitterOfOthers) {
        LinkWindow.Outgoing out = raw.outgoing();
        owed += out.skipped();
        if (out.reported().isEmpty()) {
            return silence(raw);
        }
        unreported = 0;
        boolean first = !heardFrom;
        heardFrom = true;
        LinkWindow.Reported report = out.reported().get();
        long lost = Math.max(0, report.lost() - owed);
        owed = Math.max(0, owed - Math.max(0, report.lost()));
        double loss = percent(lost, report.expected());
        double later = rttShift(report.rttMillis()) - delayShift - 2 * variation(raw);
        boolean ownJitter =
                report.jitterMillis() >= REPORTED_JITTER_MILLIS
                        && report.jitterMillis() >= 2 * jitterOfOthers;
        boolean nothing = !first && report.expected() == 0 && out.packets() >= 4 * PACKETS_MIN;
        Optional<Trouble> trouble = Optional.empty();
        if (busy) {
            trouble = Optional.of(new Trouble(Trouble.Kind.BUSY, raw.loopLate().toMillis()));
        } else if (nothing || loss >= OUTAGE_PERCENT) {
            trouble = Optional.of(new Trouble(Trouble.Kind.OUTAGE, nothing ? 100 : loss));
        } else if (report.expected() >= PACKETS_MIN && loss >= LOSS_PERCENT) {
            trouble = Optional.of(new Trouble(Trouble.Kind.LOSS, loss));
        } else if (ownJitter) {
            trouble = Optional.of(new Trouble(Trouble.Kind.JITTER, report.jitterMillis()));
        } else if (later >= DELAY_MILLIS) {
            trouble = Optional.of(new Trouble(Trouble.Kind.DELAY, later));
        } else if (baseRtt.orElse(0) >= ROUND_TRIP_MILLIS) {
            trouble = Optional.of(new Trouble(Trouble.Kind.DELAY, baseRtt.orElse(0)));
        }
        return Optional.of(direction(loss, report.jitterMillis(), trouble));
    }

    /**
     * No report of our stream. Who has reported before, and still speaks, reports of a stream that
     * still comes (RFC 3550 §6.4.1: blocks are of sources heard since the last report).
     */
    private Optional<MeasuredWindow.Direction> silence(LinkWindow raw) {
        boolean speaks = raw.incoming().packets() >= PACKETS_MIN;
        boolean sent = raw.outgoing().packets() >= 4 * PACKETS_MIN;
        unreported = heardFrom && speaks && sent ? unreported + 1 : 0;
        return unreported >= UNREPORTED_WINDOWS
                ? Optional.of(direction(100, 0, Optional.of(new Trouble(Trouble.Kind.OUTAGE, 100))))
                : Optional.empty();
    }

    private double rttShift(OptionalDouble rtt) {
        if (rtt.isEmpty()) {
            return 0;
        }
        if (baseRtt.isEmpty() || rtt.getAsDouble() < baseRtt.getAsDouble()) {
            baseRtt = rtt;
        }
        return rtt.getAsDouble() - baseRtt.getAsDouble();
    }

    private MeasuredWindow.Direction direction(
            double loss, double jitterMillis, Optional<Trouble> trouble) {
        return new MeasuredWindow.Direction(
                loss,
                EModel.mosLq(codec, loss),
                lastRtt.isPresent()
                        ? OptionalDouble.of(
                                EModel.mosCq(codec, loss, lastRtt.getAsDouble(), jitterMillis))
                        : OptionalDouble.empty(),
                trouble);
    }

    private static double percent(long lost, long expected) {
        return expected <= 0 ? 0 : Math.clamp(100.0 * lost / expected, 0, 100);
    }
}
