package io.jackfield.media.audio;

import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * One stream through a bad network into a jitter buffer, in virtual time.
 *
 * <p>The sender's clock may run too fast or slow; the taker's beat is not the sender's.
 */
final class JitterSimulation {
    private record Sent(int sequence, int timestamp, ByteBuffer payload) {}

    private static final long MILLI = 1_000_000L;

    /** Between a packet and the next step of the taker. */
    private static final long PHASE_NANOS = 7 * MILLI;

    private final JitterBuffer buffer;
    private final IntFunction<ByteBuffer> payloads;
    private final SimulatedNetwork<Sent> network;
    private final int rate;
    private final int frameMillis;
    private final int stepMillis;
    private final long frameNanos;
    private final int startSequence;
    private final int startTimestamp;
    private int sent;
    private long now;
    private long nextSendNanos;
    private long nextTakeNanos = PHASE_NANOS;
    private long steps;
    private double delaySum;
    private long delaySteps;

    /**
     * @param driftPpm how much longer the sender takes for its frames than it says
     */
    JitterSimulation(
            JitterBuffer buffer,
            int rate,
            int frameMillis,
            int stepMillis,
            double driftPpm,
            NetworkConditions conditions,
            Seed seed,
            IntFunction<ByteBuffer> payloads) {
        this.buffer = buffer;
        this.rate = rate;
        this.frameMillis = frameMillis;
        this.stepMillis = stepMillis;
        this.frameNanos = Math.round(frameMillis * MILLI * (1 + driftPpm * 1e-6));
        this.network = new SimulatedNetwork<>(conditions, seed);
        this.payloads = payloads;
        this.startSequence = 65_000;
        this.startTimestamp = -100_000;
    }

    void become(NetworkConditions conditions) {
        network.become(conditions);
    }

    /** The sender says nothing for so long; its timestamps go on. */
    void pauseSending(Duration duration) {
        pausedFrames += duration.toNanos() / frameNanos;
        nextSendNanos += duration.toNanos() / frameNanos * frameNanos;
    }

    private long pausedFrames;

    /** Goes on for so long; all that was heard. */
    short[] run(Duration duration, int clockRate) {
        int step = rate * stepMillis / 1_000;
        int count = (int) (duration.toMillis() / stepMillis);
        short[] heard = new short[count * step];
        for (int i = 0; i < count; i++) {
            sendUntil(nextTakeNanos, clockRate);
            now = nextTakeNanos;
            buffer.take(heard, i * step, step, now);
            nextTakeNanos += stepMillis * MILLI;
            steps++;
            long delay = buffer.delayNanos(nextTakeNanos);
            if (delay != 0) {
                delaySum += delay;
                delaySteps++;
            }
        }
        return heard;
    }

    private void sendUntil(long until, int clockRate) {
        while (nextSendNanos <= until) {
            int units = clockRate * frameMillis / 1_000;
            int timestamp = startTimestamp + (int) ((sent + pausedFrames) * units);
            network.send(
                    nextSendNanos,
                    new Sent(startSequence + sent & 0xFFFF, timestamp, payloads.apply(sent)));
            sent++;
            nextSendNanos += frameNanos;
        }
        while (network.deadlineNanos().orElse(Long.MAX_VALUE) <= until) {
            long arrives = network.deadlineNanos().orElseThrow();
            for (Sent one : network.poll(arrives)) {
                buffer.put(one.sequence(), one.timestamp(), one.payload(), arrives);
            }
        }
    }

    /** When that packet was sent, without drift of pauses. */
    long sentNanos(int number) {
        return number * frameNanos;
    }

    long takenNanos(long step) {
        return PHASE_NANOS + step * stepMillis * MILLI;
    }

    int sent() {
        return sent;
    }

    long lost() {
        return network.lost();
    }

    /** Of what was played, above the path's least delay, in milliseconds. */
    double meanDelayMillis() {
        return delaySum / delaySteps / MILLI;
    }

    /** Delay while it pauses does not count. */
    double playingShare() {
        return (double) delaySteps / steps;
    }
}
