package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The tables are checked against the standard's own tables of decision and output values, which are
 * straight lines in eight segments; the code under test finds segments by logarithm instead.
 */
@DisplayName("G.711 (ITU-T G.711 tables 1 and 2)")
class G711Test {

    @Nested
    @DisplayName("µ-law")
    class Ulaw {
        /** Decision value below step {@code k} of segment {@code s}, in 14 bits (table 2). */
        private static int decision(int segment, int step) {
            return (32 << segment) - 33 + step * (2 << segment);
        }

        /** Output value of that step, in 14 bits: the middle of its interval. */
        private static int output(int segment, int step) {
            return decision(segment, step) + (1 << segment);
        }

        @Test
        @DisplayName("decodes all 256 codes to the standard's output values")
        void decodes() {
            for (int segment = 0; segment < 8; segment++) {
                for (int step = 0; step < 16; step++) {
                    int code = 0xFF - (segment << 4 | step);
                    int value = output(segment, step) * 4;
                    assertThat(G711.fromUlaw((byte) code)).isEqualTo((short) value);
                    assertThat(G711.fromUlaw((byte) (code - 0x80))).isEqualTo((short) -value);
                }
            }
            assertThat(G711.fromUlaw((byte) 0x80)).isEqualTo((short) 32124);
        }

        @Test
        @DisplayName("encodes all 65,536 samples to the interval between two decision values")
        void encodes() {
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                assertThat(G711.toUlaw((short) sample) & 0xFF)
                        .as("sample %d", sample)
                        .isEqualTo(expected(sample));
            }
        }

        private static int expected(int sample) {
            int value = (sample < 0 ? -sample - 1 : sample) / 4;
            int found = 0;
            for (int index = 0; index < 128; index++) {
                if (value >= decision(index / 16, index % 16)) {
                    found = index;
                }
            }
            return (sample < 0 ? 0x7F : 0xFF) - found;
        }

        @Test
        @DisplayName("keeps every code through decoding and encoding, and calls silence 0xFF")
        void roundTrip() {
            for (int code = 0; code < 256; code++) {
                byte again = G711.toUlaw(G711.fromUlaw((byte) code));
                // 0x7F is minus zero, which linear samples do not have.
                assertThat(again).isEqualTo(code == 0x7F ? (byte) 0xFF : (byte) code);
            }
            assertThat(G711.toUlaw((short) 0)).isEqualTo(G711.ULAW_SILENCE);
        }
    }

    @Nested
    @DisplayName("A-law")
    class Alaw {
        /** Decision value below a step, in 12 bits of magnitude (table 1). */
        private static int decision(int segment, int step) {
            return segment == 0 ? 2 * step : (32 << (segment - 1)) + step * (2 << (segment - 1));
        }

        private static int output(int segment, int step) {
            return decision(segment, step) + (segment == 0 ? 1 : 1 << (segment - 1));
        }

        @Test
        @DisplayName("decodes all 256 codes to the standard's output values")
        void decodes() {
            for (int segment = 0; segment < 8; segment++) {
                for (int step = 0; step < 16; step++) {
                    int code = (0x80 | segment << 4 | step) ^ 0x55;
                    int value = output(segment, step) * 8;
                    assertThat(G711.fromAlaw((byte) code)).isEqualTo((short) value);
                    assertThat(G711.fromAlaw((byte) (code ^ 0x80))).isEqualTo((short) -value);
                }
            }
            assertThat(G711.fromAlaw((byte) 0xAA)).isEqualTo((short) 32256);
        }

        @Test
        @DisplayName("encodes all 65,536 samples to the interval between two decision values")
        void encodes() {
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                assertThat(G711.toAlaw((short) sample) & 0xFF)
                        .as("sample %d", sample)
                        .isEqualTo(expected(sample));
            }
        }

        private static int expected(int sample) {
            int value = (sample < 0 ? -sample - 1 : sample) / 8;
            int found = 0;
            for (int index = 0; index < 128; index++) {
                if (value >= decision(index / 16, index % 16)) {
                    found = index;
                }
            }
            return ((sample < 0 ? 0 : 0x80) | found) ^ 0x55;
        }

        @Test
        @DisplayName("keeps every code through decoding and encoding, and calls silence 0xD5")
        void roundTrip() {
            for (int code = 0; code < 256; code++) {
                assertThat(G711.toAlaw(G711.fromAlaw((byte) code))).isEqualTo((byte) code);
            }
            assertThat(G711.toAlaw((short) 0)).isEqualTo(G711.ALAW_SILENCE);
        }
    }
}
