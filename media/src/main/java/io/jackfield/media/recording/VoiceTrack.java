package io.jackfield.media.recording;

import io.jackfield.media.audio.MediaTimeline;
import io.jackfield.media.codec.Opus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a recording: puts packets in order, decodes them and writes each where it belongs
 * in time.
 *
 * <p>A packet belongs where its sound would have arrived had it been under way for the least time:
 * by its RTP timestamp, moved by the {@link LeastDelay} of its {@link VoiceSegment}. Packets wait
 * for a second, so that this is known for the first of them too. Where the place goes apart from
 * the end of what is written, as by drift of the sender's clock, frames are stretched by a
 * hundredth; what is more than {@link #APART_MILLIS} is silence, or is cut off. So a channel is
 * never further from its place than that.
 *
 * <p>Sans-IO: time comes in. Thread: the writer's.
 */
final class VoiceTrack implements AutoCloseable {
    /** Packets wait for so long, for those before them and for the least delay to show. */
    static final long HOLD_NANOS = 1_000_000_000L;

    /** Silence and cuts instead of stretching from here on. */
    private static final int APART_MILLIS = 15;

    /** No stretching for less. */
    private static final int EXACT_MILLIS = 1;

    /** A stretched frame is longer or shorter by one sample of so many. */
    private static final int STRETCH_SHARE = 100;

    /** What is lost is concealed up to here; the rest is silent. */
    private static final int CONCEAL_MILLIS_MAX = 60;

    private final int channel;
    private final int rate;
    private final long originNanos;
    private final Opus opus;
    private final SoundBuffer buffer;
    private final List<VoicePacket> waiting = new ArrayList<>();
    private final ArrayDeque<VoicePacket> free = new ArrayDeque<>();
    private final short[] stretched;

    private VoiceSegment segment = VoiceSegment.NONE;
    private @Nullable VoicePacket stray;
    private @Nullable VoiceDecoder decoder;

    /** Of what was written last. */
    private VoiceSegment writtenSegment = VoiceSegment.NONE;

    private long writtenNumber;
    private int frame;
    private long end;

    private long late;
    private long missing;
    private long undecodable;
    private long broken;

    /**
     * @param channel 0 left, 1 right
     * @param originNanos when the recording began
     */
    VoiceTrack(int channel, int rate, long originNanos, Opus opus, SoundBuffer buffer) {
        this.channel = channel;
        this.rate = rate;
        this.originNanos = originNanos;
        this.opus = opus;
        this.buffer = buffer;
        this.stretched = new short[rate];
    }

    /** A packet to be filled and given to {@link #take}. */
    VoicePacket blank() {
        VoicePacket packet = free.poll();
        return packet == null ? new VoicePacket() : packet;
    }

    /** Not needed after all. */
    void release(VoicePacket packet) {
        packet.segment = VoiceSegment.NONE;
        free.push(packet);
    }

    /** Takes a packet, in the order of arrival. */
    void take(VoicePacket packet) {
        if (!packet.codec.decodes()) {
            undecodable += packet.codec == VoiceCodec.UNKNOWN ? 1 : 0;
            release(packet);
            return;
        }
        if (!segment.fits(packet)) {
            begin(packet);
            return;
        }
        switch (segment.place(packet)) {
            case FITS -> insert(packet);
            case FAR_OFF -> keepStray(packet);
            case RESTARTED -> beginWithStray(packet);
        }
    }

    private void keepStray(VoicePacket packet) {
        if (stray != null) {
            release(stray);
        }
        stray = packet;
    }

    /** The packet before was no stray, but the first of what begins. */
    private void beginWithStray(VoicePacket packet) {
        VoicePacket before = stray;
        stray = null;
        if (before == null || !before.codec.equals(packet.codec)) {
            begin(packet);
            return;
        }
        begin(before);
        if (segment.place(packet) == MediaTimeline.Place.FITS) {
            insert(packet);
        } else {
            release(packet);
        }
    }

    private void begin(VoicePacket packet) {
        segment = new VoiceSegment(segment.index() + 1, packet.ssrc, packet.codec);
        MediaTimeline.Place _ = segment.place(packet);
        insert(packet);
    }

    private void insert(VoicePacket packet) {
        int at = waiting.size();
        while (at > 0 && packet.isBefore(waiting.get(at - 1))) {
            at--;
        }
        if (at > 0 && packet.isSameAs(waiting.get(at - 1))) {
            release(packet);
        } else {
            waiting.add(at, packet);
        }
    }

    /** Writes whatever has waited for long enough. */
    void advance(long nowNanos) {
        int done = 0;
        while (done < waiting.size() && nowNanos - waiting.get(done).arrivalNanos >= HOLD_NANOS) {
            write(waiting.get(done++));
        }
        waiting.subList(0, done).clear();
    }

    /** Writes all that waits: nothing more will come. */
    void finish() {
        waiting.forEach(this::write);
        waiting.clear();
    }

    private void write(VoicePacket packet) {
        boolean sameSegment = packet.segment == writtenSegment;
        if (sameSegment && packet.number <= writtenNumber
                || packet.segment.index() < writtenSegment.index()) {
            late++;
        } else {
            decode(packet, sameSegment ? packet.number - writtenNumber - 1 : 0);
            writtenSegment = packet.segment;
            writtenNumber = packet.number;
        }
        release(packet);
    }

    private void decode(VoicePacket packet, long lost) {
        VoiceDecoder with = decoderFor(packet);
        missing += lost;
        long ends = position(packet.segment.endNanos(packet)) - with.delaySamples();
        int length = (int) (packet.codec.nanos(packet.payload()) * rate / 1_000_000_000L);
        long gap = ends - length - end;
        if (gap >= samples(APART_MILLIS) || lost > 0 && frame > 0 && gap > frame * 3 / 4) {
            fill(packet, with, gap, lost);
        }
        int count = with.decode(packet);
        frame = count;
        put(with.samples(), count, ends - count - end);
    }

    /** What was lost is made up for; what is more than that is silent. */
    private void fill(VoicePacket next, VoiceDecoder with, long gap, long lost) {
        boolean concealed = lost > 0 && frame > 0 && gap <= samples(CONCEAL_MILLIS_MAX) + frame / 2;
        if (!concealed) {
            with.pause();
            end += gap;
            return;
        }
        long frames = Math.max(1, Math.round((double) gap / frame));
        for (long i = frames; i > 0; i--) {
            int count = with.conceal(next, frame, i == 1);
            buffer.put(channel, end, with.samples(), count);
            end += count;
        }
    }

    /**
     * Writes a frame at the end.
     *
     * @param apart by how much its place is behind the end; negative: before
     */
    private void put(short[] samples, int count, long apart) {
        if (Math.abs(apart) <= samples(EXACT_MILLIS)) {
            append(samples, count);
        } else if (apart > -samples(APART_MILLIS)) {
            int most = count / STRETCH_SHARE + 1;
            int changed = count + Math.clamp(apart, -most, most);
            stretch(samples, count, changed);
            append(stretched, changed);
        } else {
            int cut = (int) Math.min(-apart, count);
            System.arraycopy(samples, cut, stretched, 0, count - cut);
            append(stretched, count - cut);
        }
    }

    private void append(short[] samples, int count) {
        buffer.put(channel, end, samples, count);
        end += count;
    }

    /** Reads {@code count} samples at another speed, between them by cubic interpolation. */
    private void stretch(short[] in, int count, int wanted) {
        double step = (double) count / wanted;
        for (int i = 0; i < wanted; i++) {
            double at = i * step;
            int whole = (int) at;
            stretched[i] = cubic(in, count, whole, at - whole);
        }
    }

    private static short cubic(short[] in, int count, int at, double part) {
        double before = in[Math.max(at - 1, 0)];
        double left = in[Math.min(at, count - 1)];
        double right = in[Math.min(at + 1, count - 1)];
        double after = in[Math.min(at + 2, count - 1)];
        double a = -0.5 * before + 1.5 * left - 1.5 * right + 0.5 * after;
        double b = before - 2.5 * left + 2 * right - 0.5 * after;
        double c = 0.5 * (right - before);
        double value = ((a * part + b) * part + c) * part + left;
        return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private VoiceDecoder decoderFor(VoicePacket packet) {
        if (decoder == null || decoder.codec() != packet.codec) {
            close();
            decoder = new VoiceDecoder(packet.codec, opus, rate);
            frame = 0;
        }
        return decoder;
    }

    private long position(long nanos) {
        return Math.floorDiv((nanos - originNanos) * rate, 1_000_000_000L);
    }

    private int samples(int millis) {
        return rate / 1_000 * millis;
    }

    /** Packets that never came or came too late, or whose codec we do not have. */
    long lost() {
        return missing + late + undecodable + broken + brokenNow();
    }

    private long brokenNow() {
        return decoder == null ? 0 : decoder.brokenPayloads();
    }

    @Override
    public void close() {
        if (decoder != null) {
            broken += decoder.brokenPayloads();
            decoder.close();
            decoder = null;
            Arrays.fill(stretched, (short) 0);
        }
    }
}
