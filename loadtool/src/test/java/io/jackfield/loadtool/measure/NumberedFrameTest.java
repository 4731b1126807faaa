package io.jackfield.loadtool.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A numbered frame")
class NumberedFrameTest {
    private static final int RUN = 77;
    private static final int OFFSET = 12;

    private final ByteBuffer bytes = ByteBuffer.allocate(OFFSET + 160);
    private final NumberedFrame frame = new NumberedFrame();

    private void write(int length) {
        NumberedFrame.write(bytes, OFFSET, length, RUN, 3, 4_711, 123_456_789_012L);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 31, 32, 80, 160})
    @DisplayName("says whose and which it is and when it was sent")
    void reads(int length) {
        write(length);

        assertThat(frame.read(bytes, OFFSET, length, RUN)).isTrue();
        assertThat(frame)
                .returns(3, NumberedFrame::talker)
                .returns(4_711, NumberedFrame::number)
                .returns(123_456_789_012L, NumberedFrame::sentNanos);
    }

    @ParameterizedTest
    @ValueSource(ints = {83, 160})
    @DisplayName("is not taken with any bit changed")
    void damaged(int length) {
        for (int bit = 0; bit < length * 8; bit++) {
            write(length);
            int at = OFFSET + bit / 8;
            bytes.put(at, (byte) (bytes.get(at) ^ 1 << bit % 8));

            assertThat(frame.read(bytes, OFFSET, length, RUN)).as("bit %d", bit).isFalse();
        }
    }

    @Test
    @DisplayName("is not taken from another run, cut short, or too short to be one")
    void others() {
        write(160);

        assertThat(frame.read(bytes, OFFSET, 160, RUN + 1)).isFalse();
        assertThat(frame.read(bytes, OFFSET, 159, RUN)).isFalse();
        assertThat(frame.read(bytes, OFFSET, 23, RUN)).isFalse();
        assertThat(frame.read(bytes, OFFSET, 0, RUN)).isFalse();
    }
}
