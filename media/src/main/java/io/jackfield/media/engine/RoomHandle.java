package io.jackfield.media.engine;

import io.jackfield.media.MediaLeg;
import io.jackfield.media.MediaRoom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Brings what is asked of a room to the loop. Thread-safety: any thread. */
final class RoomHandle implements MediaRoom {
    private static final double GAIN_MIN = -60;
    private static final double GAIN_MAX = 40;

    private final RunningRoom room;
    private final Consumer<LongConsumer> loop;
    private final Function<MediaLeg, RunningLeg> running;

    /**
     * @param loop runs commands
     * @param running finds the leg behind a handle
     */
    RoomHandle(
            RunningRoom room, Consumer<LongConsumer> loop, Function<MediaLeg, RunningLeg> running) {
        this.room = room;
        this.loop = loop;
        this.running = running;
    }

    @Override
    public void join(MediaLeg leg, Role role, double gainDecibels) {
        boolean mute = gainDecibels == Double.NEGATIVE_INFINITY;
        if (!mute && !(gainDecibels >= GAIN_MIN && gainDecibels <= GAIN_MAX)) {
            throw new IllegalArgumentException("a gain of " + gainDecibels + " dB");
        }
        RunningLeg joining = running.apply(leg);
        switch (role) {
            case Role.Participant() ->
                    loop.accept(nowNanos ->
                            room.join(
                                    joining,
                                    Optional.empty(),
                                    Optional.empty(),
                                    gainDecibels,
                                    nowNanos));
            case Role.Supervisor(var mode, var agent) -> {
                Optional<RunningLeg> supervised = Optional.of(running.apply(agent));
                loop.accept(nowNanos ->
                        room.join(joining, Optional.of(mode), supervised, gainDecibels, nowNanos));
            }
        }
    }

    @Override
    public void leave(MediaLeg leg) {
        RunningLeg leaving = running.apply(leg);
        loop.accept(_ -> room.leave(leaving));
    }

    @Override
    public void close() {
        loop.accept(_ -> room.close());
    }
}
