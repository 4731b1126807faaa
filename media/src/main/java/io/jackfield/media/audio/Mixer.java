package io.jackfield.media.audio;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Mixes what several participants say, for each of them what the others say: a conference, or a
 * call with a supervisor in it.
 *
 * <p>In each step the driver says {@link #begin}, {@link #say} for everyone who has a frame, and
 * {@link #hear} for everyone. All frames are of the same rate and length. Sums are whole numbers of
 * 32 bits; only where they pass 16 bits does a {@link Limiter} of the listener's own turn them
 * down, so what is quiet enough is summed to the bit.
 *
 * <p>Thread: one at a time; a step allocates nothing.
 */
public final class Mixer {
    /** More people than anybody follows; and a set of them fits in a word. */
    public static final int PARTICIPANTS_MAX = HearingMatrix.PARTICIPANTS_MAX;

    /** What conferences are mixed at: speech has little beyond 8 kHz. */
    public static final int SAMPLE_RATE = 16_000;

    /** One place at the table. */
    private static final class Participant {
        final short[] said;
        final Gain gain;
        final Limiter limiter;

        Participant(int sampleRate, int frameSamples) {
            said = new short[frameSamples];
            gain = new Gain(sampleRate);
            limiter = new Limiter(sampleRate);
        }
    }

    private final int sampleRate;
    private final int frameSamples;
    private final HearingMatrix matrix = new HearingMatrix();
    private final Participant[] participants = new Participant[PARTICIPANTS_MAX];
    private final int[] everybody;
    private final int[] sum;

    /** A bit for each who has said something in this step. */
    private long speaking;

    private boolean summed;

    /**
     * @param frameSamples of each step: 160 to 960
     */
    public Mixer(int sampleRate, int frameSamples) {
        if (frameSamples < 160 || frameSamples > 960) {
            throw new IllegalArgumentException("a step of " + frameSamples + " samples");
        }
        this.sampleRate = sampleRate;
        this.frameSamples = frameSamples;
        this.everybody = new int[frameSamples];
        this.sum = new int[frameSamples];
    }

    /**
     * Takes a place. The newcomer hears everybody, but for supervisors who speak to some only, and
     * is heard by all.
     *
     * @return the place, until {@link #leave}; empty when all are taken
     */
    public OptionalInt join() {
        int place = matrix.join();
        if (place < 0) {
            return OptionalInt.empty();
        }
        participants[place] = new Participant(sampleRate, frameSamples);
        return OptionalInt.of(place);
    }

    /** Gives a place back; what he said in this step is gone. */
    public void leave(int place) {
        check(place);
        matrix.leave(place);
        speaking &= ~(1L << place);
        summed = false;
    }

    /**
     * How loud a participant is for all others, over 10 ms.
     *
     * @param decibels minus infinity (mute) to {@link Gain#DECIBELS_MAX}; 0 at first
     */
    public void gain(int place, double decibels) {
        check(place);
        participants[place].gain.set(decibels);
    }

    /** Whether one hears the other, from now on. Nobody hears himself, whatever is said here. */
    public void hears(int listener, int speaker, boolean hears) {
        check(listener);
        check(speaker);
        matrix.set(listener, speaker, hears);
    }

    /**
     * Makes a participant a supervisor: he hears everybody, and who hears him is as the mode says,
     * for those who come later as well.
     *
     * @param agent who hears a whisper
     */
    public void supervise(int supervisor, int agent, Supervision mode) {
        check(supervisor);
        check(agent);
        matrix.supervise(supervisor, agent, mode);
    }

    private void check(int place) {
        if (!matrix.isPresent(place)) {
            throw new IllegalArgumentException("nobody at place " + place);
        }
    }

    /** Begins a step: nobody has said anything. */
    public void begin() {
        speaking = 0;
        summed = false;
    }

    /**
     * A participant's frame of this step; without one he is silent. A second replaces the first.
     */
    public void say(int place, short[] pcm, int offset) {
        check(place);
        Participant participant = participants[place];
        System.arraycopy(pcm, offset, participant.said, 0, frameSamples);
        participant.gain.apply(participant.said, 0, frameSamples);
        speaking |= 1L << place;
        summed = false;
    }

    /** What a participant hears in this step, after all have said theirs. */
    public void hear(int place, short[] pcm, int offset) {
        check(place);
        Objects.checkFromIndexSize(offset, frameSamples, pcm.length);
        long heard = speaking & matrix.heardBy(place);
        long unheard = speaking & ~heard;
        if (Long.bitCount(heard) <= Long.bitCount(unheard)) {
            Arrays.fill(sum, 0);
            addAll(sum, heard);
        } else {
            sumEverybody();
            System.arraycopy(everybody, 0, sum, 0, frameSamples);
            subtractAll(sum, unheard);
        }
        participants[place].limiter.limit(sum, 0, frameSamples, pcm, offset);
    }

    /** Once a step: most hear all but themselves. */
    private void sumEverybody() {
        if (!summed) {
            Arrays.fill(everybody, 0);
            addAll(everybody, speaking);
            summed = true;
        }
    }

    private void addAll(int[] into, long places) {
        for (long left = places; left != 0; left &= left - 1) {
            short[] said = participants[Long.numberOfTrailingZeros(left)].said;
            for (int i = 0; i < into.length; i++) {
                into[i] += said[i];
            }
        }
    }

    private void subtractAll(int[] from, long places) {
        for (long left = places; left != 0; left &= left - 1) {
            short[] said = participants[Long.numberOfTrailingZeros(left)].said;
            for (int i = 0; i < from.length; i++) {
                from[i] -= said[i];
            }
        }
    }
}
