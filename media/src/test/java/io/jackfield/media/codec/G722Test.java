package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("G.722 at 64 kbit/s (ITU-T G.722)")
class G722Test {
    private static byte[] encode(short[] pcm) {
        ByteBuffer out = ByteBuffer.allocate(pcm.length / 2);
        assertThat(new G722Encoder().encode(pcm, 0, pcm.length, out)).isEqualTo(pcm.length / 2);
        return out.array();
    }

    /** In frames of 20 ms. */
    private static short[] decode(byte[] payload) {
        G722Decoder decoder = new G722Decoder();
        short[] pcm = new short[payload.length * 2 + decoder.frameSamplesMax()];
        int samples = 0;
        for (int at = 0; at < payload.length; at += 160) {
            int length = Math.min(160, payload.length - at);
            samples += decoder.decode(ByteBuffer.wrap(payload, at, length), pcm, samples);
        }
        return Arrays.copyOf(pcm, samples);
    }

    @Nested
    @DisplayName("is bit for bit")
    class BitExact {
        static Stream<Arguments> sounds() {
            return Stream.of(
                    Arguments.of("voice", Signals.voice(16_000, 64_000, 722)),
                    Arguments.of("loud noise", Signals.noise(64_000, 20_000, 722)),
                    Arguments.of("quiet noise", Signals.noise(64_000, 30, 723)),
                    Arguments.of("full-scale sine", Signals.sine(16_000, 997, 1, 64_000)),
                    Arguments.of("high sine", Signals.sine(16_000, 6_500, 0.9, 64_000)),
                    Arguments.of("square wave", square(64_000)),
                    Arguments.of("silence", new short[16_000]));
        }

        /** Goes from one end to the other, so that everything saturates. */
        private static short[] square(int samples) {
            short[] pcm = new short[samples];
            for (int i = 0; i < samples; i++) {
                pcm[i] = i / 37 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
            }
            return pcm;
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("sounds")
        @DisplayName("what libspandsp makes of it")
        void likeSpanDsp(String name, short[] sound) throws Throwable {
            Optional<LibSpanDsp> spanDsp = LibSpanDsp.find();
            assumeTrue(spanDsp.isPresent(), "not compared: no libspandsp2 on this machine");
            byte[] code = encode(sound);
            assertThat(code).isEqualTo(spanDsp.orElseThrow().encode(sound));
            assertEqualButForOverflow(decode(code), spanDsp.orElseThrow().decode(code));
        }

        @Test
        @DisplayName("what libspandsp makes of any bytes")
        void anyBytesLikeSpanDsp() throws Throwable {
            Optional<LibSpanDsp> spanDsp = LibSpanDsp.find();
            assumeTrue(spanDsp.isPresent(), "not compared: no libspandsp2 on this machine");
            byte[] code = new byte[64_000];
            new Random(722).nextBytes(code);
            assertEqualButForOverflow(decode(code), spanDsp.orElseThrow().decode(code));
        }

        /** Version 0.0.6 lets its output run over into the other sign; the standard limits it. */
        private static void assertEqualButForOverflow(short[] ours, short[] theirs) {
            assertThat(theirs).hasSameSizeAs(ours);
            for (int i = 0; i < ours.length; i++) {
                boolean limited = ours[i] == Short.MAX_VALUE || ours[i] == Short.MIN_VALUE;
                if (!limited || Integer.signum(ours[i]) == Integer.signum(theirs[i])) {
                    assertThat(ours[i]).as("sample %d", i).isEqualTo(theirs[i]);
                }
            }
        }

        /** Of the ITU-T's software tool library (G.191), where somebody has put them. */
        private static final Path VECTORS =
                Path.of(System.getProperty("g722.vectors", "../../shared/corpora/vectors/g722"));

        @Test
        @DisplayName("what the ITU-T's test vectors say, where they are at hand")
        void likeTheItu() throws IOException {
            assumeTrue(Files.isDirectory(VECTORS), "not compared: no vectors in " + VECTORS);
            short[] sound = samples("inpsp.bin");
            short[] words = samples("codspw.cod");
            byte[] code = new byte[words.length];
            for (int i = 0; i < code.length; i++) {
                code[i] = (byte) words[i];
            }
            assertThat(encode(sound)).isEqualTo(code);
            assertThat(decode(code)).isEqualTo(samples("outsp1.bin"));
        }

        private static short[] samples(String name) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(VECTORS.resolve(name)));
            short[] samples = new short[bytes.remaining() / 2];
            bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
            return samples;
        }
    }

    @Test
    @DisplayName("a voice comes back 22 samples later and 20 dB above the error")
    void voice() {
        short[] sound = Signals.voice(16_000, 32_000, 7);
        short[] out = decode(encode(sound));
        int delay = Signals.delay(sound, out, 60);
        assertThat(delay).isEqualTo(22);
        assertThat(Signals.snr(sound, 0, out, delay, 31_000)).isGreaterThan(20);
    }

    @Test
    @DisplayName("sines of both bands keep pitch and level within 0.3 dB")
    void sines() {
        for (double hertz : new double[] {300, 1_000, 3_000, 5_000, 6_500}) {
            short[] out = decode(encode(Signals.sine(16_000, hertz, 0.3, 16_000)));
            double level = Signals.strength(out, 1_600, 16_000, 16_000, hertz);
            assertThat(Signals.decibels(level / 0.3)).as("%s Hz", hertz).isBetween(-0.3, 0.3);
        }
    }

    @Test
    @DisplayName("payloads without a byte or of more than 200 ms are counted and concealed")
    void brokenPayloads() {
        G722Decoder decoder = new G722Decoder();
        short[] pcm = new short[3_200];
        assertThat(decoder.decode(ByteBuffer.allocate(0), pcm, 0)).isEqualTo(320);
        assertThat(decoder.decode(ByteBuffer.allocate(80), pcm, 0)).isEqualTo(160);
        assertThat(decoder.decode(ByteBuffer.allocate(1_601), pcm, 0)).isEqualTo(160);
        assertThat(decoder.brokenPayloads()).isEqualTo(2);
    }

    @Test
    @DisplayName("an odd number of samples is refused")
    void oddFrame() {
        G722Encoder encoder = new G722Encoder();
        ByteBuffer out = ByteBuffer.allocate(10);
        assertThatThrownBy(() -> encoder.encode(new short[3], 0, 3, out))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("its RTP clock is 8 kHz though it samples at 16 (RFC 3551 §4.5.2)")
    void clock() {
        assertThat(new G722Decoder().rtpClockRate()).isEqualTo(8_000);
        assertThat(new G722Encoder().rtpClockRate()).isEqualTo(8_000);
        assertThat(new G722Decoder().sampleRate()).isEqualTo(16_000);
    }
}
