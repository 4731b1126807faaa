package io.jackfield.media.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.VirtualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The account of numbered frames")
class FrameLogTest {
    private static final long ME = 7;

    private final VirtualClock clock = new VirtualClock();
    private final FrameLog log = new FrameLog(ME);

    private ByteBuffer frame(long talker, long number) {
        ByteBuffer frame = ByteBuffer.allocate(NumberedFrames.BYTES);
        NumberedFrames.write(frame, talker, number, clock.nanos());
        return frame.flip();
    }

    private void hear(ByteBuffer frame) {
        log.add(NumberedFrames.read(frame, 0, frame.limit()), clock.nanos());
    }

    private void hear(long number) {
        hear(frame(ME, number));
    }

    @Nested
    @DisplayName("when all come back")
    class AllBack {
        @Test
        @DisplayName("counts each once, and nothing else")
        void counts() {
            for (int i = 0; i < 1_000; i++) {
                hear(i);
                clock.advance(Duration.ofMillis(20));
            }

            assertThat(log)
                    .returns(1_000L, FrameLog::heard)
                    .returns(0L, FrameLog::missing)
                    .returns(0L, FrameLog::repeated)
                    .returns(0L, FrameLog::damaged)
                    .returns(20.0, FrameLog::longestGapMillis);
        }

        @Test
        @DisplayName("takes each one's way there and back, also when the clock turns over")
        void roundTrips() {
            clock.advance(Duration.ofSeconds(10).minusMillis(1));
            ByteBuffer first = frame(ME, 0);
            clock.advance(Duration.ofMillis(3));
            hear(first);
            ByteBuffer second = frame(ME, 1);
            clock.advance(Duration.ofMillis(5));
            hear(second);

            assertThat(log.roundTripsNanos()).containsExactly(3_000_000, 5_000_000);
        }

        @Test
        @DisplayName("order does not matter to the counts")
        void reordered() {
            hear(1);
            hear(0);
            hear(2);

            assertThat(log.heard()).isEqualTo(3);
            assertThat(log.missing()).isZero();
        }
    }

    @Test
    @DisplayName("frames between others that never come are missing")
    void missing() {
        hear(5);
        hear(6);
        hear(9);

        assertThat(log.missing()).isEqualTo(2);
    }

    @Test
    @DisplayName("the longest gap is between two that were heard")
    void gap() {
        hear(0);
        clock.advance(Duration.ofMillis(20));
        hear(1);
        clock.advance(Duration.ofMillis(75));
        hear(2);
        clock.advance(Duration.ofSeconds(9));

        assertThat(log.longestGapMillis()).isEqualTo(75.0);
    }

    @Test
    @DisplayName("a frame heard twice is repeated, and heard once")
    void repeated() {
        hear(3);
        hear(3);

        assertThat(log.repeated()).isEqualTo(1);
        assertThat(log.heard()).isEqualTo(1);
    }

    @Test
    @DisplayName("a change of any byte, or another length, is damage")
    void damaged() {
        for (int i = 0; i < NumberedFrames.BYTES; i++) {
            ByteBuffer frame = frame(ME, 4);
            frame.put(i, (byte) (frame.get(i) ^ 0x10));
            assertThat(NumberedFrames.read(frame, 0, frame.limit()).intact())
                    .as("byte %d", i)
                    .isFalse();
        }
        hear(frame(ME, 4).limit(NumberedFrames.BYTES - 1));

        assertThat(log.damaged()).isEqualTo(1);
        assertThat(log.heard()).isZero();
    }

    @Test
    @DisplayName("another talker's frames are heard, but have no way there and back")
    void another() {
        hear(frame(8, 0));

        assertThat(log.heard()).isEqualTo(1);
        assertThat(log.roundTripsNanos()).isEmpty();
    }
}
