package io.jackfield.media.bridge;

import io.jackfield.media.audio.Mixer;
import io.jackfield.media.audio.Supervision;
import io.jackfield.media.codec.SpeechCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Several legs that hear each other, mixed at 16 kHz, each without itself.
 *
 * <p>The driver says {@link #mix} every 20 ms: all seats' sound is taken, mixed and sent in the
 * same moment, so that a room adds no delay of its own. Thread: the media loop's; a step allocates
 * nothing.
 */
public final class Room {
    /** What a step takes. */
    public static final long STEP_NANOS = 20_000_000L;

    private static final int FRAME_SAMPLES = Mixer.SAMPLE_RATE / 50;

    private final SpeechCodecs codecs;
    private final Mixer mixer = new Mixer(Mixer.SAMPLE_RATE, FRAME_SAMPLES);
    private final List<Seat> seats = new ArrayList<>();

    public Room(SpeechCodecs codecs) {
        this.codecs = codecs;
    }

    /** Takes a seat, heard by all and hearing all; empty where none is left. */
    public Optional<Seat> join() {
        OptionalInt place = mixer.join();
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Seat seat = new Seat(place.getAsInt(), FRAME_SAMPLES, codecs);
        seats.add(seat);
        return Optional.of(seat);
    }

    /** Gives it back; nothing where it is none of this room. */
    public void leave(Seat seat) {
        if (seats.remove(seat)) {
            mixer.leave(seat.place());
            seat.close();
        }
    }

    public boolean isEmpty() {
        return seats.isEmpty();
    }

    /**
     * @param decibels minus infinity to {@link io.jackfield.media.audio.Gain#DECIBELS_MAX}
     */
    public void gain(Seat seat, double decibels) {
        mixer.gain(seat.place(), decibels);
    }

    /** Makes a seat a supervisor's. */
    public void supervise(Seat supervisor, Seat agent, Supervision mode) {
        mixer.supervise(supervisor.place(), agent.place(), mode);
    }

    /** One step of 20 ms. */
    public void mix(long nowNanos) {
        mixer.begin();
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            if (seat.takeSaid(nowNanos)) {
                mixer.say(seat.place(), seat.frame(), 0);
            }
        }
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            mixer.hear(seat.place(), seat.frame(), 0);
            seat.sendHeard(nowNanos);
        }
    }
}
