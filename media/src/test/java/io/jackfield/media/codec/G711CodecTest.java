package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("G.711 as a codec")
class G711CodecTest {
    private final short[] pcm = new short[2_000];

    @ParameterizedTest
    @EnumSource(G711.Law.class)
    @DisplayName("encodes each sample by its law, and decodes it by the same")
    void codesEachSample(G711.Law law) {
        short[] sound = Signals.voice(8_000, 1_600, 3);
        ByteBuffer payload = ByteBuffer.allocate(1_600);
        G711Encoder encoder = new G711Encoder(law);
        assertThat(encoder.encode(sound, 160, 1_440, payload)).isEqualTo(1_440);
        payload.flip();
        assertThat(payload.get(7)).isEqualTo(law.compress(sound[167]));

        G711Decoder decoder = new G711Decoder(law);
        assertThat(decoder.decode(payload.slice(0, 160), pcm, 100)).isEqualTo(160);
        for (int i = 0; i < 160; i++) {
            assertThat(pcm[100 + i]).isEqualTo(law.expand(law.compress(sound[160 + i])));
        }
        assertThat(Signals.snr(sound, 160, pcm, 100, 160)).isGreaterThan(35);
    }

    @Test
    @DisplayName("silence is silence by both laws")
    void silence() {
        assertThat(G711.Law.ULAW.expand(G711.Law.ULAW.silence())).isZero();
        assertThat(G711.Law.ALAW.expand(G711.Law.ALAW.silence())).isEqualTo((short) 8);
    }

    @Test
    @DisplayName("payloads without a byte or of more than 200 ms are counted and concealed")
    void brokenPayloads() {
        G711Decoder decoder = new G711Decoder(G711.Law.ALAW);
        assertThat(decoder.decode(ByteBuffer.allocate(0), pcm, 0)).isEqualTo(160);
        assertThat(decoder.decode(ByteBuffer.allocate(80), pcm, 0)).isEqualTo(80);
        assertThat(decoder.decode(ByteBuffer.allocate(1_601), pcm, 0)).isEqualTo(80);
        assertThat(decoder.decode(ByteBuffer.allocate(1_600), pcm, 0)).isEqualTo(1_600);
        assertThat(decoder.brokenPayloads()).isEqualTo(2);
    }

    @Test
    @DisplayName("any bytes decode, and leave the payload as it was")
    void anyBytes() {
        Random random = new Random(711);
        G711Decoder decoder = new G711Decoder(G711.Law.ULAW);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            ByteBuffer payload = ByteBuffer.wrap(bytes);
            int samples = decoder.decode(payload, pcm, 0);
            assertThat(samples).isPositive();
            assertThat(payload.position()).isZero();
            if (i % 5 == 0) {
                decoder.conceal(pcm, 0, random.nextInt(2_000));
            }
        }
    }

    @Test
    @DisplayName("an array without room for the longest payload is refused, whatever the payload")
    void noRoom() {
        G711Decoder decoder = new G711Decoder(G711.Law.ULAW);
        ByteBuffer payload = ByteBuffer.allocate(160);
        assertThatThrownBy(() -> decoder.decode(payload, new short[1_599], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
