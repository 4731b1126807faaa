package io.jackfield.media.content;

import io.jackfield.media.pipeline.SoundSource;
import io.jackfield.media.resampler.Resampler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is said in a test: a tone, a chirp, then sentences by eSpeak NG. */
public record Voice(short[] samples) {
    static final int RATE = 16_000;

    private static final double LEVEL = 0.25;
    private static final int SILENCE_MILLIS = 300;

    static final double TONE_HERTZ = 1_000;
    static final int TONE_AT_MILLIS = SILENCE_MILLIS;
    static final int TONE_MILLIS = 600;

    static final int CHIRP_AT_MILLIS = TONE_AT_MILLIS + TONE_MILLIS + SILENCE_MILLIS;
    static final int CHIRP_MILLIS = 2_000;
    static final double CHIRP_HERTZ_PER_SECOND = 1_450;
    private static final double LOW_HERTZ = 300;

    static final int SPEECH_AT_MILLIS = CHIRP_AT_MILLIS + CHIRP_MILLIS + SILENCE_MILLIS;
    private static final int SPEECH_AT = RATE / 1_000 * SPEECH_AT_MILLIS;

    private static final String SENTENCES =
            "Good morning, you are number three in the queue. Please hold the line, my colleague"
                    + " will call you back at half past five. The invoice of the ninth of July was"
                    + " paid on Thursday, with thanks.";

    /** Empty where eSpeak NG or sox is missing. */
    public static Optional<Voice> spoken(Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("said.wav");
        Path raw = folder.resolve("said.raw");
        boolean there =
                run("espeak-ng", "-v", "en-us", "-s", "150", "-w", said.toString(), SENTENCES)
                        && run(
                                "sox",
                                said.toString(),
                                "-t",
                                "raw",
                                "-r",
                                "16000",
                                "-e",
                                "signed",
                                "-b",
                                "16",
                                "-c",
                                "1",
                                raw.toString(),
                                "gain",
                                "-n",
                                "-6");
        if (!there) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
        short[] speech = new short[bytes.remaining() / 2];
        bytes.asShortBuffer().get(speech);
        int silence = RATE * SILENCE_MILLIS / 1_000;
        int chirp = RATE * CHIRP_MILLIS / 1_000;
        short[] all = new short[SPEECH_AT + speech.length + silence()];
        tone(all);
        chirp(all);
        System.arraycopy(speech, 0, all, SPEECH_AT, speech.length);
        return Optional.of(new Voice(all));
    }

    private static int samples(int millis) {
        return RATE / 1_000 * millis;
    }

    private static int silence() {
        return samples(SILENCE_MILLIS);
    }

    private static void tone(short[] into) {
        for (int i = 0; i < samples(TONE_MILLIS); i++) {
            into[silence() + i] = sine(2 * Math.PI * TONE_HERTZ * i / RATE);
        }
    }

    private static void chirp(short[] into) {
        for (int i = 0; i < samples(CHIRP_MILLIS); i++) {
            double t = (double) i / RATE;
            double phase = 2 * Math.PI * (LOW_HERTZ * t + CHIRP_HERTZ_PER_SECOND * t * t / 2);
            into[samples(CHIRP_AT_MILLIS) + i] = sine(phase);
        }
    }

    private static short sine(double phase) {
        return (short) (LEVEL * Short.MAX_VALUE * Math.sin(phase));
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    public int millis() {
        return samples.length / (RATE / 1_000);
    }

    /** The same at 8 kHz. */
    public short[] narrow() {
        return to8000(samples);
    }

    static short[] to8000(short[] wide) {
        Resampler resampler = new Resampler(RATE, 8_000);
        short[] out = new short[resampler.outputMax(wide.length)];
        int count = resampler.process(wide, 0, wide.length, out, 0);
        return java.util.Arrays.copyOf(out, count);
    }

    /** Says it once. */
    public SoundSource once() {
        return new SoundSource() {
            private int at;

            @Override
            public int sampleRate() {
                return RATE;
            }

            @Override
            public boolean take(short[] pcm, int count, long nowNanos) {
                if (at + count > samples.length) {
                    return false;
                }
                System.arraycopy(samples, at, pcm, 0, count);
                at += count;
                return true;
            }
        };
    }
}
