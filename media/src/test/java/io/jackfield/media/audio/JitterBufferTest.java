package io.jackfield.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.media.codec.Allocations;
import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.G711Decoder;
import io.jackfield.media.codec.G722Decoder;
import io.jackfield.media.codec.G722Encoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.codec.OpusEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.codec.Signals;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The jitter buffer")
class JitterBufferTest {
    private static final long MILLI = 1_000_000L;
    private static final int RATE = 8_000;

    private static final NetworkConditions PATH =
            NetworkConditions.PERFECT.withDelay(Duration.ofMillis(30));

    private static JitterBuffer g711() {
        return new JitterBuffer(new G711Decoder(G711.Law.ULAW), JitterLimits.USUAL, 1);
    }

    /** Frames of 20 ms, over and over. */
    private static IntFunction<ByteBuffer> frames(short[] sound) {
        List<ByteBuffer> frames = new ArrayList<>();
        for (int at = 0; at + 160 <= sound.length; at += 160) {
            ByteBuffer frame = ByteBuffer.allocate(160);
            for (int i = 0; i < 160; i++) {
                frame.put(G711.toUlaw(sound[at + i]));
            }
            frames.add(frame.flip());
        }
        return number -> frames.get(number % frames.size());
    }

    @Nested
    @DisplayName("on a bad network")
    class BadNetwork {
        private static final Duration RUN = Duration.ofMinutes(1);
        private static final int JITTERS = 5;

        private final IntFunction<ByteBuffer> voice = frames(Signals.voice(RATE, 20 * RATE, 1));

        @ParameterizedTest(name = "jitter {0} ms, loss {1}, drift {2} ppm")
        @CsvSource({
            "0, 0, -200",
            "0, 0, 0",
            "0, 0, 200",
            "0, 0.1, 0",
            "5, 0, 0",
            "5, 0.02, 200",
            "20, 0, 0",
            "20, 0.02, -200",
            "20, 0.1, 200",
            "50, 0, 0",
            "50, 0.02, 200",
            "50, 0.1, -200",
            "100, 0, 0",
            "100, 0.02, -200",
            "100, 0.1, 200",
        })
        @DisplayName(
                "waits no longer than jitter and beat need, and loses next to nothing to lateness")
        void jitterLossAndDrift(int jitterMillis, double loss, int driftPpm) {
            String name = jitterMillis + " ms, " + loss + ", " + driftPpm + " ppm";
            Seed seed = Seed.printed("jitter buffer: " + name);
            JitterBuffer buffer = g711();
            NetworkConditions conditions =
                    PATH.withJitter(Duration.ofMillis(jitterMillis)).withLoss(loss);
            JitterSimulation simulation =
                    new JitterSimulation(buffer, RATE, 20, 20, driftPpm, conditions, seed, voice);
            simulation.run(RUN, RATE);

            JitterStatistics counts = buffer.statistics();
            long arrived = counts.accepted() + counts.late();
            double late = (double) counts.late() / arrived;
            double concealed = (double) counts.concealedSamples() / counts.takenSamples();
            double lost = (double) simulation.lost() / simulation.sent();
            System.out.printf(
                    "%s: delay %.1f ms, late %.2f %%, lost %.2f %%, concealed %.2f %%%n",
                    name, simulation.meanDelayMillis(), 100 * late, 100 * lost, 100 * concealed);

            // Between two beats of 20 ms; 10 ms is the least that the limits allow.
            double needed = Math.max(10, jitterMillis);
            assertThat(simulation.meanDelayMillis()).isBetween(0.85 * needed, needed + 25);
            assertThat(late).isLessThan(0.03);
            assertThat(concealed).isBetween(lost - 0.01, lost + late + 0.01);
            assertThat(counts.discarded()).isZero();
            assertThat(counts.restarts()).isZero();
            // At most what is still on its way is not accounted for.
            assertThat(simulation.sent() - simulation.lost() - arrived).isBetween(0L, 8L);
            assertThat(simulation.playingShare()).isGreaterThan(0.99);
        }

        @Test
        @DisplayName("plays what the sender says, when it says: measured by what is heard")
        void delayAsHeard() {
            Seed seed = Seed.printed("jitter buffer as heard");
            for (int jitter = 0; jitter < JITTERS; jitter++) {
                JitterBuffer buffer =
                        new JitterBuffer(new NumberDecoder(RATE, 20), JitterLimits.USUAL, 1);
                NetworkConditions conditions = PATH.withJitter(Duration.ofMillis(20 * jitter));
                JitterSimulation simulation =
                        new JitterSimulation(
                                buffer,
                                RATE,
                                20,
                                20,
                                0,
                                conditions,
                                seed.part(jitter),
                                number -> NumberDecoder.payload(number + 1));
                short[] heard = simulation.run(Duration.ofSeconds(60), 48_000);
                double sum = 0;
                int count = 0;
                for (int step = 50; step < heard.length / 160; step++) {
                    int first = heard[step * 160];
                    int before = heard[step * 160 - 1];
                    if (first == before + 1 && before > 0) {
                        // The first sample of a frame, at the beginning of a step.
                        long delay = simulation.takenNanos(step) - simulation.sentNanos(first - 1);
                        sum += delay / (double) MILLI - 30;
                        count++;
                    }
                }
                System.out.printf(
                        "jitter %d ms: heard after %.1f ms, said to be %.1f ms (%d frames)%n",
                        20 * jitter, sum / count, simulation.meanDelayMillis(), count);
                assertThat(count).isGreaterThan(500);
                assertThat(simulation.meanDelayMillis())
                        .isBetween(sum / count - 5, sum / count + 5);
            }
        }

        @Test
        @DisplayName("waits longer when the path becomes uneven, and less when it is even again")
        void adapts() {
            JitterBuffer buffer = g711();
            Seed seed = Seed.printed("jitter buffer adapts");
            JitterSimulation simulation =
                    new JitterSimulation(buffer, RATE, 20, 20, 0, PATH, seed, voice);
            simulation.run(Duration.ofSeconds(20), RATE);
            long even = buffer.targetNanos();
            simulation.become(PATH.withJitter(Duration.ofMillis(80)));
            simulation.run(Duration.ofSeconds(3), RATE);
            long uneven = buffer.targetNanos();
            simulation.become(PATH);
            simulation.run(Duration.ofSeconds(10), RATE);
            assertThat(even).isEqualTo(10 * MILLI);
            assertThat(uneven).isBetween(65 * MILLI, 82 * MILLI);
            assertThat(buffer.targetNanos()).isEqualTo(10 * MILLI);
            simulation.run(Duration.ofMillis(20), RATE);
            assertThat(buffer.delayNanos(simulation.takenNanos(33_020 / 20)))
                    .isLessThan(40 * MILLI);
            double concealed = (double) buffer.statistics().concealedSamples();
            assertThat(concealed / RATE).isLessThan(0.5);
        }

        @Test
        @DisplayName("follows the path when its delay steps up or down")
        void route() {
            JitterBuffer buffer = g711();
            Seed seed = Seed.printed("jitter buffer on another route");
            JitterSimulation simulation =
                    new JitterSimulation(buffer, RATE, 20, 20, 0, PATH, seed, voice);
            simulation.run(Duration.ofSeconds(10), RATE);
            simulation.become(PATH.withDelay(Duration.ofMillis(150)));
            simulation.run(Duration.ofSeconds(10), RATE);
            assertThat(buffer.targetNanos()).isEqualTo(10 * MILLI);
            assertThat(buffer.delayNanos(simulation.takenNanos(1_000))).isLessThan(40 * MILLI);
            simulation.become(PATH);
            simulation.run(Duration.ofSeconds(10), RATE);
            assertThat(buffer.delayNanos(simulation.takenNanos(1_500))).isLessThan(40 * MILLI);
            // Up it had nothing to play for 120 ms; down it had too much.
            assertThat(buffer.statistics().late()).isLessThan(8);
            assertThat(buffer.statistics().concealedSamples()).isLessThan(RATE / 5);
        }

        @Test
        @DisplayName("keeps a tone's pitch and shape while it shortens and lengthens")
        void tone() {
            int clicks = 0;
            for (int driftPpm : new int[] {-2_000, 2_000}) {
                JitterBuffer buffer = g711();
                short[] tone = Signals.sine(RATE, 450, 0.5, 20 * RATE);
                Seed seed = Seed.printed("jitter buffer with a tone");
                JitterSimulation simulation =
                        new JitterSimulation(
                                buffer, RATE, 20, 20, driftPpm, PATH, seed, frames(tone));
                short[] heard = simulation.run(Duration.ofSeconds(20), RATE);
                JitterStatistics counts = buffer.statistics();
                long stretched = counts.removedSamples() + counts.insertedSamples();
                assertThat(stretched).isGreaterThan(100);
                assertThat(counts.concealedSamples()).isZero();
                for (int from = RATE; from + RATE <= heard.length; from += RATE / 10) {
                    double level = Signals.strength(heard, from, from + 800, RATE, 450);
                    assertThat(Signals.decibels(level / 0.5)).isBetween(-0.6, 0.3);
                }
                clicks += clicks(heard, RATE);
            }
            assertThat(clicks).isZero();
        }

        /** Where a sine of 450 Hz bends more than twice as much as it does, and µ-law's noise. */
        private int clicks(short[] pcm, int from) {
            double bend = Math.pow(2 * Math.PI * 450 / RATE, 2) * 16_384;
            int clicks = 0;
            for (int i = from; i < pcm.length; i++) {
                int second = pcm[i] - 2 * pcm[i - 1] + pcm[i - 2];
                clicks += Math.abs(second) > 2 * bend + 1_500 ? 1 : 0;
            }
            return clicks;
        }
    }

    @Nested
    @DisplayName("packet by packet")
    class PacketByPacket {
        private JitterBuffer buffer =
                new JitterBuffer(new NumberDecoder(RATE, 20), JitterLimits.USUAL, 1);
        private final short[] pcm = new short[160];
        private final List<Integer> heard = new ArrayList<>();

        private Arrival put(int number, long atMillis) {
            return buffer.put(
                    number, number * 960, NumberDecoder.payload(number), atMillis * MILLI);
        }

        /** One step; what its first sample was. */
        private void take(long atMillis) {
            buffer.take(pcm, 0, 160, atMillis * MILLI);
            heard.add((int) pcm[0]);
        }

        /** Packets on time from {@code from} to {@code to}, and a step 1 ms before each. */
        private void onTime(int from, int to) {
            for (int number = from; number <= to; number++) {
                take(number * 20 - 1);
                put(number, number * 20);
            }
        }

        /** Steps on time, packets never. */
        private void lost(int from, int to) {
            for (int number = from; number <= to; number++) {
                take(number * 20 - 1);
            }
        }

        /** So that three packets are always there beforehand. */
        private void waitLonger() {
            buffer = new JitterBuffer(new NumberDecoder(RATE, 20), new JitterLimits(60, 60), 1);
        }

        @Test
        @DisplayName("gives silence before the first, then each packet once, in order")
        void inOrder() {
            onTime(1, 200);
            int first = heard.indexOf(1);
            assertThat(first).isBetween(1, 3);
            assertThat(heard.subList(0, first)).containsOnly(0);
            // A young stream waits 30 ms; later that is seen to be too much, and some is cut out.
            assertThat(heard.subList(first, 40)).isSorted().doesNotHaveDuplicates();
            assertThat(heard.getLast()).isEqualTo(199);
            assertThat(buffer.statistics().removedSamples()).isBetween(140L, 170L);
            assertThat(buffer.statistics().concealedSamples()).isZero();
        }

        @Test
        @DisplayName("recovers a lost packet from the next, and conceals those before it")
        void recovers() {
            waitLonger();
            onTime(1, 100);
            lost(101, 103);
            onTime(104, 120);
            int last = heard.indexOf(100);
            assertThat(heard.subList(last, last + 6)).containsExactly(100, 0, 0, -103, 104, 105);
            assertThat(buffer.statistics().concealedSamples()).isEqualTo(3 * 160);
        }

        @Test
        @DisplayName("puts overtaken packets back into order, and counts them")
        void reorders() {
            onTime(1, 100);
            assertThat(put(102, 2_019)).isEqualTo(Arrival.ACCEPTED);
            assertThat(put(101, 2_020)).isEqualTo(Arrival.REORDERED);
            take(2_021);
            take(2_041);
            take(2_061);
            assertThat(heard.subList(100, 103)).isSorted().doesNotHaveDuplicates();
            assertThat(heard).doesNotContain(-101);
            assertThat(buffer.statistics().reordered()).isEqualTo(1);
        }

        @Test
        @DisplayName("plays nothing twice")
        void duplicates() {
            onTime(1, 50);
            assertThat(put(50, 1_001)).isEqualTo(Arrival.DUPLICATE);
            assertThat(put(10, 1_001)).isEqualTo(Arrival.DUPLICATE);
            onTime(51, 100);
            assertThat(heard.subList(20, 100)).isSorted().doesNotHaveDuplicates();
            assertThat(buffer.statistics().duplicates()).isEqualTo(2);
            assertThat(buffer.statistics().accepted()).isEqualTo(100);
        }

        @Test
        @DisplayName("does not play what comes after its turn, and counts it as late once")
        void late() {
            waitLonger();
            onTime(1, 100);
            lost(101, 101);
            onTime(102, 110);
            assertThat(heard).contains(-101);
            assertThat(put(101, 2_201)).isEqualTo(Arrival.LATE);
            assertThat(put(101, 2_202)).isEqualTo(Arrival.DUPLICATE);
            onTime(111, 130);
            assertThat(heard).doesNotContain(101).contains(102, 110, 120);
            assertThat(buffer.statistics().late()).isEqualTo(1);
        }

        @Test
        @DisplayName("plays a packet that is late while nothing else is there")
        void runsDry() {
            onTime(1, 100);
            int last = heard.getLast();
            take(2_019);
            take(2_039);
            take(2_059);
            take(2_079);
            put(101, 2_080);
            put(102, 2_081);
            take(2_099);
            take(2_119);
            assertThat(heard.subList(heard.indexOf(last), heard.size()))
                    .containsExactly(99, 100, 0, 0, 0, 101, 102);
            assertThat(buffer.statistics().late()).isZero();
            assertThat(buffer.statistics().concealedSamples()).isEqualTo(3 * 160);
        }

        @Test
        @DisplayName("a sender's pause is no loss, and after it the delay is right at once")
        void pause() {
            onTime(1, 100);
            for (int at = 2_019; at < 5_000; at += 20) {
                take(at);
            }
            for (int number = 101; number < 120; number++) {
                int at = number * 20 + 3_000;
                take(at - 1);
                buffer.put(number, (number + 150) * 960, NumberDecoder.payload(number), at * MILLI);
            }
            int again = heard.indexOf(101);
            assertThat(heard.subList(again, again + 17)).isSorted().doesNotHaveDuplicates();
            assertThat(heard.subList(100, again)).contains(0).doesNotContain(-101);
            JitterStatistics counts = buffer.statistics();
            assertThat(counts.concealedSamples()).isZero();
            assertThat(counts.pausedSamples()).isBetween(150 * 160L, 154 * 160L);
            assertThat(buffer.delayNanos(5_399 * MILLI)).isBetween(10 * MILLI, 31 * MILLI);
        }

        @Test
        @DisplayName("a hole in the numbers over which it ran dry is loss")
        void outage() {
            onTime(1, 100);
            lost(101, 150);
            onTime(151, 200);
            JitterStatistics counts = buffer.statistics();
            assertThat(counts.concealedSamples()).isEqualTo(50 * 160L);
            assertThat(heard).contains(151, 198);
        }

        @Test
        @DisplayName("after a stall it does not stay behind: what is hopelessly old is skipped")
        void stall() {
            onTime(1, 100);
            for (int at = 2_019; at < 2_900; at += 20) {
                take(at);
            }
            for (int number = 101; number < 145; number++) {
                put(number, 2_900);
            }
            onTime(145, 160);
            assertThat(buffer.statistics().discarded()).isBetween(15L, 25L);
            assertThat(buffer.delayNanos(3_219 * MILLI)).isLessThan(500 * MILLI);
            // What was so late is remembered for as long as the last 256 packets.
            onTime(161, 450);
            assertThat(buffer.delayNanos(9_019 * MILLI)).isLessThan(35 * MILLI);
            assertThat(heard.getLast()).isEqualTo(449);
        }

        @Test
        @DisplayName("one packet from elsewhere is dropped, two make a new beginning")
        void restart() {
            onTime(1, 100);
            int strayTimestamp = 1_000_000_000;
            ByteBuffer stray = NumberDecoder.payload(7_777);
            assertThat(buffer.put(101, strayTimestamp, stray, 2_001 * MILLI))
                    .isEqualTo(Arrival.FAR_OFF);
            onTime(101, 120);
            assertThat(heard).doesNotContain(7_777);
            assertThat(buffer.statistics().restarts()).isZero();

            for (int i = 0; i < 30; i++) {
                int at = 2_420 + 20 * i;
                Arrival arrival =
                        buffer.put(
                                40_000 + i,
                                strayTimestamp + i * 960,
                                NumberDecoder.payload(5_000 + i),
                                at * MILLI);
                assertThat(arrival)
                        .isEqualTo(
                                i == 0
                                        ? Arrival.FAR_OFF
                                        : i == 1 ? Arrival.RESTARTED : Arrival.ACCEPTED);
                take(at + 19);
            }
            int first = heard.indexOf(5_001);
            assertThat(heard.subList(first, first + 20)).isSorted().doesNotHaveDuplicates();
            assertThat(buffer.statistics().restarts()).isEqualTo(1);
        }

        @Test
        @DisplayName("of packets that nobody takes it keeps the last 128")
        void nobodyTakes() {
            for (int number = 1; number <= 300; number++) {
                assertThat(put(number, number * 20)).isEqualTo(Arrival.ACCEPTED);
            }
            assertThat(buffer.statistics().discarded()).isEqualTo(172);
            take(6_001);
            // What has waited for more than half a second is skipped.
            assertThat(heard).containsExactly(276);
        }

        @Test
        @DisplayName("after a jump ahead nothing is left of what lies too far behind")
        void jumpsAhead() {
            onTime(1, 50);
            put(51, 1_020);
            put(52, 1_040);
            put(300, 6_000);
            take(6_001);
            take(6_021);
            take(6_041);
            assertThat(heard).contains(300).doesNotContain(51, 52);
            // 49 and 50 had not been taken yet.
            assertThat(buffer.statistics().discarded()).isEqualTo(4);
        }

        @Test
        @DisplayName("one number from far away silences nothing; two in a row begin anew")
        void farNumbers() {
            onTime(1, 100);
            ByteBuffer stray = NumberDecoder.payload(7_777);
            assertThat(buffer.put(20_000, 101 * 960, stray, 2_001 * MILLI))
                    .isEqualTo(Arrival.FAR_OFF);
            assertThat(buffer.put(64_000, 101 * 960, stray, 2_002 * MILLI))
                    .isEqualTo(Arrival.FAR_OFF);
            onTime(101, 120);
            assertThat(heard).doesNotContain(7_777).contains(119);
            // 500 ahead is no stray, but what goes on behind it is.
            assertThat(buffer.put(620, 121 * 960, stray, 2_401 * MILLI))
                    .isEqualTo(Arrival.ACCEPTED);
            assertThat(put(121, 2_420)).isEqualTo(Arrival.FAR_OFF);
            assertThat(put(122, 2_440)).isEqualTo(Arrival.RESTARTED);
            onTime(123, 140);
            assertThat(heard).contains(138);
        }

        @Test
        @DisplayName("strays that do not fit each other, or are not in a row, begin nothing")
        void strays() {
            onTime(1, 100);
            ByteBuffer stray = NumberDecoder.payload(7_777);
            int timestamp = 101 * 960;
            buffer.put(20_000, timestamp, stray, 2_001 * MILLI);
            assertThat(buffer.put(20_001, timestamp + 1_000_000_000, stray, 2_002 * MILLI))
                    .isEqualTo(Arrival.FAR_OFF);
            assertThat(buffer.put(20_001, timestamp + 1_000_000_000, stray, 2_003 * MILLI))
                    .isEqualTo(Arrival.FAR_OFF);
            put(101, 2_020);
            assertThat(buffer.put(20_002, timestamp + 1_000_000_960, stray, 2_004 * MILLI))
                    .isEqualTo(Arrival.FAR_OFF);
            assertThat(buffer.statistics().restarts()).isZero();
        }

        @Test
        @DisplayName("nothing is recovered from comfort noise")
        void noiseAfterLoss() {
            waitLonger();
            onTime(1, 100);
            take(2_019);
            buffer.putNoise(102, 102 * 960, ByteBuffer.wrap(new byte[] {127}), 2_040 * MILLI);
            for (int at = 2_039; at < 2_300; at += 20) {
                take(at);
            }
            assertThat(heard.subList(heard.indexOf(100) + 1, heard.size())).containsOnly(0);
            assertThat(buffer.statistics().concealedSamples()).isEqualTo(160);
        }

        @Test
        @DisplayName("packets longer than a datagram are refused")
        void tooLong() {
            assertThat(buffer.put(1, 0, ByteBuffer.allocate(1_501), 0)).isEqualTo(Arrival.TOO_LONG);
        }

        @Test
        @DisplayName("limits that make no sense are refused")
        void limits() {
            assertThatThrownBy(() -> new JitterLimits(-1, 100))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new JitterLimits(100, 99))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("with codecs")
    class Codecs {
        @ParameterizedTest(name = "frames of {0} ms taken by {1} ms")
        @CsvSource({"10, 10", "10, 20", "20, 10", "20, 20", "30, 20", "40, 20", "60, 20", "60, 10"})
        @DisplayName("plays every sample of any frame by any beat on an even path")
        void framesAndSteps(int frameMillis, int stepMillis) {
            JitterBuffer buffer =
                    new JitterBuffer(new NumberDecoder(RATE, frameMillis), JitterLimits.USUAL, 1);
            JitterSimulation simulation =
                    new JitterSimulation(
                            buffer,
                            RATE,
                            frameMillis,
                            stepMillis,
                            0,
                            PATH,
                            new Seed(1),
                            number -> NumberDecoder.payload(number + 1));
            short[] heard = simulation.run(Duration.ofSeconds(20), 48_000);
            JitterStatistics counts = buffer.statistics();
            assertThat(counts.concealedSamples()).isZero();
            assertThat(counts.late()).isZero();
            // Frames shorter than they were taken for come a little too early at first.
            assertThat(counts.insertedSamples()).isLessThanOrEqualTo(RATE / 100);
            for (int i = 2 * RATE; i < heard.length; i++) {
                assertThat(heard[i] - heard[i - 1]).isBetween(0, 1);
            }
            assertThat(simulation.meanDelayMillis()).isLessThan(12.0 + 2 * stepMillis);
        }

        @Test
        @DisplayName("shortens low sounds in frames of 10 ms, which hold no whole period")
        void shortFrames() {
            IntFunction<ByteBuffer> frames = frames(Signals.sine(RATE, 150, 0.5, 20 * RATE));
            JitterBuffer buffer = g711();
            JitterSimulation simulation =
                    new JitterSimulation(
                            buffer,
                            RATE,
                            10,
                            10,
                            0,
                            PATH.withJitter(Duration.ofMillis(80)),
                            Seed.printed("jitter buffer with short frames"),
                            number -> frames.apply(number / 2).slice(number % 2 * 80, 80));
            simulation.run(Duration.ofSeconds(5), RATE);
            simulation.become(PATH);
            simulation.run(Duration.ofSeconds(5), RATE);
            assertThat(buffer.delayNanos(simulation.takenNanos(1_000))).isLessThan(30 * MILLI);
        }

        @Test
        @DisplayName("counts G.722's 8 kHz clock against its 16 kHz of samples")
        void g722() {
            short[] tone = Signals.sine(16_000, 1_000, 0.3, 16_000);
            G722Encoder encoder = new G722Encoder();
            JitterBuffer buffer = new JitterBuffer(new G722Decoder(), JitterLimits.USUAL, 1);
            JitterSimulation simulation =
                    new JitterSimulation(
                            buffer,
                            16_000,
                            20,
                            20,
                            0,
                            PATH.withJitter(Duration.ofMillis(15)),
                            Seed.printed("jitter buffer with G.722"),
                            number -> {
                                ByteBuffer out = ByteBuffer.allocate(160);
                                encoder.encode(tone, number % 50 * 320, 320, out);
                                return out.flip();
                            });
            short[] heard = simulation.run(Duration.ofSeconds(10), 8_000);
            double level = Signals.strength(heard, 80_000, 96_000, 16_000, 1_000);
            assertThat(Signals.decibels(level / 0.3)).isBetween(-0.5, 0.5);
            assertThat(buffer.statistics().concealedSamples()).isLessThan(16_000 / 10);
        }

        @ParameterizedTest
        @ValueSource(ints = {8_000, 48_000})
        @DisplayName(
                "recovers Opus' lost packets from the next: closer to the whole than concealed")
        void opusFec(int rate) {
            double withCopies = meanError(rate, OpusTuning.VOICE.withLossPercent(15));
            double without = meanError(rate, OpusTuning.VOICE);
            System.out.printf(
                    "Opus at %d Hz, 10 %% lost: error %.0f with FEC, %.0f without%n",
                    rate, withCopies, without);
            assertThat(withCopies).isLessThan(0.75 * without);
        }

        /** Between the sound with and without loss, both through the jitter buffer. */
        private double meanError(int rate, OpusTuning tuning) {
            Seed seed = new Seed(4_711);
            short[] whole = opus(rate, tuning, PATH, seed);
            short[] lossy = opus(rate, tuning, PATH.withLoss(0.1), seed);
            double sum = 0;
            for (int i = 0; i < whole.length; i++) {
                sum += Math.pow(whole[i] - lossy[i], 2);
            }
            return Math.sqrt(sum / whole.length);
        }

        private short[] opus(int rate, OpusTuning tuning, NetworkConditions conditions, Seed seed) {
            int frame = rate / 50;
            short[] voice = Signals.voice(rate, 4 * rate, 9);
            try (OpusEncoder encoder = Opus.best().encoder(rate, tuning);
                    JitterBuffer buffer =
                            new JitterBuffer(
                                    Opus.best().decoder(rate), new JitterLimits(40, 40), 1)) {
                JitterSimulation simulation =
                        new JitterSimulation(
                                buffer,
                                rate,
                                20,
                                20,
                                0,
                                conditions,
                                seed,
                                number -> {
                                    ByteBuffer out = ByteBuffer.allocate(OpusEncoder.BYTES_MAX);
                                    encoder.encode(voice, number % 200 * frame, frame, out);
                                    return out.flip();
                                });
                return simulation.run(Duration.ofSeconds(4), 48_000);
            }
        }

        @Test
        @DisplayName(
                "makes the noise that a comfort noise packet describes, until sound comes (RFC 3389)")
        void comfortNoise() {
            JitterBuffer buffer = g711();
            short[] tone = Signals.sine(RATE, 400, 0.5, 160);
            IntFunction<ByteBuffer> sound = frames(tone);
            short[] heard = new short[4 * RATE];
            for (int step = 0; step < 200; step++) {
                long now = step * 20L * MILLI;
                if (step < 50 || step >= 150) {
                    int number = step < 50 ? step : step - 99;
                    buffer.put(number, step * 160, sound.apply(0), now);
                } else if (step == 50) {
                    buffer.putNoise(50, step * 160, ByteBuffer.wrap(new byte[] {40}), now);
                }
                buffer.take(heard, step * 160, 160, now + 19 * MILLI);
            }
            double noise = Signals.rms(heard, RATE + 3_200, 3 * RATE) / 32_768;
            assertThat(Signals.decibels(noise)).isBetween(-41.0, -39.0);
            assertThat(Signals.rms(heard, 4_000, 7_000)).isGreaterThan(10_000);
            assertThat(Signals.rms(heard, 3 * RATE + 800, 4 * RATE)).isGreaterThan(10_000);
            assertThat(buffer.statistics().concealedSamples()).isZero();
            assertThat(buffer.statistics().pausedSamples()).isBetween(98L * 160, 105L * 160);
        }

        @Test
        @DisplayName("closes its decoder")
        void closes() {
            boolean[] closed = {false};
            AudioDecoder decoder =
                    new AudioDecoder() {
                        private final AudioDecoder real = new G711Decoder(G711.Law.ULAW);

                        @Override
                        public int sampleRate() {
                            return real.sampleRate();
                        }

                        @Override
                        public int rtpClockRate() {
                            return real.rtpClockRate();
                        }

                        @Override
                        public int decode(ByteBuffer payload, short[] pcm, int offset) {
                            return real.decode(payload, pcm, offset);
                        }

                        @Override
                        public void conceal(short[] pcm, int offset, int samples) {
                            real.conceal(pcm, offset, samples);
                        }

                        @Override
                        public long brokenPayloads() {
                            return real.brokenPayloads();
                        }

                        @Override
                        public void close() {
                            closed[0] = true;
                        }
                    };
            new JitterBuffer(decoder, JitterLimits.USUAL, 1).close();
            assertThat(closed[0]).isTrue();
        }
    }

    @Test
    @DisplayName("bears anything: 200,000 packets of any number, time and content")
    void anything() {
        Seed seed = Seed.printed("jitter buffer fuzz");
        RandomGenerator random = seed.random();
        for (int round = 0; round < 20; round++) {
            JitterBuffer buffer = g711();
            short[] pcm = new short[2_000];
            long now = random.nextLong() / 4;
            int sequence = random.nextInt(65_536);
            int timestamp = random.nextInt();
            long sum = 0;
            long taken = 0;
            for (int i = 0; i < 10_000; i++) {
                int steps = random.nextInt(20) == 0 ? random.nextInt(300) - 150 : 1;
                sequence = sequence + steps & 0xFFFF;
                timestamp += steps * 160 + (random.nextInt(30) == 0 ? random.nextInt() : 0);
                int bytes = random.nextInt(50) == 0 ? random.nextInt(1_600) : 160;
                ByteBuffer payload = ByteBuffer.allocate(bytes);
                random.nextBytes(payload.array());
                boolean noise = random.nextInt(40) == 0;
                Arrival arrival =
                        noise
                                ? buffer.putNoise(sequence, timestamp, payload, now)
                                : buffer.put(sequence, timestamp, payload, now);
                sum += arrival == Arrival.DUPLICATE ? 0 : 1;
                now += random.nextInt(100) == 0 ? random.nextLong(2_000 * MILLI) : 20 * MILLI;
                int samples = random.nextInt(10) == 0 ? random.nextInt(2_001) : 160;
                buffer.take(pcm, 0, samples, now + random.nextLong(5 * MILLI));
                taken += samples;
            }
            JitterStatistics counts = buffer.statistics();
            assertThat(counts.takenSamples()).isEqualTo(taken);
            assertThat(counts.accepted()).isGreaterThan(1_000);
            assertThat(counts.accepted() + counts.late()).isLessThanOrEqualTo(sum);
            assertThat(counts.concealedSamples() + counts.pausedSamples())
                    .isLessThanOrEqualTo(taken + counts.insertedSamples() + 2_000);
        }
    }

    @Test
    @DisplayName("allocates nothing per packet")
    void allocatesNothing() {
        JitterBuffer buffer = g711();
        ByteBuffer payload = frames(Signals.voice(RATE, RATE, 1)).apply(0);
        short[] pcm = new short[160];
        long before = 0;
        for (int i = 0; i < 2_000; i++) {
            if (i == 1_000) {
                before = Allocations.bytes();
            }
            if (i % 17 != 0) {
                buffer.put(i, i * 160, payload, i * 20L * MILLI + i % 5 * 7 * MILLI);
            }
            buffer.take(pcm, 0, 160, i * 20L * MILLI + MILLI);
        }
        assertThat((Allocations.bytes() - before) / 1_000).isLessThan(16);
    }
}
