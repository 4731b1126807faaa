package io.jackfield.media.engine;

import io.jackfield.media.audio.Supervision;
import io.jackfield.media.bridge.Room;
import io.jackfield.media.bridge.Seat;
import io.jackfield.media.socket.LoopTimer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A room on the media loop, and its clock. Thread: the media loop's. */
final class RunningRoom {
    /** After a stall as long as this the rest is mixed later, not in a burst. */
    private static final long STALL_NANOS = 100_000_000L;

    private final Room room;
    private final LoopTimer timer;
    private final Map<RunningLeg, Seat> seats = new LinkedHashMap<>();
    private final Set<RunningLeg> supervisors = new HashSet<>();
    private long dueNanos;
    private boolean closed;

    RunningRoom(Engine engine) {
        this.room = new Room(engine.codecs());
        this.timer = engine.loop().timer(this::onTimer);
    }

    /**
     * Takes a leg in, or changes what it is here.
     *
     * @param supervised with a mode: whom it speaks to; empty for one that everybody hears
     */
    void join(
            RunningLeg leg,
            Optional<Supervision> mode,
            Optional<RunningLeg> supervised,
            double gainDecibels,
            long nowNanos) {
        if (closed || leg.isClosed()) {
            return;
        }
        Optional<Seat> seat = Optional.ofNullable(seats.get(leg)).or(() -> enter(leg, nowNanos));
        seat.ifPresent(taken -> {
            room.gain(taken, gainDecibels);
            if (mode.isPresent()) {
                supervisors.add(leg);
                supervise(taken, supervised, mode.get());
            } else if (supervisors.remove(leg)) {
                supervise(taken, Optional.empty(), Supervision.BARGE);
            }
        });
    }

    /** Of a whisper whose agent is not here nobody hears anything: the supervisor is his own. */
    private void supervise(Seat supervisor, Optional<RunningLeg> supervised, Supervision mode) {
        Seat agent = supervised.map(seats::get).orElse(supervisor);
        room.supervise(supervisor, agent, mode);
    }

    private Optional<Seat> enter(RunningLeg leg, long nowNanos) {
        Optional<Seat> seat = room.join();
        seat.ifPresent(taken -> {
            seats.put(leg, taken);
            leg.sit(this, taken);
            if (seats.size() == 1) {
                dueNanos = nowNanos + Room.STEP_NANOS;
                timer.at(dueNanos);
            }
        });
        return seat;
    }

    /** Nothing where the leg is not here. */
    void leave(RunningLeg leg) {
        supervisors.remove(leg);
        Seat seat = seats.remove(leg);
        if (seat != null) {
            leg.stand();
            room.leave(seat);
        }
        if (seats.isEmpty()) {
            timer.cancel();
        }
    }

    void close() {
        closed = true;
        List.copyOf(seats.keySet()).forEach(this::leave);
    }

    private void onTimer(long nowNanos) {
        room.mix(nowNanos);
        dueNanos += Room.STEP_NANOS;
        if (nowNanos - dueNanos > STALL_NANOS) {
            dueNanos = nowNanos;
        }
        timer.at(dueNanos);
        for (RunningLeg leg : seats.keySet()) {
            leg.countGenerated();
        }
    }
}
