package io.jackfield.media.audio;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.ComfortNoiseGenerator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Puts the packets of one stream in order and gives its sound without a break, as late as the
 * path's jitter needs and no later.
 *
 * <p>The driver says {@link #put} for each packet and {@link #take} in steps of its own clock, 10
 * or 20 ms say. How long to wait follows the packets ({@link DelayEstimator}); what is too much or
 * too little is cut out or put in by whole periods of the sound ({@link TimeStretcher}), and so is
 * the drift between the sender's clock and ours. Lost packets are recovered from the next one or
 * concealed by the codec. After 100 ms of nothing, or at a comfort noise packet, the sound pauses,
 * and begins again with the delay that is right then.
 *
 * <p>Packets of any content and order are counted, never thrown for. One stream (SSRC), one payload
 * format; thread: one at a time; nothing is allocated per packet once the buffers have grown.
 */
public final class JitterBuffer implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** Nothing for so long is a pause, whatever the reason. */
    private static final int PAUSE_AFTER_MILLIS = 100;

    /** A codec's own idea of silence has been heard long enough; from here it costs nothing. */
    private static final int SILENT_AFTER_MILLIS = 1_000;

    /** Excess of delay over what is needed that is left alone. */
    private static final int EXCESS_MILLIS = 5;

    /** So much above the greatest delay allowed, packets are skipped. */
    private static final int SKIP_ABOVE_MILLIS = 200;

    /** How alike joined parts must be, and how alike when the delay is wrong by more than 40 ms. */
    private static final double LIKENESS = 0.85;

    private static final double LIKENESS_URGENT = 0.4;
    private static final int URGENT_MILLIS = 40;

    /** Holds the longest period and the blend twice over. */
    private static final int PIECE_MILLIS = 30;

    private static final long NOTHING = Long.MIN_VALUE;

    private final AudioDecoder decoder;
    private final ComfortNoiseGenerator noise;
    private final int rate;
    private final MediaTimeline timeline;
    private final PacketSlots slots = new PacketSlots();
    private final DelayEstimator delay;
    private final TimeStretcher stretcher;
    private final long skipNanos;

    /** Decoded and not yet taken. */
    private final short[] ready;

    private int readyFrom;
    private int readyTo;

    // The stream as it is played.
    private long next = NOTHING;

    /** Media time of the next sample to be decoded. */
    private long head;

    /** Made up since the stream ran dry, which media time does not know of. */
    private long stalled;

    private boolean waiting = true;
    private boolean comfortNoise;
    private int frame;

    private long accepted;
    private long reordered;
    private long late;
    private long duplicates;
    private long discarded;
    private long restarts;
    private long taken;
    private long concealed;
    private long paused;
    private long removed;
    private long inserted;

    /**
     * @param decoder the stream's own; closed with this
     * @param seed for comfort noise; any but 0
     */
    public JitterBuffer(AudioDecoder decoder, JitterLimits limits, long seed) {
        this.decoder = decoder;
        this.rate = decoder.sampleRate();
        this.timeline = new MediaTimeline(rate, decoder.rtpClockRate());
        this.noise = new ComfortNoiseGenerator(rate, seed);
        this.delay = new DelayEstimator(limits);
        this.stretcher = new TimeStretcher(rate);
        this.skipNanos = (limits.maxMillis() + SKIP_ABOVE_MILLIS) * NANOS_PER_MILLI;
        this.ready =
                new short[decoder.frameSamplesMax() + samples(PIECE_MILLIS) + stretcher.lagMax()];
        this.frame = samples(AudioDecoder.FRAME_MILLIS_USUAL);
    }

    private int samples(int millis) {
        return (int) ((long) rate * millis / 1_000);
    }

    /** Does not overflow within centuries. */
    private long nanos(long samples) {
        return samples / rate * NANOS_PER_SECOND + samples % rate * NANOS_PER_SECOND / rate;
    }

    /**
     * Takes a packet of sound.
     *
     * @param sequence RTP sequence number, 0 to 65535
     * @param timestamp RTP timestamp, in units of the decoder's RTP clock
     * @param payload position to limit; copied
     */
    public Arrival put(int sequence, int timestamp, ByteBuffer payload, long nowNanos) {
        return put(sequence, timestamp, false, payload, nowNanos);
    }

    /** Takes a packet of comfort noise (RFC 3389), which is in the same numbers as the sound. */
    public Arrival putNoise(int sequence, int timestamp, ByteBuffer payload, long nowNanos) {
        return put(sequence, timestamp, true, payload, nowNanos);
    }

    private Arrival put(
            int sequence, int timestamp, boolean isNoise, ByteBuffer payload, long nowNanos) {
        if (payload.remaining() > PacketSlots.PAYLOAD_MAX) {
            discarded++;
            return Arrival.TOO_LONG;
        }
        return switch (timeline.place(sequence, timestamp, nowNanos)) {
            case FITS -> place(isNoise, payload, nowNanos);
            case FAR_OFF -> {
                discarded++;
                yield Arrival.FAR_OFF;
            }
            case RESTARTED -> {
                restart();
                place(isNoise, payload, nowNanos);
                yield Arrival.RESTARTED;
            }
        };
    }

    private void restart() {
        restarts++;
        discarded += slots.count();
        slots.clear();
        delay.reset();
        next = NOTHING;
        waiting = true;
    }

    private Arrival place(boolean isNoise, ByteBuffer payload, long nowNanos) {
        long number = timeline.number();
        if (slots.hasSeen(number)) {
            duplicates++;
            return Arrival.DUPLICATE;
        }
        delay.add(nowNanos - nanos(timeline.time()));
        if (next != NOTHING && number < next) {
            slots.see(number);
            late++;
            return Arrival.LATE;
        }
        makeRoom(number);
        slots.put(number, timeline.time(), isNoise, payload);
        boolean overtaken = number < timeline.highest();
        timeline.advance();
        accepted++;
        reordered += overtaken ? 1 : 0;
        return overtaken ? Arrival.REORDERED : Arrival.ACCEPTED;
    }

    /** What is too old to stay beside this packet is thrown away. */
    private void makeRoom(long number) {
        long highest = timeline.highest();
        long end = Math.min(number - PacketSlots.SIZE, highest) + 1;
        for (long old = highest - PacketSlots.SIZE + 1; old < end; old++) {
            if (slots.has(old)) {
                slots.remove(old);
                discarded++;
            }
        }
    }

    /**
     * Gives the next samples.
     *
     * @param samples 10 or 20 ms, and the same each time; any number will do
     */
    public void take(short[] pcm, int offset, int samples, long nowNanos) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        for (int given = 0; given < samples; ) {
            if (readyFrom == readyTo) {
                readyFrom = 0;
                readyTo = 0;
                produce(given, samples, nowNanos);
            }
            int part = Math.min(samples - given, readyTo - readyFrom);
            System.arraycopy(ready, readyFrom, pcm, offset + given, part);
            readyFrom += part;
            given += part;
        }
        taken += samples;
    }

    /**
     * Makes at least one sample ready.
     *
     * @param given how much of this step has been given already
     * @param step how much is taken at a time
     */
    private void produce(int given, int step, long nowNanos) {
        long packet = nextPacket();
        while (packet != NOTHING && isHopeless(packet, nowNanos)) {
            skip(packet);
            packet = nextPacket();
        }
        if (packet == NOTHING) {
            runDry(step - given);
        } else if (waiting) {
            beginAgain(packet, given, step, nowNanos);
        } else {
            goOn(packet, given, step, nowNanos);
        }
    }

    /** The first packet in order that is there. */
    private long nextPacket() {
        if (slots.count() == 0) {
            return NOTHING;
        }
        long packet = Math.max(next, timeline.highest() - PacketSlots.SIZE + 1);
        while (!slots.has(packet)) {
            packet++;
        }
        return packet;
    }

    /** So late that what comes after it is better, and there. */
    private boolean isHopeless(long packet, long nowNanos) {
        return slots.count() > 1 && slackNanos(slots.time(packet), nowNanos) > skipNanos;
    }

    private void skip(long packet) {
        slots.remove(packet);
        next = packet + 1;
        discarded++;
        head = Math.max(head, slots.time(packet));
        waiting = true;
    }

    /** How long ago a packet of that media time could have been here at the earliest. */
    private long slackNanos(long time, long nowNanos) {
        return nowNanos - nanos(time) - delay.leastNanos();
    }

    /** Nothing is there. */
    private void runDry(int wanted) {
        pause(wanted);
        if (stalled >= samples(PAUSE_AFTER_MILLIS)) {
            waiting = true;
        }
    }

    /** Media time stands still. */
    private void pause(int wanted) {
        int samples = Math.min(wanted, frame);
        fill(samples);
        stalled += samples;
    }

    /** Comfort noise, or what the codec makes of nothing, or silence. */
    private void fill(int samples) {
        if (comfortNoise) {
            noise.generate(ready, 0, samples);
        } else if (next == NOTHING || stalled > samples(SILENT_AFTER_MILLIS)) {
            Arrays.fill(ready, 0, samples, (short) 0);
        } else {
            decoder.conceal(ready, 0, samples);
        }
        readyTo = samples;
    }

    /** After a pause the sound goes on when this packet has waited as long as packets should. */
    private void beginAgain(long packet, int given, int step, long nowNanos) {
        long time = slots.time(packet);
        int between = step - common(frame, step);
        long due = delay.targetNanos() + nanos(between);
        if (slackNanos(time, nowNanos) < due) {
            pause(step - given);
            return;
        }
        settlePause(packet, time);
        waiting = false;
        head = time;
        play(packet, given, step, nowNanos);
    }

    /** A pause in which no number is missing was the sender's; else something was lost. */
    private void settlePause(long packet, long time) {
        long senders = 0;
        if (next == NOTHING || comfortNoise) {
            senders = stalled;
        } else if (packet == next) {
            senders = Math.clamp(time - head, 0, stalled);
        }
        paused += senders;
        concealed += stalled - senders;
        stalled = 0;
        comfortNoise = false;
    }

    /** In the middle of sound: what is missing before this packet is filled first. */
    private void goOn(long packet, int given, int step, long nowNanos) {
        long time = slots.time(packet);
        long missing = time - head - stalled;
        if (missing > samples(PAUSE_AFTER_MILLIS)) {
            waiting = true;
            beginAgain(packet, given, step, nowNanos);
            return;
        }
        head += Math.clamp(time - head, 0, stalled);
        concealed += stalled;
        stalled = 0;
        next = packet;
        if (missing <= 0) {
            play(packet, given, step, nowNanos);
        } else {
            fillGap(packet, missing);
        }
    }

    private void fillGap(long packet, long missing) {
        int samples = (int) Math.min(missing, frame);
        if (missing <= frame && !slots.isNoise(packet)) {
            decoder.recover(slots.payload(packet), ready, 0, samples);
        } else {
            decoder.conceal(ready, 0, samples);
        }
        readyTo = samples;
        head += samples;
        concealed += samples;
    }

    private void play(long packet, int given, int step, long nowNanos) {
        if (slots.isNoise(packet)) {
            noise.update(slots.payload(packet));
            head = slots.time(packet);
            comfortNoise = true;
            waiting = true;
            finish(packet);
            pause(step - given);
            return;
        }
        readyTo = decoder.decode(slots.payload(packet), ready, 0);
        frame = readyTo;
        long slack = slackNanos(slots.time(packet), nowNanos);
        head = slots.time(packet) + readyTo;
        finish(packet);
        stretch(slack, given, step);
    }

    private void finish(long packet) {
        slots.remove(packet);
        next = packet + 1;
    }

    /**
     * Brings the delay nearer to what is needed.
     *
     * <p>A packet is needed at the beginning of a step, though only its end may be played in that
     * step; so what is in the way of a shorter delay is first the part of a step by which frames
     * lie beside the steps, then a whole frame.
     *
     * @param slack how long this packet could have waited at most
     */
    private void stretch(long slack, int given, int step) {
        long spare = slack - delay.targetNanos();
        int common = common(frame, step);
        int beside = given % common;
        long between = nanos(step - common - (given - beside));
        long excess = spare - between;
        if (excess < 0) {
            int most = Math.max(common - beside, stretcher.lagMin());
            lengthen(most, likeness(-excess));
        } else if (excess >= nanos(common) + EXCESS_MILLIS * NANOS_PER_MILLI) {
            shorten(stretcher.lagMax(), likeness(excess - nanos(common)));
        } else if (beside >= stretcher.lagMin()) {
            shorten(beside, LIKENESS);
        }
    }

    private static double likeness(long wrongNanos) {
        return wrongNanos > URGENT_MILLIS * NANOS_PER_MILLI ? LIKENESS_URGENT : LIKENESS;
    }

    /** Short frames hold no whole period: the next one helps, if it is there. */
    private void decodeAhead() {
        while (readyTo < samples(PIECE_MILLIS)
                && slots.has(next)
                && !slots.isNoise(next)
                && slots.time(next) == head
                && readyTo + decoder.frameSamplesMax() <= ready.length) {
            int more = decoder.decode(slots.payload(next), ready, readyTo);
            readyTo += more;
            head += more;
            finish(next);
        }
    }

    private void lengthen(int most, double likeness) {
        decodeAhead();
        int samples = stretcher.lengthen(ready, readyTo, most, likeness);
        readyTo += samples;
        inserted += samples;
    }

    private void shorten(int most, double likeness) {
        decodeAhead();
        int samples = stretcher.shorten(ready, readyTo, most, likeness);
        readyTo -= samples;
        removed += samples;
    }

    private static int common(int a, int b) {
        int one = a;
        int other = b;
        while (other != 0) {
            int rest = one % other;
            one = other;
            other = rest;
        }
        return one;
    }

    /** How long after its earliest possible moment a packet should be played. */
    public long targetNanos() {
        return delay.targetNanos();
    }

    /**
     * How long after its earliest possible moment the next sample would be played now; 0 while the
     * sound pauses.
     */
    public long delayNanos(long nowNanos) {
        return waiting ? 0 : slackNanos(head - (readyTo - readyFrom), nowNanos);
    }

    public JitterStatistics statistics() {
        return new JitterStatistics(
                accepted,
                reordered,
                late,
                duplicates,
                discarded,
                restarts,
                taken,
                concealed,
                paused,
                removed,
                inserted);
    }

    /** Closes the decoder. */
    @Override
    public void close() {
        decoder.close();
    }
}
