package io.jackfield.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jackfield.media.audio.SoundMeter;
import io.jackfield.media.codec.Signals;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The quality echo")
class QualityEchoTest {
    private final BridgeBench bench =
            new BridgeBench(
                    Codec.OPUS, Codec.OPUS, NetworkConditions.PERFECT, new Seed(20_261_123));
    private final QualityEcho echo = connect();

    private QualityEcho connect() {
        Hearer hearer =
                QualityEcho.connect(
                        Hearer.NOBODY,
                        BridgeBench.map(Codec.OPUS, 96),
                        bench.stream,
                        BridgeBench.CODECS);
        bench.hearer = hearer;
        return (QualityEcho) hearer;
    }

    @Test
    @DisplayName("plays back what was said two seconds later, to its end, and then nothing")
    void later() {
        int rate = bench.spokenRate();
        bench.say(Signals.voice(rate, rate, 1));
        short[] tone = bench.say(Signals.sine(rate, 700, 0.25, rate));
        assertThat(Signals.strength(tone, 0, rate, rate, 700)).isLessThan(0.01);
        short[] heard = bench.pause(250);
        double level = Signals.strength(heard, rate * 13 / 10, rate * 18 / 10, rate, 700);
        assertThat(Signals.decibels(level / 0.25)).isCloseTo(0, within(1.0));
        assertThat(Signals.strength(heard, 0, rate, rate, 700)).isLessThan(0.02);
        int sent = bench.left.size();
        bench.pause(100);
        assertThat(bench.left).hasSize(sent);
    }

    @Test
    @DisplayName("measures how loud speech and the room around it are, and what clips")
    void levels() {
        int rate = bench.spokenRate();
        short[] room = Signals.noise(rate * 4, 33, 1);
        bench.say(room);
        short[] speech = Signals.sine(rate, 400, 0.25, rate * 4);
        bench.say(speech);
        SoundMeter meter = echo.meter();
        assertThat(meter.heardMillis()).isBetween(7_900L, 8_000L);
        assertThat(meter.speechDecibels()).isCloseTo(-15, within(1.0));
        // Opus makes noise somewhat quieter.
        assertThat(meter.noiseFloorDecibels()).isCloseTo(-60, within(6.0));
        assertThat(meter.peakDecibels()).isCloseTo(-12, within(2.0));
        assertThat(meter.clippedShare()).isZero();
        short[] square = new short[rate * 2];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        bench.say(square);
        assertThat(meter.clippedShare()).isGreaterThan(0.01);
    }
}
