package io.jackfield.loadtool.media;

import io.jackfield.loadtool.measure.Histogram;
import io.jackfield.loadtool.measure.NumberedFrame;
import io.jackfield.loadtool.measure.StreamLog;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.RtpValidity;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who talks in this run, and what was heard of each, wherever it was heard.
 *
 * <p>No clock; thread: the loop's.
 */
final class Hearing {
    private final int run;
    private final Voice voice;
    private final List<@Nullable Talker> talkers = new ArrayList<>();
    private final Map<Way, WayTotals> ways = new EnumMap<>(Way.class);
    private final Histogram sendLateness = new Histogram();
    private final Histogram readLateness = new Histogram();
    private final NumberedFrame frame = new NumberedFrame();
    private boolean windowOpen;
    private long damaged;

    /** Of one way: the delays of all streams, and the rest of those that have ended. */
    private static final class WayTotals {
        private final Histogram delays = new Histogram();
        private final Histogram jitters = new Histogram();
        private final Histogram spacings = new Histogram();
        private long sent;
        private long heard;
        private long repeated;

        void clear() {
            delays.clear();
            jitters.clear();
            spacings.clear();
            sent = 0;
            heard = 0;
            repeated = 0;
        }

        void add(StreamLog log) {
            sent += log.windowSent();
            heard += log.windowHeard();
            repeated += log.windowRepeated();
            if (log.windowHeard() > 1) {
                jitters.record(log.jitterNanos());
            }
        }

        MediaFigures.WayFigures figures() {
            return new MediaFigures.WayFigures(
                    sent, heard, repeated, delays.spread(), jitters.spread(), spacings.spread());
        }
    }

    /**
     * @param run tells this run's frames from others'
     * @param voice what is said in it
     */
    Hearing(int run, Voice voice) {
        this.run = run;
        this.voice = voice;
    }

    /** Numbered frames, which say themselves whose they are. */
    static Hearing ofNumbers(int run) {
        return new Hearing(run, new Voice.Numbered(run));
    }

    private WayTotals totals(Way way) {
        return ways.computeIfAbsent(way, _ -> new WayTotals());
    }

    /** One who talks from now on. */
    Talker talker(Way way, int ssrc) {
        StreamLog log = new StreamLog(totals(way).delays, totals(way).spacings);
        Talker talker = new Talker(talkers.size(), voice, way, log, ssrc);
        talkers.add(talker);
        if (windowOpen) {
            log.beginInWindow();
        }
        return talker;
    }

    /** The stream is over; what of it comes still is not heard. */
    void gone(Talker talker) {
        talkers.set(talker.index(), null);
        talker.log().end();
        totals(talker.way()).add(talker.log());
    }

    private List<Talker> present() {
        return talkers.stream().filter(Objects::nonNull).toList();
    }

    /** What is sent from now on is counted, and nothing that was before. */
    void openWindow() {
        windowOpen = true;
        ways.values().forEach(WayTotals::clear);
        sendLateness.clear();
        readLateness.clear();
        damaged = 0;
        present().forEach(talker -> talker.log().openWindow());
    }

    /** What is sent from now on is not counted; what was sent before still is, when it is heard. */
    void closeWindow() {
        windowOpen = false;
        present().forEach(talker -> talker.log().closeWindow());
    }

    /** Of the window; taken once for each. */
    MediaFigures figures(long notSent) {
        present().forEach(talker -> totals(talker.way()).add(talker.log()));
        Map<Way, MediaFigures.WayFigures> figures = new EnumMap<>(Way.class);
        ways.forEach((way, totals) -> figures.put(way, totals.figures()));
        return new MediaFigures(
                figures, damaged, sendLateness.spread(), readLateness.spread(), notSent);
    }

    /**
     * What one end hears.
     *
     * @param expected who should be heard there, for voices that do not say it themselves
     */
    Ears ears(Supplier<Optional<Talker>> expected) {
        return switch (voice) {
            case Voice.Numbered _ -> new NumberedEars();
            case Voice.Sounding _ -> new MarkedEars(this, expected);
        };
    }

    /** Reads who and which; one for all would do. */
    private final class NumberedEars implements Ears {
        @Override
        public void listenTo(CodecMap codecs) {}

        @Override
        public boolean hear(RtpPacket packet, ByteBuffer bytes, long arrived, long nowNanos) {
            boolean intact =
                    packet.wrap(bytes) == RtpValidity.VALID
                            && frame.read(
                                    bytes, packet.payloadOffset(), packet.payloadLength(), run);
            if (!intact) {
                damaged();
                return false;
            }
            Talker talker = frame.talker() < talkers.size() ? talkers.get(frame.talker()) : null;
            if (talker != null) {
                talker.log().heard(frame.number(), frame.sentNanos(), arrived);
            }
            read(nowNanos - arrived);
            return true;
        }

        @Override
        public void close() {}
    }

    /**
     * Frame of that number of the talker's was heard.
     *
     * @return false where it cannot have been
     */
    boolean heard(Talker talker, int number, long arrivedNanos, long nowNanos) {
        if (!talker.remembers(number) || talker.sentNanos(number) - arrivedNanos > 0) {
            return false;
        }
        talker.log().heard(number, talker.sentNanos(number), arrivedNanos);
        read(nowNanos - arrivedNanos);
        return true;
    }

    /** A packet was none, or not as it was sent. */
    void damaged() {
        damaged++;
    }

    private void read(long latenessNanos) {
        if (windowOpen) {
            readLateness.record(latenessNanos);
        }
    }

    /** A frame left that late. */
    void sent(long latenessNanos) {
        if (windowOpen) {
            sendLateness.record(latenessNanos);
        }
    }
}
