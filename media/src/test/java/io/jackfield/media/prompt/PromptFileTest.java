package io.jackfield.media.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.codec.OpusEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.ogg.OggPages;
import io.jackfield.media.ogg.OpusHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A prompt from a file")
class PromptFileTest {
    private static final Opus OPUS = Opus.best();
    private static final double HERTZ = 440;

    /** Half of full scale: -6 dB, whose mean square in 16 bits is 1.34e8. */
    private static final double PEAK = 0.5;

    private static final double POWER = 32_767.0 * PEAK * 32_767 * PEAK / 2;

    @ParameterizedTest(name = "{0} Hz, {1} channels, format {2}, {3} bits")
    @CsvSource({
        "8000,1,1,16", "8000,1,1,8", "16000,2,1,24", "48000,2,1,32", "44100,2,1,16", "44100,1,3,32",
        "22050,1,1,16", "11025,1,1,16", "32000,1,3,64", "8000,1,6,8", "8000,2,7,8", "24000,1,1,16"
    })
    @DisplayName("is WAV of the usual kinds: same pitch, same level, same length")
    void readsWav(int rate, int channels, int tag, int bits) throws UnusablePrompt {
        Prompt prompt = PromptFile.decode(wav(rate, channels, tag, bits, sine(rate, 2)), OPUS);

        assertThat(prompt.length()).isBetween(15_999, 16_001);
        double power = power(prompt.samples(), HERTZ, 800, 15_200);
        assertThat(10 * Math.log10(power / POWER)).isBetween(-0.3, 0.3);
        double total = total(prompt.samples(), 800, 15_200);
        assertThat(10 * Math.log10((total - power) / power)).as("noise").isLessThan(-30);
    }

    @Test
    @DisplayName("has nothing folded back of what lies above 4 kHz, at 44.1 kHz")
    void foldsNothingBack() throws UnusablePrompt {
        double[] high = new double[44_100];
        for (int i = 0; i < high.length; i++) {
            high[i] = PEAK * Math.sin(2 * Math.PI * 6_000 * i / 44_100);
        }
        Prompt prompt = PromptFile.decode(wav(44_100, 1, 1, 16, high), OPUS);
        double total = total(prompt.samples(), 800, 7_200);
        assertThat(10 * Math.log10(total / POWER)).isLessThan(-65);
    }

    @Test
    @DisplayName("is Ogg Opus, cut where it says: exactly as many samples as went in")
    void readsOggOpus() throws UnusablePrompt {
        byte[] file = oggOpus(sine(48_000, 1.234));
        Prompt prompt = PromptFile.decode(ByteBuffer.wrap(file), OPUS);
        assertThat(prompt.length()).isEqualTo((int) (8_000 * 1.234));
        assertThat(power(prompt.samples(), HERTZ, 800, 9_000)).isGreaterThan(POWER * 0.7);
    }

    @Test
    @DisplayName("is refused where it cannot be decoded whole, with the reason")
    void refusesOthers() {
        byte[] good = bytes(wav(8_000, 1, 1, 16, sine(8_000, 1)));
        refused(Arrays.copyOf(good, good.length - 10), "cut off");
        refused(Arrays.copyOf(good, 30), "cut off");
        refused("ID3\3mp3 it is".getBytes(StandardCharsets.ISO_8859_1), "neither WAV nor Ogg");
        refused(new byte[0], "neither WAV nor Ogg");
        refused(bytes(wav(8_000, 1, 1, 16, new double[0])), "no sound");
        refused(bytes(wav(96_000, 1, 1, 16, sine(96_000, 0.1))), "96000 samples a second");
        refused(bytes(wav(8_000, 1, 85, 16, sine(8_000, 0.1))), "format 85");
        refused(bytes(wav(8_000, 1, 1, 8, new double[8_000 * 601])), "longer than 10 minutes");
        byte[] ogg = oggOpus(sine(48_000, 1));
        refused(Arrays.copyOf(ogg, ogg.length - 3), "cut off");
        byte[] broken = ogg.clone();
        broken[ogg.length - 3] ^= 1;
        refused(broken, "cut off");
        assertThatThrownBy(() -> PromptFile.read(Path.of("/nowhere/hold.wav"), OPUS))
                .isInstanceOf(UnusablePrompt.class)
                .hasMessage("does not exist");
    }

    @Test
    @DisplayName("never breaks the reader, whatever its bytes")
    void neverBreaks() {
        Random random = new Random(42);
        byte[] wav = bytes(wav(44_100, 2, 1, 24, sine(44_100, 0.05)));
        byte[] ogg = oggOpus(sine(48_000, 0.1));
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] file = (i % 2 == 0 ? wav : ogg).clone();
            for (int change = 0; change < 4; change++) {
                file[random.nextInt(Math.min(file.length, 120))] = (byte) random.nextInt();
            }
            try {
                assertThat(PromptFile.decode(ByteBuffer.wrap(file), OPUS).length()).isPositive();
            } catch (UnusablePrompt expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private static void refused(byte[] file, String reason) {
        assertThatThrownBy(() -> PromptFile.decode(ByteBuffer.wrap(file), OPUS))
                .isInstanceOf(UnusablePrompt.class)
                .hasMessageContaining(reason);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    private static double[] sine(int rate, double seconds) {
        double[] sine = new double[(int) (rate * seconds)];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = PEAK * Math.sin(2 * Math.PI * HERTZ * i / rate);
        }
        return sine;
    }

    private static ByteBuffer wav(int rate, int channels, int tag, int bits, double[] mono) {
        int frame = channels * bits / 8;
        ByteBuffer file =
                ByteBuffer.allocate(52 + mono.length * frame).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) tag).putShort((short) channels).putInt(rate).putInt(rate * frame);
        file.putShort((short) frame).putShort((short) bits);
        file.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(mono.length * frame);
        for (double sample : mono) {
            for (int channel = 0; channel < channels; channel++) {
                put(file, tag, bits, sample);
            }
        }
        return file.flip().order(ByteOrder.BIG_ENDIAN);
    }

    private static void put(ByteBuffer file, int tag, int bits, double sample) {
        short linear = (short) Math.round(sample * 32_767);
        if (tag == 6 || tag == 7) {
            file.put(tag == 6 ? G711.toAlaw(linear) : G711.toUlaw(linear));
        } else if (tag == 3 && bits == 32) {
            file.putFloat((float) sample);
        } else if (tag == 3) {
            file.putDouble(sample);
        } else if (bits == 8) {
            file.put((byte) Math.round(sample * 127 + 128));
        } else {
            long value = Math.round(sample * ((1L << (bits - 1)) - 1));
            for (int i = 0; i < bits; i += 8) {
                file.put((byte) (value >> i));
            }
        }
    }

    private static byte[] oggOpus(double[] samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OggPages pages = new OggPages(7);
        ByteBuffer head = new OpusHead(1, 312, 48_000, 1).write();
        ByteBuffer simple = head.slice(0, 19).put(18, (byte) 0);
        pages.add(simple);
        write(out, pages.page(0, false));
        pages.add(OpusHead.tags("test"));
        write(out, pages.page(0, false));
        try (OpusEncoder encoder =
                OPUS.encoder(48_000, OpusTuning.VOICE.withBitsPerSecond(64_000))) {
            short[] frame = new short[960];
            ByteBuffer packet = ByteBuffer.allocate(OpusEncoder.BYTES_MAX);
            for (int at = 0; at < samples.length + 312; at += 960) {
                for (int i = 0; i < 960; i++) {
                    double sample = at + i < samples.length ? samples[at + i] : 0;
                    frame[i] = (short) Math.round(sample * 32_767);
                }
                packet.clear();
                int bytes = encoder.encode(frame, 0, 960, packet);
                assertThat(bytes).isPositive();
                pages.add(packet.flip());
                boolean last = at + 960 >= samples.length + 312;
                if (last || at / 960 % 20 == 19) {
                    long granule = last ? samples.length + 312 : at + 960;
                    write(out, pages.page(granule, last));
                }
            }
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, ByteBuffer page) {
        out.writeBytes(bytes(page));
    }

    private static double power(short[] samples, double hertz, int from, int until) {
        double factor = 2 * Math.cos(2 * Math.PI * hertz / Prompt.RATE);
        double last = 0;
        double before = 0;
        for (int i = from; i < until; i++) {
            double next = samples[i] + factor * last - before;
            before = last;
            last = next;
        }
        double squared = last * last + before * before - factor * last * before;
        double count = until - from;
        return 2 * squared / count / count;
    }

    private static double total(short[] samples, int from, int until) {
        double sum = 0;
        for (int i = from; i < until; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum / (until - from);
    }
}
