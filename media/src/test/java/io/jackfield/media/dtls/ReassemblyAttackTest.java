package io.jackfield.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Nine datagrams of 26 bytes that claim 16 MiB each (CVE-2026-59646)")
class ReassemblyAttackTest {
    private static final int CLAIM = 0xFF_FFFF;
    private static final DtlsSettings SETTINGS =
            new DtlsSettings(
                    DtlsSettings.DEFAULT.profiles(),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    1);

    private static final GuardedCrypto CRYPTO = new GuardedCrypto(DtlsPair.RANDOM);
    private static final DtlsIdentity IDENTITY =
            new DtlsIdentity(CRYPTO, DtlsCertificate.generate(DtlsPair.RANDOM, Instant.now()));

    /** Classes loaded on first use would count as well. */
    @BeforeAll
    static void warmUp() {
        underGuard(List.of());
        withoutGuard(List.of());
    }

    private static List<ByteBuffer> attack() {
        return IntStream.range(0, 9)
                .mapToObj(i -> Records.handshake(Records.CLIENT_HELLO, CLAIM, i, 0, new byte[1]))
                .toList();
    }

    @Test
    @DisplayName("are 234 bytes on the wire")
    void theAttackIsSmall() {
        assertThat(attack()).allSatisfy(d -> assertThat(d.remaining()).isEqualTo(26));
    }

    @Test
    @DisplayName("make Bouncy Castle 1.84 by itself allocate more than 100 MB")
    void allocatesWithoutGuard() {
        assertThat(withoutGuard(attack())).isGreaterThan(100_000_000L);
    }

    @Test
    @DisplayName("cost less than 1 MB behind the guard, and are all refused")
    void boundedByTheGuard() {
        List<DtlsFilter> verdicts = new ArrayList<>();
        assertThat(underGuard(attack(), verdicts)).isLessThan(1_000_000L);
        assertThat(verdicts).hasSize(9).containsOnly(DtlsFilter.MESSAGE_TOO_LONG);
    }

    @Test
    @DisplayName("cost less than 2 MB even when each claims just what the guard allows")
    void boundedAtTheBounds() {
        List<ByteBuffer> modest = new ArrayList<>();
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int sequence = attempt % DtlsRecordGuard.MESSAGES_MAX;
            modest.add(
                    Records.handshake(
                            Records.CLIENT_HELLO,
                            DtlsRecordGuard.MESSAGE_BYTES_MAX,
                            sequence,
                            0,
                            new byte[1]));
        }
        assertThat(underGuard(modest)).isLessThan(2_000_000L);
    }

    private static long underGuard(List<ByteBuffer> datagrams) {
        return underGuard(datagrams, new ArrayList<>());
    }

    /** The association as it runs for a call, on this thread so that its garbage can be counted. */
    private static long underGuard(List<ByteBuffer> datagrams, List<DtlsFilter> verdicts) {
        DtlsEvents nobody =
                new DtlsEvents() {
                    @Override
                    public void send(ByteBuffer datagram) {}

                    @Override
                    public void result(DtlsResult result) {
                        assertThat(result)
                                .isInstanceOfSatisfying(
                                        DtlsResult.Failed.class,
                                        f ->
                                                assertThat(f.cause())
                                                        .isEqualTo(DtlsResult.Cause.TIMEOUT));
                    }
                };
        DtlsAssociation association =
                new DtlsAssociation(
                        DtlsRole.SERVER, CRYPTO, IDENTITY, SETTINGS, List.of(), nobody, _ -> {}, 0);
        association.release();
        datagrams.forEach(d -> verdicts.add(association.offer(d, 0)));
        return allocatedBy(association);
    }

    /** The same server, the same queue, no guard. */
    private static long withoutGuard(List<ByteBuffer> datagrams) {
        FlightTransport transport = new FlightTransport(_ -> {});
        transport.release();
        datagrams.forEach(d -> assertThat(transport.offer(d)).isTrue());
        SrtpServer server =
                new SrtpServer(
                        CRYPTO,
                        IDENTITY,
                        new SrtpNegotiation(DtlsRole.SERVER, SETTINGS.profiles(), List.of()),
                        new HandshakeTiming(Duration.ofSeconds(1), Duration.ofMillis(500)));
        return allocatedBy(() -> acceptUntilTimeout(server, transport));
    }

    private static void acceptUntilTimeout(SrtpServer server, FlightTransport transport) {
        try {
            new DTLSServerProtocol().accept(server, transport);
            throw new AssertionError("a handshake out of nothing");
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("timed out");
        }
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
