package io.jackfield.media.dtls;

import io.jackfield.protocol.sdp.Fingerprint;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Two ends of an association, each sending straight into the other's queue. */
final class DtlsPair {
    static final SecureRandom RANDOM = new SecureRandom();

    /** One end. */
    static final class End implements DtlsEvents {
        final DtlsEngine engine;
        final BlockingQueue<DtlsResult> results = new LinkedBlockingQueue<>();
        final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
        volatile UnaryOperator<ByteBuffer> path = UnaryOperator.identity();
        volatile DtlsHandshake handshake;
        volatile End other;

        End(DtlsSettings settings) {
            this(settings, DtlsCertificate.generate(RANDOM, Instant.now()));
        }

        End(DtlsSettings settings, DtlsCertificate certificate) {
            engine = new DtlsEngine(certificate, settings, RANDOM);
        }

        /** Under the lock: the peer's answer may be here before the handshake is assigned. */
        synchronized void start(DtlsRole role, Fingerprint expected) {
            handshake =
                    engine.start(role, List.of(expected), this, System.nanoTime()).orElseThrow();
            handshake.release();
        }

        @Override
        public void send(ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(datagram.position(), copy);
            sent.add(copy);
            ByteBuffer through = path.apply(datagram);
            if (through.hasRemaining() && other != null) {
                DtlsFilter _ = deliver(other, through);
            }
        }

        @Override
        public void result(DtlsResult result) {
            results.add(result);
        }

        DtlsResult await() throws InterruptedException {
            DtlsResult result = results.poll(15, TimeUnit.SECONDS);
            if (result == null) {
                throw new AssertionError("no result in time");
            }
            return result;
        }
    }

    final End client;
    final End server;

    DtlsPair(DtlsSettings clientSettings, DtlsSettings serverSettings) {
        this(new End(clientSettings), new End(serverSettings));
    }

    DtlsPair(End client, End server) {
        this.client = client;
        this.server = server;
        client.other = server;
        server.other = client;
    }

    /** Both know the other's true fingerprint. */
    static DtlsPair started(DtlsSettings clientSettings, DtlsSettings serverSettings) {
        DtlsPair pair = new DtlsPair(clientSettings, serverSettings);
        pair.server.start(DtlsRole.SERVER, pair.client.engine.fingerprint());
        pair.client.start(DtlsRole.CLIENT, pair.server.engine.fingerprint());
        return pair;
    }

    /** The guard belongs to one thread; here two may deliver (tests inject), so one at a time. */
    static DtlsFilter deliver(End to, ByteBuffer datagram) {
        synchronized (to) {
            return to.handshake == null
                    ? DtlsFilter.CLOSED
                    : to.handshake.offer(datagram, System.nanoTime());
        }
    }

    void close() {
        client.handshake.close();
        server.handshake.close();
    }
}
