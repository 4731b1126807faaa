package io.jackfield.media.recording;

import io.jackfield.media.audio.MediaTimeline;

/**
 * A part of a stream in which one clock counts: from its first packet, a new SSRC, a restart or a
 * leap of its timestamps until the next of these. Thread: the writer's.
 */
final class VoiceSegment {
    /** What packets bear that are not placed yet. */
    static final VoiceSegment NONE = new VoiceSegment(0, 0, VoiceCodec.NONE);

    /** Timestamps that run ahead of the arrivals by this much have leapt. */
    private static final long LEAP_NANOS = 150_000_000L;

    /** A pause of this length may have been one of the sender's clock. */
    private static final long PAUSE_NANOS = 300_000_000L;

    /** Jitter hardly ever delays a packet after a pause by more. */
    private static final long STOOD_STILL_NANOS = 120_000_000L;

    /** Until then the least delay is not known well. */
    private static final long YOUNG_NANOS = 1_000_000_000L;

    private final int index;
    private final int ssrc;
    private final int clockRate;
    private final MediaTimeline timeline;
    private final LeastDelay delay = new LeastDelay();
    private long firstArrivalNanos;
    private long lastArrivalNanos;
    private boolean begun;

    VoiceSegment(int index, int ssrc, VoiceCodec codec) {
        this.index = index;
        this.ssrc = ssrc;
        this.clockRate = codec.clockRate();
        this.timeline = new MediaTimeline(1_000_000_000, codec.clockRate());
    }

    int index() {
        return index;
    }

    boolean fits(VoicePacket packet) {
        return packet.ssrc == ssrc && packet.codec.clockRate() == clockRate;
    }

    /** Finds the packet's place; where it fits, it is the segment's from now on. */
    MediaTimeline.Place place(VoicePacket packet) {
        MediaTimeline.Place place =
                timeline.place(packet.sequence, packet.timestamp, packet.arrivalNanos);
        if (place != MediaTimeline.Place.FITS) {
            return place;
        }
        long end = timeline.time() + packet.codec.nanos(packet.payload());
        long late = packet.arrivalNanos - end;
        if (begun && isAnotherClock(late, packet.arrivalNanos)) {
            return MediaTimeline.Place.RESTARTED;
        }
        timeline.advance();
        packet.segment = this;
        packet.number = timeline.number();
        packet.endNanos = end;
        delay.add(late, packet.arrivalNanos);
        if (!begun) {
            begun = true;
            firstArrivalNanos = packet.arrivalNanos;
        }
        lastArrivalNanos = packet.arrivalNanos;
        return place;
    }

    private boolean isAnotherClock(long late, long arrivalNanos) {
        boolean young = arrivalNanos - firstArrivalNanos < YOUNG_NANOS;
        boolean paused = arrivalNanos - lastArrivalNanos > PAUSE_NANOS;
        boolean leapt = !young && late < delay.nanos() - LEAP_NANOS;
        return leapt || paused && late > delay.nanos() + STOOD_STILL_NANOS;
    }

    /** When the packet's sound ends, on our clock, had it been under way for the least time. */
    long endNanos(VoicePacket packet) {
        return packet.endNanos + delay.nanos();
    }
}
