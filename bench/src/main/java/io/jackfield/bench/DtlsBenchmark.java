package io.jackfield.bench;

import io.jackfield.media.dtls.DtlsCertificate;
import io.jackfield.media.dtls.DtlsEngine;
import io.jackfield.media.dtls.DtlsEvents;
import io.jackfield.media.dtls.DtlsFilter;
import io.jackfield.media.dtls.DtlsHandshake;
import io.jackfield.media.dtls.DtlsResult;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.media.dtls.DtlsSettings;
import io.jackfield.protocol.sdp.Fingerprint;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the first sound of a call waits for: our second flight after the server's first. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DtlsBenchmark {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DtlsEngine engine = engine();
    private final DtlsEngine peerEngine = engine();
    private End client = new End();
    private End server = new End();
    private ByteBuffer serverFlight = ByteBuffer.allocate(0);

    private static DtlsEngine engine() {
        return new DtlsEngine(
                DtlsCertificate.generate(RANDOM, Instant.now()), DtlsSettings.DEFAULT, RANDOM);
    }

    @Setup(Level.Invocation)
    public void helloes() throws InterruptedException {
        client = new End();
        server = new End();
        server.start(peerEngine, DtlsRole.SERVER, engine.fingerprint());
        client.start(engine, DtlsRole.CLIENT, peerEngine.fingerprint());
        server.offer(client.next());
        ByteBuffer first = server.next();
        if (first.remaining() < 200) { // HelloVerifyRequest
            client.offer(first);
            server.offer(client.next());
            first = server.next();
        }
        serverFlight = first;
    }

    /** Certificate, key exchange, two signatures, keys. */
    @Benchmark
    public ByteBuffer secondFlight() throws InterruptedException {
        client.offer(serverFlight);
        return client.next();
    }

    @TearDown(Level.Invocation)
    public void end() {
        client.close();
        server.close();
    }

    /** One side, whose datagrams go nowhere by themselves. */
    private static final class End implements DtlsEvents {
        private final LinkedBlockingQueue<ByteBuffer> sent = new LinkedBlockingQueue<>();
        private DtlsHandshake handshake = new Nobody();

        void start(DtlsEngine engine, DtlsRole role, Fingerprint expected) {
            handshake =
                    engine.start(role, List.of(expected), this, System.nanoTime()).orElseThrow();
            handshake.release();
        }

        void offer(ByteBuffer datagram) {
            var _ = handshake.offer(datagram, System.nanoTime());
        }

        ByteBuffer next() throws InterruptedException {
            ByteBuffer datagram = sent.poll(5, TimeUnit.SECONDS);
            if (datagram == null) {
                throw new IllegalStateException("the handshake hangs");
            }
            return datagram;
        }

        void close() {
            handshake.close();
        }

        @Override
        public void send(ByteBuffer datagram) {
            sent.add(datagram);
        }

        @Override
        public void result(DtlsResult result) {}
    }

    /** Before the start. */
    private static final class Nobody implements DtlsHandshake {
        @Override
        public DtlsFilter offer(ByteBuffer datagram, long nowNanos) {
            return DtlsFilter.CLOSED;
        }

        @Override
        public void release() {}

        @Override
        public void close() {}
    }
}
