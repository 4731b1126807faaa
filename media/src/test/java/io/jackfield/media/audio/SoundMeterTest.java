package io.jackfield.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jackfield.media.codec.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The measure of a line by its sound")
class SoundMeterTest {
    private static final int RATE = 16_000;
    private static final int FRAME = RATE / 50;
    private static final int SECONDS = 20;

    private final SoundMeter meter = new SoundMeter();

    /** Two seconds of speech, two of listening; what is said is played two seconds later. */
    private void talk(double echoDecibels, int echoDelayMillis) {
        short[] speech = Signals.voice(RATE, RATE * SECONDS, 3);
        short[] room = Signals.noise(RATE * SECONDS, 20, 5);
        int back = RATE * 2;
        int delay = RATE * echoDelayMillis / 1_000;
        double ratio = Decibels.ratio(echoDecibels);
        short[] said = new short[RATE * SECONDS];
        short[] played = new short[RATE * SECONDS];
        for (int i = 0; i < said.length; i++) {
            int own = i / back % 2 == 0 ? speech[i] : 0;
            double returned = i < delay ? 0 : ratio * played[i - delay];
            said[i] = (short) Math.round(own + room[i] + returned);
            if (i + back < played.length) {
                played[i + back] = said[i];
            }
        }
        for (int at = 0; at < said.length; at += FRAME) {
            meter.hear(
                    Arrays.copyOfRange(said, at, at + FRAME),
                    Arrays.copyOfRange(played, at, at + FRAME),
                    FRAME);
        }
    }

    @Test
    @DisplayName("finds no echo where none comes back")
    void noEcho() {
        talk(Double.NEGATIVE_INFINITY, 0);
        assertThat(meter.echo()).isEmpty();
        assertThat(meter.noiseFloorDecibels()).isCloseTo(-64.3, within(2.0));
    }

    @Test
    @DisplayName("finds an echo louder than the room, how much quieter it is, and when it comes")
    void echo() {
        talk(-20, 170);
        SoundMeter.Echo echo = meter.echo().orElseThrow();
        assertThat(echo.delayMillis()).isBetween(150, 190);
        assertThat(echo.lossDecibels()).isCloseTo(20, within(3.0));
    }

    @Test
    @DisplayName("finds nothing where too little was played")
    void tooLittle() {
        short[] silence = new short[FRAME];
        for (int i = 0; i < 500; i++) {
            meter.hear(silence, silence, FRAME);
        }
        assertThat(meter.echo()).isEmpty();
        assertThat(meter.speechDecibels()).isEqualTo(-96);
        assertThat(meter.peakDecibels()).isEqualTo(-96);
    }
}
