package io.jackfield.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.media.codec.Allocations;
import io.jackfield.media.codec.Signals;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The mixer")
class MixerTest {
    private static final int RATE = Mixer.SAMPLE_RATE;
    private static final int FRAME = RATE / 50;
    private static final int STEPS = 50;

    private final Mixer mixer = new Mixer(RATE, FRAME);

    /** A second in which everyone says a sound of his own; what each of them hears. */
    private short[][] mix(short[][] sounds) {
        short[][] heard = new short[sounds.length][STEPS * FRAME];
        for (int step = 0; step < STEPS; step++) {
            mixer.begin();
            for (int place = 0; place < sounds.length; place++) {
                mixer.say(place, sounds[place], step * FRAME);
            }
            for (int place = 0; place < sounds.length; place++) {
                mixer.hear(place, heard[place], step * FRAME);
            }
        }
        return heard;
    }

    private void join(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(mixer.join()).hasValue(i);
        }
    }

    /** Each of its own frequency: whole numbers of turns in a second. */
    private static double hertz(int place) {
        return 300 + 150 * place;
    }

    private static short[][] tones(int count, double peak) {
        short[][] tones = new short[count][];
        for (int place = 0; place < count; place++) {
            tones[place] = Signals.sine(RATE, hertz(place), peak, STEPS * FRAME);
        }
        return tones;
    }

    private static double tone(short[] heard, int speaker) {
        return Signals.strength(heard, 0, heard.length, RATE, hertz(speaker));
    }

    @Nested
    @DisplayName("of a conference")
    class Conference {
        @Test
        @DisplayName("gives each of ten all others at their level, and nothing of himself")
        void noEchoOfOneself() {
            join(10);
            short[][] heard = mix(tones(10, 0.08));
            for (int listener = 0; listener < 10; listener++) {
                for (int speaker = 0; speaker < 10; speaker++) {
                    double level = tone(heard[listener], speaker);
                    if (speaker == listener) {
                        assertThat(Signals.decibels(level)).isLessThan(-90);
                    } else {
                        assertThat(Signals.decibels(level / 0.08)).isBetween(-0.1, 0.1);
                    }
                }
            }
        }

        @Test
        @DisplayName("sums to the bit what is below the limiter")
        void exact() {
            join(7);
            short[][] sounds = new short[7][];
            for (int place = 0; place < 7; place++) {
                sounds[place] = Signals.noise(STEPS * FRAME, 800, place + 1);
            }
            short[][] heard = mix(sounds);
            for (int listener = 0; listener < 7; listener++) {
                for (int i = 0; i < STEPS * FRAME; i++) {
                    int sum = 0;
                    for (int speaker = 0; speaker < 7; speaker++) {
                        sum += speaker == listener ? 0 : sounds[speaker][i];
                    }
                    assertThat(heard[listener][i]).isEqualTo((short) sum);
                }
            }
        }

        @Test
        @DisplayName(
                "turns down what is too loud, and what one says oneself changes no sample of it")
        void tooLoud() {
            join(10);
            short[][] tones = tones(10, 0.9);
            short[][] heard = mix(tones);
            for (int listener = 0; listener < 10; listener++) {
                for (short sample : heard[listener]) {
                    assertThat(Math.abs(sample)).isLessThanOrEqualTo(Limiter.CEILING);
                }
            }
            for (int place = 0; place < 10; place++) {
                mixer.leave(place);
            }
            join(10);
            tones[4] = Signals.noise(STEPS * FRAME, 10_000, 4);
            assertThat(mix(tones)[4]).isEqualTo(heard[4]);
        }

        @Test
        @DisplayName("of one is silence, and whoever has no frame is silent, not heard again")
        void silence() {
            join(2);
            short[] loud = Signals.sine(RATE, 400, 0.5, FRAME);
            short[] heard = new short[FRAME];
            mixer.begin();
            mixer.say(0, loud, 0);
            mixer.hear(0, heard, 0);
            assertThat(heard).containsOnly(0);
            mixer.hear(1, heard, 0);
            assertThat(heard).isEqualTo(loud);
            mixer.begin();
            mixer.hear(1, heard, 0);
            assertThat(heard).containsOnly(0);
        }

        @Test
        @DisplayName("counts what is said after somebody has heard, in the same step")
        void saidLater() {
            join(4);
            short[] said = Signals.noise(FRAME, 500, 9);
            short[] heard = new short[FRAME];
            mixer.begin();
            mixer.say(1, said, 0);
            mixer.say(2, said, 0);
            mixer.hear(0, heard, 0);
            mixer.say(3, said, 0);
            mixer.hear(0, heard, 0);
            for (int i = 0; i < FRAME; i++) {
                assertThat(heard[i]).isEqualTo((short) (3 * said[i]));
            }
        }

        @Test
        @DisplayName("has a gain for each, which the others hear")
        void gain() {
            join(3);
            mixer.gain(0, -6);
            mixer.gain(1, Double.NEGATIVE_INFINITY);
            short[][] tones = tones(3, 0.2);
            mix(tones);
            short[][] heard = mix(tones);
            assertThat(Signals.decibels(tone(heard[2], 0) / 0.2)).isBetween(-6.1, -5.9);
            assertThat(Signals.decibels(tone(heard[2], 1))).isLessThan(-90);
            assertThat(Signals.decibels(tone(heard[0], 2) / 0.2)).isBetween(-0.1, 0.1);
        }

        @Test
        @DisplayName("has 64 places, and gives them out again")
        void places() {
            join(64);
            assertThat(mixer.join()).isEmpty();
            mixer.leave(17);
            assertThatThrownBy(() -> mixer.say(17, new short[FRAME], 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(mixer.join()).hasValue(17);
            assertThat(mixer.join()).isEmpty();
            assertThatThrownBy(() -> mixer.hear(64, new short[FRAME], 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> mixer.gain(-1, 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("forgets who leaves, in the middle of a step as well")
        void leaves() {
            join(3);
            short[] loud = Signals.sine(RATE, 400, 0.1, FRAME);
            short[] heard = new short[FRAME];
            mixer.begin();
            mixer.say(0, loud, 0);
            mixer.say(2, loud, 0);
            mixer.hear(1, heard, 0);
            mixer.leave(0);
            mixer.hear(1, heard, 0);
            assertThat(heard).isEqualTo(loud);
            // Whoever takes his place has neither his gain nor his ears.
            mixer.hears(1, 2, false);
            mixer.leave(1);
            assertThat(mixer.join()).hasValue(0);
            assertThat(mixer.join()).hasValue(1);
            mixer.hear(1, heard, 0);
            assertThat(heard).isEqualTo(loud);
        }
    }

    @Nested
    @DisplayName("with a supervisor")
    class Supervised {
        private static final int AGENT = 0;
        private static final int CUSTOMER = 1;
        private static final int SUPERVISOR = 2;

        @ParameterizedTest
        @EnumSource(Supervision.class)
        @DisplayName("lets him hear both, and be heard by nobody, the agent alone, or both")
        void modes(Supervision mode) {
            join(3);
            mixer.supervise(SUPERVISOR, AGENT, mode);
            short[][] heard = mix(tones(3, 0.2));
            assertHears(heard, SUPERVISOR, AGENT, true);
            assertHears(heard, SUPERVISOR, CUSTOMER, true);
            assertHears(heard, AGENT, CUSTOMER, true);
            assertHears(heard, CUSTOMER, AGENT, true);
            assertHears(heard, AGENT, SUPERVISOR, mode != Supervision.LISTEN);
            assertHears(heard, CUSTOMER, SUPERVISOR, mode == Supervision.BARGE);
            for (int place = 0; place < 3; place++) {
                assertHears(heard, place, place, false);
            }
        }

        private static void assertHears(short[][] heard, int listener, int speaker, boolean hears) {
            double level = Signals.decibels(tone(heard[listener], speaker) / 0.2);
            if (hears) {
                assertThat(level).as("%d hears %d", listener, speaker).isBetween(-0.1, 0.1);
            } else {
                assertThat(level).as("%d hears %d", listener, speaker).isLessThan(-76);
            }
        }

        @Test
        @DisplayName("keeps a whisper from whoever comes later, also in the place of one who left")
        void newcomers() {
            join(3);
            mixer.supervise(SUPERVISOR, AGENT, Supervision.WHISPER);
            join3();
            short[][] heard = mix(tones(4, 0.2));
            assertHears(heard, 3, SUPERVISOR, false);
            assertHears(heard, 3, AGENT, true);
            assertHears(heard, SUPERVISOR, 3, true);
            mixer.leave(AGENT);
            assertThat(mixer.join()).hasValue(AGENT);
            heard = mix(tones(4, 0.2));
            assertHears(heard, AGENT, SUPERVISOR, false);
            // Until the supervisor leaves: whoever sits there then is anybody.
            mixer.leave(SUPERVISOR);
            assertThat(mixer.join()).hasValue(SUPERVISOR);
            heard = mix(tones(4, 0.2));
            assertHears(heard, AGENT, SUPERVISOR, true);
            assertHears(heard, 3, SUPERVISOR, true);
            mixer.leave(3);
            join3();
            assertHears(mix(tones(4, 0.2)), 3, SUPERVISOR, true);
        }

        private void join3() {
            assertThat(mixer.join()).hasValue(3);
        }

        @Test
        @DisplayName("may change how he is heard at any time")
        void changes() {
            join(3);
            short[][] tones = tones(3, 0.2);
            mixer.supervise(SUPERVISOR, AGENT, Supervision.BARGE);
            assertHears(mix(tones), CUSTOMER, SUPERVISOR, true);
            mixer.supervise(SUPERVISOR, AGENT, Supervision.WHISPER);
            assertHears(mix(tones), CUSTOMER, SUPERVISOR, false);
            mixer.supervise(SUPERVISOR, AGENT, Supervision.LISTEN);
            assertHears(mix(tones), AGENT, SUPERVISOR, false);
        }
    }

    @Test
    @DisplayName("follows any matrix of who hears whom, as plain sums do")
    void anyMatrix() {
        Random random = new Random(64);
        int count = 12;
        join(count);
        boolean[][] hears = new boolean[count][count];
        short[][] said = new short[count][];
        short[] heard = new short[FRAME];
        for (int round = 0; round < 200; round++) {
            mixer.begin();
            for (int place = 0; place < count; place++) {
                said[place] = new short[FRAME];
                if (random.nextInt(3) > 0) {
                    said[place] = Signals.noise(FRAME, 500, random.nextLong());
                    mixer.say(place, said[place], 0);
                }
                for (int other = 0; other < count; other++) {
                    hears[place][other] = random.nextInt(round % 5 + 1) == 0;
                    mixer.hears(place, other, hears[place][other]);
                }
            }
            for (int listener = 0; listener < count; listener++) {
                mixer.hear(listener, heard, 0);
                for (int i = 0; i < FRAME; i++) {
                    int sum = 0;
                    for (int speaker = 0; speaker < count; speaker++) {
                        boolean counts = hears[listener][speaker] && speaker != listener;
                        sum += counts ? said[speaker][i] : 0;
                    }
                    assertThat((int) heard[i]).isEqualTo(sum);
                }
            }
        }
    }

    @Test
    @DisplayName("allocates nothing per step")
    void allocatesNothing() {
        join(10);
        short[][] tones = tones(10, 0.5);
        mix(tones);
        short[] heard = new short[FRAME];
        long before = Allocations.bytes();
        for (int step = 0; step < 200; step++) {
            mixer.begin();
            for (int place = 0; place < 10; place++) {
                mixer.say(place, tones[place], 0);
            }
            for (int place = 0; place < 10; place++) {
                mixer.hear(place, heard, 0);
            }
        }
        assertThat((Allocations.bytes() - before) / 200).isLessThan(16);
    }

    @Test
    @DisplayName("refuses steps that are no frame")
    void steps() {
        assertThatThrownBy(() -> new Mixer(RATE, 159)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mixer(RATE, 961)).isInstanceOf(IllegalArgumentException.class);
    }
}
