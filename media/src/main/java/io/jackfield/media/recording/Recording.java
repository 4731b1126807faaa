package io.jackfield.media.recording;

import io.jackfield.media.codec.Opus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One recording that goes on.
 *
 * <p>Thread-safety: {@link #pause}, {@link #resume}, {@link #stop} and the channels may be used
 * from any thread; the rest is the writer's.
 */
public final class Recording {
    /** How far behind the present the file is written: tracks have settled what lies before. */
    private static final long SETTLED_NANOS = 2 * VoiceTrack.HOLD_NANOS;

    private static final long STEP_NANOS = 100_000_000L;
    private static final int CHECKPOINT_SECONDS = 5;

    private enum Command {
        PAUSE,
        RESUME,
        STOP
    }

    private record Ordered(Command command, long atNanos) {}

    private final RecordingOrder order;
    private final Path file;
    private final long originNanos;
    private final Opening opening;
    private final RecordingChannel agent = new RecordingChannel();
    private final RecordingChannel customer = new RecordingChannel();
    private final SoundBuffer buffer;
    private final VoiceTrack left;
    private final VoiceTrack right;
    private final PauseMarks pauses;
    private final ArrayDeque<Ordered> orders = new ArrayDeque<>();
    private long workedNanos;
    private long checkpoint;
    private long stopNanos = Long.MAX_VALUE;
    private @Nullable SoundFile sound;

    /** Makes the file; on the writer's thread, for a disk may be slow. */
    @FunctionalInterface
    interface Opening {
        SoundFile open() throws IOException;
    }

    /**
     * @param file where it will be when it is ready
     */
    Recording(RecordingOrder order, Path file, Opening opening, Opus opus, long nowNanos) {
        this.order = order;
        this.file = file;
        this.opening = opening;
        originNanos = nowNanos;
        workedNanos = nowNanos;
        buffer = new SoundBuffer(order.rate());
        left = new VoiceTrack(0, order.rate(), nowNanos, opus, buffer);
        right = new VoiceTrack(1, order.rate(), nowNanos, opus, buffer);
        pauses = new PauseMarks(order.rate(), order.mark() == RecordingOrder.PauseMark.TONE);
    }

    public String id() {
        return order.id();
    }

    /** The left channel. */
    public RecordingChannel agent() {
        return agent;
    }

    /** The right channel. */
    public RecordingChannel customer() {
        return customer;
    }

    /** From now on nothing is kept of what is said, until {@link #resume}. */
    public void pause(long nowNanos) {
        listen(false);
        order(Command.PAUSE, nowNanos);
    }

    public void resume(long nowNanos) {
        order(Command.RESUME, nowNanos);
        listen(true);
    }

    /** No more; the file is ready soon. */
    public void stop(long nowNanos) {
        order(Command.STOP, nowNanos);
    }

    private void listen(boolean on) {
        agent.listen(on);
        customer.listen(on);
    }

    private void order(Command command, long nowNanos) {
        synchronized (orders) {
            orders.add(new Ordered(command, nowNanos));
        }
    }

    // ---- the writer's

    Path file() {
        return file;
    }

    /** Writes what is due; true once the recording is at its end. */
    boolean work(long nowNanos) throws IOException {
        SoundFile _ = sound();
        obey();
        boolean over = stopNanos <= nowNanos;
        drain(agent, left);
        drain(customer, right);
        long until = over ? stopNanos : nowNanos;
        while (until - workedNanos > 0) {
            workedNanos += Math.min(STEP_NANOS, until - workedNanos);
            left.advance(workedNanos);
            right.advance(workedNanos);
            flush(workedNanos - SETTLED_NANOS);
        }
        if (over) {
            left.finish();
            right.finish();
            flush(stopNanos);
        }
        return over;
    }

    private void obey() {
        synchronized (orders) {
            for (Ordered next = orders.poll(); next != null; next = orders.poll()) {
                switch (next.command()) {
                    case PAUSE -> pauses.begin(position(next.atNanos()));
                    case RESUME -> pauses.end(position(next.atNanos()));
                    case STOP -> stopNanos = Math.min(stopNanos, next.atNanos());
                }
            }
        }
    }

    private static void drain(RecordingChannel channel, VoiceTrack track) {
        VoicePacket packet = track.blank();
        while (channel.ring().poll(packet)) {
            track.take(packet);
            packet = track.blank();
        }
        track.release(packet);
    }

    private void flush(long nanos) throws IOException {
        buffer.flush(position(nanos), this::write);
        long seconds = buffer.flushed() / order.rate();
        if (seconds >= checkpoint + CHECKPOINT_SECONDS) {
            checkpoint = seconds;
            sound().checkpoint();
        }
    }

    private void write(short[] interleaved, int offset, int frames, long position)
            throws IOException {
        pauses.apply(interleaved, offset, frames, position);
        sound().write(interleaved, offset, frames);
        if (sound().full()) {
            stopNanos = Math.min(stopNanos, workedNanos);
        }
    }

    private SoundFile sound() throws IOException {
        SoundFile open = sound;
        if (open == null) {
            open = opening.open();
            sound = open;
        }
        return open;
    }

    private long position(long nanos) {
        return Math.max(0, Math.floorDiv((nanos - originNanos) * order.rate(), 1_000_000_000L));
    }

    RecordingEvent.Ready finish() throws IOException {
        sound().finish();
        return new RecordingEvent.Ready(
                id(), file, length(), bytes(), left.lost() + right.lost(), dropped());
    }

    /** Whether there is a file. */
    boolean opened() {
        return sound != null;
    }

    void abandon() throws IOException {
        if (sound != null) {
            sound.abandon();
        }
    }

    /** Frees what lies outside the heap. */
    void release() {
        listen(false);
        left.close();
        right.close();
    }

    private Duration length() {
        return Duration.ofMillis(buffer.flushed() * 1_000 / order.rate());
    }

    /** Packets that came, but found no room. Any thread. */
    long dropped() {
        return agent.dropped() + customer.dropped();
    }

    /** The fuller of the rings, 0 to 1. Any thread. */
    double fill() {
        int most = Math.max(agent.ring().fill(), customer.ring().fill());
        return (double) most / PacketRing.BYTES;
    }

    private long bytes() {
        return sound == null ? 0 : sound.bytes();
    }
}
