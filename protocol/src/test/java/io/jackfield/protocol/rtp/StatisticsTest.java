package io.jackfield.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jackfield.testkit.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("RTP statistics (RFC 3550 §6.4.1, A.3, A.8)")
class StatisticsTest {
    private static final long MILLI = 1_000_000L;
    private static final long START = Long.MAX_VALUE - 100 * MILLI;
    private static final int TIMESTAMP = 0xFFFF_FF00;

    @Nested
    @DisplayName("of a receiver")
    class Receiver {
        private final ReceiverStatistics statistics = new ReceiverStatistics(1, 8_000);

        private void receive(int n, long delayMillis) {
            statistics.receive(
                    n & 0xFFFF, TIMESTAMP + n * 160, START + (n * 20L + delayMillis) * MILLI);
        }

        @Test
        @DisplayName("see no jitter where packets come as they were sent")
        void steady() {
            for (int n = 0; n < 1_000; n++) {
                receive(n, 30);
            }
            assertThat(statistics.jitterRtpUnits()).isZero();
        }

        @Test
        @DisplayName("see jitter as the sixteenth-weighted mean of transit differences (A.8)")
        void jitter() {
            receive(0, 0);
            receive(1, 10);
            assertThat(statistics.jitterRtpUnits()).isEqualTo(5);
            for (int n = 2; n < 1_000; n++) {
                receive(n, n % 2 == 0 ? 0 : 10);
            }
            assertThat(statistics.jitterMillis()).isCloseTo(10, within(0.2));
            assertThat(statistics.jitterRtpUnits()).isBetween(78L, 80L);
        }

        @Test
        @DisplayName("agree with A.8 computed in floating point")
        void likeTheFormula() {
            RandomGenerator random = Seed.printed("StatisticsTest").random();
            double expected = 0;
            long before = 0;
            for (int n = 0; n < 5_000; n++) {
                long delay = random.nextLong(60);
                receive(n, delay);
                double difference = n == 0 ? 0 : Math.abs(delay - before) * 8.0;
                expected += n == 0 ? 0 : (difference - expected) / 16;
                before = delay;
            }
            assertThat((double) statistics.jitterRtpUnits()).isCloseTo(expected, within(2.0));
        }

        @Test
        @DisplayName("take repeated timestamps (events), late packets and holds for no jitter")
        void noJitter() {
            receive(0, 0);
            receive(1, 0);
            for (int n = 2; n < 20; n++) {
                statistics.receive(n, TIMESTAMP + 2 * 160, START + n * 20 * MILLI);
            }
            statistics.receive(20, TIMESTAMP + 20 * 160, START + 20 * 20 * MILLI);
            statistics.receive(19, TIMESTAMP + 19 * 160, START + 900 * MILLI);
            assertThat(statistics.jitterRtpUnits()).isZero();

            long afterHold = START + 60_000 * MILLI;
            statistics.receive(21, TIMESTAMP + 21 * 160, afterHold);
            statistics.receive(22, TIMESTAMP + 22 * 160, afterHold + 20 * MILLI);
            assertThat(statistics.jitterRtpUnits()).isZero();
        }

        @Test
        @DisplayName("tell the share lost since the last report, in 256ths (A.3)")
        void fractionLost() {
            assertThat(statistics.takeFractionLost()).isZero();
            for (int n = 0; n < 100; n++) {
                if (n % 4 != 3) {
                    receive(n, 0);
                }
            }
            receive(100, 0);
            assertThat(statistics.takeFractionLost()).isEqualTo(25 * 256 / 101);
            assertThat(statistics.takeFractionLost()).isZero();
            receive(101, 0);
            assertThat(statistics.takeFractionLost()).isZero();
            receive(1_101, 0);
            assertThat(statistics.takeFractionLost()).isEqualTo(255);
        }

        @Test
        @DisplayName("do not tell of negative losses when late ones come")
        void lateOnes() {
            receive(0, 0);
            receive(3, 0);
            statistics.takeFractionLost();
            receive(1, 50);
            receive(2, 50);
            assertThat(statistics.takeFractionLost()).isZero();
            assertThat(statistics.sequence().lost()).isZero();
        }
    }

    @Nested
    @DisplayName("of a sender")
    class Sender {
        private final SenderStatistics statistics = new SenderStatistics(1, 48_000);

        @Test
        @DisplayName("count packets and payload, and tie media time to the clock (§6.4.1)")
        void mediaTime() {
            assertThat(statistics.rtpTimestampAt(START)).isZero();
            statistics.sent(TIMESTAMP, 100, START);
            statistics.sent(TIMESTAMP + 960, 60, START + 20 * MILLI);

            assertThat(statistics.packets()).isEqualTo(2);
            assertThat(statistics.payloadBytes()).isEqualTo(160);
            assertThat(statistics.rtpTimestampAt(START + 30 * MILLI))
                    .isEqualTo(TIMESTAMP + 960 + 480);
        }

        @Test
        @DisplayName("are not moved by repeated or late timestamps")
        void events() {
            statistics.sent(TIMESTAMP, 4, START);
            statistics.sent(TIMESTAMP, 4, START + 20 * MILLI);
            statistics.sent(TIMESTAMP - 960, 4, START + 21 * MILLI);
            assertThat(statistics.rtpTimestampAt(START + 40 * MILLI)).isEqualTo(TIMESTAMP + 1_920);
        }
    }

    @Test
    @DisplayName("units do not overflow within a century, and a clock rate is a sane number")
    void clock() {
        assertThat(RtpClock.units(3_200_000_000L * 1_000 * MILLI, 48_000))
                .isEqualTo(3_200_000_000L * 48_000);
        assertThat(RtpClock.units(-20 * MILLI, 8_000)).isEqualTo(-160);
        assertThatThrownBy(() -> new SenderStatistics(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReceiverStatistics(1, 1_000_000))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
