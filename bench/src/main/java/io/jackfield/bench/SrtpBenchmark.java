package io.jackfield.bench;

import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.srtp.SrtpKeys;
import io.jackfield.protocol.srtp.SrtpOutcome;
import io.jackfield.protocol.srtp.SrtpProfile;
import io.jackfield.protocol.srtp.SrtpReceiver;
import io.jackfield.protocol.srtp.SrtpSender;
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
import org.openjdk.jmh.annotations.Warmup;

/** One packet with 160 bytes of payload. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SrtpBenchmark {
    private static final int BYTES = RtpPacket.HEADER_BYTES + 160;

    @Param({"AES128_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM"})
    public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    private final ByteBuffer packet = ByteBuffer.allocate(BYTES + 64);
    private SrtpSender sender = new SrtpSender(keys());
    private SrtpReceiver receiver = new SrtpReceiver(keys());
    private int sequence;

    private SrtpKeys keys() {
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return new SrtpKeys(profile, key, salt);
    }

    @Setup
    public void setUp() {
        sender = new SrtpSender(keys());
        receiver = new SrtpReceiver(keys());
    }

    private SrtpOutcome protectNext() {
        packet.clear().limit(BYTES);
        packet.put(0, (byte) 0x80).put(1, (byte) 0);
        packet.putShort(2, (short) sequence++);
        packet.putInt(4, sequence * 160).putInt(8, 0x12345678);
        return accepted(sender.protect(packet));
    }

    /** A refusal would be quick, and measured for nothing. */
    private static SrtpOutcome accepted(SrtpOutcome outcome) {
        if (outcome != SrtpOutcome.ACCEPTED) {
            throw new IllegalStateException(outcome.toString());
        }
        return outcome;
    }

    @Benchmark
    public SrtpOutcome protect() {
        return protectNext();
    }

    @Benchmark
    public SrtpOutcome protectAndUnprotect() {
        protectNext();
        return accepted(receiver.unprotect(packet));
    }
}
