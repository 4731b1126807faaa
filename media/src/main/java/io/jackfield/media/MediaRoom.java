package io.jackfield.media;

import io.jackfield.media.audio.Supervision;

/**
 * Legs that hear each other, each all but itself: a conference, or a call with a supervisor in it.
 * Sound is mixed at 16 kHz, whatever codecs the legs have. Keys are told of, and passed on to
 * nobody.
 *
 * <p>A leg is in one room or bridge at a time: to join is to leave the other, and {@link
 * MediaEngine#bridge}, {@link MediaEngine#echo} and {@link MediaEngine#park} take it out.
 *
 * <p>Thread-safety: any thread; nothing blocks.
 */
public interface MediaRoom extends AutoCloseable {
    /** The most legs in a room; who comes after that hears nothing, and nobody hears him. */
    int LEGS_MAX = 64;

    /** Who hears a leg. It hears everybody, but for supervisors who speak to some only. */
    sealed interface Role {
        /** Everybody. */
        record Participant() implements Role {}

        /**
         * Nobody, one agent or everybody, as the mode says; for those who come later as well.
         *
         * @param agent in this room already, else nobody hears a whisper
         */
        record Supervisor(Supervision mode, MediaLeg agent) implements Role {}
    }

    /**
     * Takes a leg in, or gives one that is in another role.
     *
     * @param gainDecibels how much louder the others hear it: -60 to 40, or minus infinity (mute)
     */
    void join(MediaLeg leg, Role role, double gainDecibels);

    /** The leg hears nobody, and nobody hears it. Nothing where it is not in this room. */
    void leave(MediaLeg leg);

    /** All leave; a second time does nothing. */
    @Override
    void close();
}
