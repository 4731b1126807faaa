package io.jackfield.bench;

import io.jackfield.media.audio.JitterBuffer;
import io.jackfield.media.audio.JitterLimits;
import io.jackfield.media.audio.Mixer;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.G711Decoder;
import io.jackfield.media.codec.G722Decoder;
import io.jackfield.media.codec.G722Encoder;
import io.jackfield.media.resampler.Resampler;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One frame of 20 ms, or one step of the mixer, which is a frame for each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AudioBenchmark {
    private static final long FRAME_NANOS = 20_000_000L;

    private final short[] narrow = Sounds.voice(8_000);
    private final short[] wide = Sounds.voice(16_000);
    private final short[] full = Sounds.voice(48_000);
    private final short[] out = new short[9_600];

    private final Resampler narrowToFull = new Resampler(8_000, 48_000);
    private final Resampler fullToNarrow = new Resampler(48_000, 8_000);
    private final Resampler narrowToWide = new Resampler(8_000, 16_000);
    private final Resampler wideToNarrow = new Resampler(16_000, 8_000);
    private final Resampler wideToFull = new Resampler(16_000, 48_000);
    private final Resampler fullToWide = new Resampler(48_000, 16_000);

    private final Mixer three = new Mixer(Mixer.SAMPLE_RATE, 320);
    private final Mixer ten = new Mixer(Mixer.SAMPLE_RATE, 320);

    private final G722Encoder g722 = new G722Encoder();
    private final G722Decoder fromG722 = new G722Decoder();
    private final ByteBuffer payload = ByteBuffer.allocateDirect(160);
    private final ByteBuffer g711 = ByteBuffer.allocateDirect(160);

    private final G711Decoder concealing = new G711Decoder(G711.Law.ALAW);
    private final JitterBuffer jitter =
            new JitterBuffer(new G711Decoder(G711.Law.ALAW), JitterLimits.USUAL, 1);
    private int packet;

    @Setup
    public void setUp() {
        for (int i = 0; i < 3; i++) {
            three.join().orElseThrow();
        }
        for (int i = 0; i < 10; i++) {
            ten.join().orElseThrow();
        }
        for (int i = 0; i < 160; i++) {
            g711.put(G711.toAlaw(narrow[1_000 + i]));
        }
        g711.flip();
        concealing.decode(g711, out, 0);
    }

    @Benchmark
    public int resample8To48() {
        return narrowToFull.process(narrow, 0, 160, out, 0);
    }

    @Benchmark
    public int resample48To8() {
        return fullToNarrow.process(full, 0, 960, out, 0);
    }

    @Benchmark
    public int resample8To16() {
        return narrowToWide.process(narrow, 0, 160, out, 0);
    }

    @Benchmark
    public int resample16To8() {
        return wideToNarrow.process(wide, 0, 320, out, 0);
    }

    @Benchmark
    public int resample16To48() {
        return wideToFull.process(wide, 0, 320, out, 0);
    }

    @Benchmark
    public int resample48To16() {
        return fullToWide.process(full, 0, 960, out, 0);
    }

    @Benchmark
    public short mixThree() {
        return mix(three, 3);
    }

    @Benchmark
    public short mixTen() {
        return mix(ten, 10);
    }

    private short mix(Mixer mixer, int count) {
        mixer.begin();
        for (int place = 0; place < count; place++) {
            mixer.say(place, wide, place * 320);
        }
        for (int place = 0; place < count; place++) {
            mixer.hear(place, out, 0);
        }
        return out[0];
    }

    @Benchmark
    public int encodeG722() {
        payload.clear();
        return g722.encode(wide, 3_200, 320, payload);
    }

    @Benchmark
    public int decodeG722() {
        return fromG722.decode(g711, out, 0);
    }

    /** The first 20 ms of a loss, where the pitch is looked for, and the blend after it. */
    @Benchmark
    public int concealG711() {
        concealing.conceal(out, 0, 160);
        return concealing.decode(g711, out, 0);
    }

    /** A packet in and a frame out. */
    @Benchmark
    public short jitterBuffer() {
        long now = packet * FRAME_NANOS;
        jitter.put(packet & 0xFFFF, packet * 160, g711, now);
        packet++;
        jitter.take(out, 0, 160, now + FRAME_NANOS / 2);
        return out[0];
    }
}
