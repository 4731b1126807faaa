package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A frame allocates nothing")
class AllocationTest {
    private static final int FRAMES = 500;

    static Stream<Arguments> codecs() {
        Stream<Arguments> ours =
                Stream.of(
                        Arguments.of(
                                "G.711",
                                new G711Encoder(G711.Law.ALAW),
                                new G711Decoder(G711.Law.ALAW)),
                        Arguments.of("G.722", new G722Encoder(), new G722Decoder()));
        Stream<Arguments> opus =
                LibOpus.find().map(NativeOpus::new).stream()
                        .map(o ->
                                Arguments.of(
                                        o.version(),
                                        o.encoder(8_000, OpusTuning.VOICE),
                                        o.decoder(8_000)));
        return Stream.concat(ours, opus);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codecs")
    @DisplayName("whether it is encoded, decoded, concealed or recovered")
    void allocatesNothing(String name, AudioEncoder encoder, AudioDecoder decoder) {
        int frame = encoder.sampleRate() / 50;
        short[] sound = Signals.voice(encoder.sampleRate(), frame * 50, 1);
        short[] pcm = new short[decoder.frameSamplesMax()];
        ByteBuffer payload = ByteBuffer.allocateDirect(1_500);
        run(encoder, decoder, sound, pcm, payload);
        long before = Allocations.bytes();
        run(encoder, decoder, sound, pcm, payload);
        long perFrame = (Allocations.bytes() - before) / FRAMES;
        System.out.printf("%s: %d bytes allocated a frame%n", name, perFrame);
        // The smallest object has 16 bytes; the VM itself allocates a little, once.
        assertThat(perFrame).isLessThan(16);
        encoder.close();
        decoder.close();
    }

    private static void run(
            AudioEncoder encoder,
            AudioDecoder decoder,
            short[] sound,
            short[] pcm,
            ByteBuffer payload) {
        int frame = encoder.sampleRate() / 50;
        for (int i = 0; i < FRAMES; i++) {
            payload.clear();
            encoder.encode(sound, i % 50 * frame, frame, payload);
            payload.flip();
            if (i % 10 == 8) {
                decoder.conceal(pcm, 0, frame);
            } else if (i % 10 == 9) {
                decoder.recover(payload, pcm, 0, frame);
            } else {
                decoder.decode(payload, pcm, 0);
            }
        }
    }
}
