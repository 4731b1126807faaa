package io.jackfield.bench;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.G711Decoder;
import io.jackfield.media.codec.G711Encoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.codec.OpusEncoder;
import io.jackfield.media.codec.OpusTuning;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One frame of 20 ms at 24 kbit/s, complexity 5. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class OpusBenchmark {
    private static final int FRAMES = 50;

    @Param({"libopus", "concentus"})
    public String library = "";

    @Param({"8000", "48000"})
    public int rate;

    private Opus opus = Opus.pureJava();
    private short[] voice = {};
    private short[] pcm = {};
    private final ByteBuffer[] packets = new ByteBuffer[FRAMES];
    private final ByteBuffer out = ByteBuffer.allocateDirect(OpusEncoder.BYTES_MAX);
    private OpusEncoder encoder = opus.encoder(8_000, OpusTuning.VOICE);
    private AudioDecoder decoder = opus.decoder(8_000);
    private final G711Encoder alaw = new G711Encoder(G711.Law.ALAW);
    private final G711Decoder fromAlaw = new G711Decoder(G711.Law.ALAW);
    private final ByteBuffer g711 = ByteBuffer.allocateDirect(1_600);
    private int frame;

    @Setup
    public void setUp() {
        opus = library.equals("libopus") ? Opus.best() : Opus.pureJava();
        System.out.println("# " + opus.version());
        voice = Sounds.voice(rate);
        encoder = opus.encoder(rate, OpusTuning.VOICE);
        decoder = opus.decoder(rate);
        pcm = new short[decoder.frameSamplesMax()];
        for (int i = 0; i < FRAMES; i++) {
            out.clear();
            encoder.encode(voice, i * rate / 50, rate / 50, out);
            packets[i] = ByteBuffer.allocateDirect(out.position()).put(out.flip()).flip();
        }
    }

    @TearDown
    public void tearDown() {
        encoder.close();
        decoder.close();
    }

    private int next() {
        frame = frame + 1 == FRAMES ? 0 : frame + 1;
        return frame;
    }

    @Benchmark
    public int encode() {
        out.clear();
        return encoder.encode(voice, next() * rate / 50, rate / 50, out);
    }

    @Benchmark
    public int decode() {
        return decoder.decode(packets[next()], pcm, 0);
    }

    /** Both directions of a call between Opus and G.711; at 8 kHz without a resampler. */
    @Benchmark
    public int transcodeBothWays() {
        int samples = decoder.decode(packets[next()], pcm, 0);
        g711.clear();
        alaw.encode(pcm, 0, Math.min(samples, 160), g711);
        g711.flip();
        fromAlaw.decode(g711, pcm, 0);
        out.clear();
        return samples + encoder.encode(pcm, 0, rate / 50, out);
    }

    /** A call's beginning and end. */
    @Benchmark
    public int openAndClose() {
        try (OpusEncoder one = opus.encoder(rate, OpusTuning.VOICE);
                AudioDecoder other = opus.decoder(rate)) {
            return one.sampleRate() + other.sampleRate();
        }
    }
}
