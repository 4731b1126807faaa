package io.jackfield.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.srtp.SrtpKeys;
import io.jackfield.protocol.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A DTLS-SRTP association (RFC 5764, RFC 8827 §6.5)")
@Timeout(30)
class DtlsHandshakeTest {
    private static final DtlsSettings SETTINGS = DtlsSettings.DEFAULT;
    private static final DtlsSettings IMPATIENT =
            new DtlsSettings(SETTINGS.profiles(), Duration.ofSeconds(1), Duration.ofMillis(50), 10);

    /** Sends nothing twice, however slow the machine is. */
    private static final DtlsSettings CALM =
            new DtlsSettings(
                    SETTINGS.profiles(), Duration.ofSeconds(20), Duration.ofSeconds(20), 10);

    /** For the end that has to wait in vain; the other has done its part long before. */
    private static final DtlsSettings WAITING =
            new DtlsSettings(SETTINGS.profiles(), Duration.ofSeconds(3), Duration.ofMillis(50), 10);

    private static final Instant NOW = Instant.now();
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static DtlsSettings profiles(SrtpProfile... profiles) {
        return new DtlsSettings(
                List.of(profiles), Duration.ofSeconds(5), Duration.ofMillis(50), 10);
    }

    private static DtlsResult.Established established(DtlsPair.End end) throws Exception {
        DtlsResult result = end.await();
        assertThat(result).isInstanceOf(DtlsResult.Established.class);
        return (DtlsResult.Established) result;
    }

    private static DtlsResult.Failed failed(DtlsPair.End end) throws Exception {
        DtlsResult result = end.await();
        assertThat(result).isInstanceOf(DtlsResult.Failed.class);
        return (DtlsResult.Failed) result;
    }

    private static void assertSame(SrtpKeys a, SrtpKeys b) {
        assertThat(a.profile()).isEqualTo(b.profile());
        assertThat(a.masterKey()).isEqualTo(b.masterKey());
        assertThat(a.masterSalt()).isEqualTo(b.masterSalt());
    }

    /** Lets nothing through the first so many times. */
    private static UnaryOperator<ByteBuffer> losingFirst(int datagrams) {
        AtomicInteger left = new AtomicInteger(datagrams);
        return d -> left.getAndDecrement() > 0 ? NOTHING : d;
    }

    @Nested
    @DisplayName("that goes well")
    class Established {
        @ParameterizedTest
        @EnumSource(
                value = SrtpProfile.class,
                names = {"AEAD_AES_128_GCM", "AEAD_AES_256_GCM", "AES128_CM_HMAC_SHA1_80"})
        @DisplayName("gives both ends the same two sets of keys, crosswise (RFC 5764 §4.2)")
        void sameKeys(SrtpProfile profile) throws Exception {
            DtlsPair pair = DtlsPair.started(profiles(profile), profiles(profile));
            DtlsResult.Established client = established(pair.client);
            DtlsResult.Established server = established(pair.server);
            assertSame(client.send(), server.receive());
            assertSame(server.send(), client.receive());
            assertThat(client.send().profile()).isEqualTo(profile);
            assertThat(client.send().masterKey()).isNotEqualTo(server.send().masterKey());
            assertThat(client.cipher()).startsWith("TLS_ECDHE_ECDSA_WITH_");
            pair.close();
        }

        @Test
        @DisplayName("takes the server's preference among the profiles offered")
        void serverPreference() throws Exception {
            DtlsPair pair =
                    DtlsPair.started(
                            profiles(
                                    SrtpProfile.AES128_CM_HMAC_SHA1_80,
                                    SrtpProfile.AEAD_AES_128_GCM),
                            profiles(
                                    SrtpProfile.AEAD_AES_128_GCM,
                                    SrtpProfile.AES128_CM_HMAC_SHA1_80));
            assertThat(established(pair.client).send().profile())
                    .isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
            pair.close();
        }

        @Test
        @DisplayName("sends whole flights: two datagrams from the server, two from the client")
        void wholeFlights() throws Exception {
            DtlsPair pair = DtlsPair.started(CALM, CALM);
            established(pair.client);
            established(pair.server);
            assertThat(pair.server.sent).hasSize(2);
            assertThat(pair.client.sent).hasSize(2);
            assertThat(pair.server.sent)
                    .allSatisfy(d -> assertThat(d.length).isLessThanOrEqualTo(1_200));
            pair.close();
        }

        @Test
        @DisplayName("survives the loss of each flight once (RFC 6347 §4.2.4)")
        void losses() throws Exception {
            DtlsPair pair = new DtlsPair(profiles(SrtpProfile.AEAD_AES_128_GCM), SETTINGS);
            pair.client.path = losingFirst(1);
            pair.server.path = losingFirst(1);
            pair.server.start(DtlsRole.SERVER, pair.client.engine.fingerprint());
            pair.client.start(DtlsRole.CLIENT, pair.server.engine.fingerprint());
            established(pair.client);
            established(pair.server);
            pair.close();
        }

        @Test
        @DisplayName("sends the last flight again when it got lost, after the server is done")
        void lastFlightLost() throws Exception {
            DtlsPair pair = new DtlsPair(profiles(SrtpProfile.AEAD_AES_128_GCM), SETTINGS);
            AtomicInteger datagrams = new AtomicInteger();
            pair.server.path = d -> datagrams.incrementAndGet() == 2 ? NOTHING : d;
            pair.server.start(DtlsRole.SERVER, pair.client.engine.fingerprint());
            pair.client.start(DtlsRole.CLIENT, pair.server.engine.fingerprint());
            established(pair.server);
            established(pair.client);
            assertThat(datagrams.get()).isGreaterThanOrEqualTo(3);
            pair.close();
        }

        @Test
        @DisplayName("tells when the peer closes it")
        void closedByPeer() throws Exception {
            DtlsPair pair = DtlsPair.started(SETTINGS, SETTINGS);
            established(pair.client);
            established(pair.server);
            pair.client.handshake.close();
            assertThat(pair.server.await()).isEqualTo(new DtlsResult.Closed("close_notify"));
            assertThat(DtlsPair.deliver(pair.client, Records.clearAlert(0)))
                    .isEqualTo(DtlsFilter.CLOSED);
            pair.close();
        }
    }

    @Nested
    @DisplayName("with the wrong certificate")
    class WrongCertificate {
        @Test
        @DisplayName("fails at the server, which gives no keys (RFC 8122 §5)")
        void atServer() throws Exception {
            DtlsPair pair = new DtlsPair(WAITING, SETTINGS);
            DtlsPair.End stranger = new DtlsPair.End(SETTINGS);
            pair.server.start(DtlsRole.SERVER, stranger.engine.fingerprint());
            pair.client.start(DtlsRole.CLIENT, pair.server.engine.fingerprint());
            assertThat(failed(pair.server).cause())
                    .isEqualTo(DtlsResult.Cause.FINGERPRINT_MISMATCH);
            DtlsResult.Failed client = failed(pair.client);
            assertThat(client.cause()).isEqualTo(DtlsResult.Cause.TIMEOUT);
            assertThat(client.detail()).contains("bad_certificate");
        }

        @Test
        @DisplayName("fails at the client, which gives no keys")
        void atClient() throws Exception {
            DtlsPair pair = new DtlsPair(SETTINGS, WAITING);
            DtlsPair.End stranger = new DtlsPair.End(SETTINGS);
            pair.server.start(DtlsRole.SERVER, pair.client.engine.fingerprint());
            pair.client.start(DtlsRole.CLIENT, stranger.engine.fingerprint());
            assertThat(failed(pair.client).cause())
                    .isEqualTo(DtlsResult.Cause.FINGERPRINT_MISMATCH);
            assertThat(failed(pair.server).cause()).isEqualTo(DtlsResult.Cause.TIMEOUT);
        }
    }

    @Nested
    @DisplayName("with somebody who shows the right certificate but has not its key")
    class StolenCertificate {
        private final DtlsCertificate own = DtlsCertificate.generate(DtlsPair.RANDOM, NOW);
        private final DtlsCertificate seen = DtlsCertificate.generate(DtlsPair.RANDOM, NOW);
        private final DtlsCertificate stolen =
                new DtlsCertificate(seen.der(), own.privateKey(), seen.notAfter());

        @Test
        @DisplayName("fails at the client, which gives no keys")
        void atClient() throws Exception {
            DtlsPair pair =
                    new DtlsPair(new DtlsPair.End(SETTINGS), new DtlsPair.End(WAITING, stolen));
            pair.server.start(DtlsRole.SERVER, pair.client.engine.fingerprint());
            pair.client.start(DtlsRole.CLIENT, seen.fingerprint());
            DtlsResult.Failed failure = failed(pair.client);
            assertThat(failure.cause()).isEqualTo(DtlsResult.Cause.PROTOCOL_VIOLATION);
            assertThat(failure.detail()).contains("not signed by its server");
            pair.close();
        }

        @Test
        @DisplayName("fails at the server, which gives no keys")
        void atServer() throws Exception {
            DtlsPair pair =
                    new DtlsPair(new DtlsPair.End(WAITING, stolen), new DtlsPair.End(SETTINGS));
            pair.server.start(DtlsRole.SERVER, seen.fingerprint());
            pair.client.start(DtlsRole.CLIENT, pair.server.engine.fingerprint());
            assertThat(failed(pair.server).cause()).isEqualTo(DtlsResult.Cause.PROTOCOL_VIOLATION);
            pair.close();
        }
    }

    @Nested
    @DisplayName("that cannot be")
    class Failed {
        @Test
        @DisplayName("fails where no SRTP profile is common")
        void noCommonProfile() throws Exception {
            DtlsPair pair =
                    DtlsPair.started(
                            new DtlsSettings(
                                    List.of(SrtpProfile.AEAD_AES_256_GCM),
                                    Duration.ofSeconds(1),
                                    Duration.ofMillis(50),
                                    10),
                            new DtlsSettings(
                                    List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80),
                                    Duration.ofSeconds(1),
                                    Duration.ofMillis(50),
                                    10));
            assertThat(failed(pair.server).cause())
                    .isIn(DtlsResult.Cause.NOTHING_IN_COMMON, DtlsResult.Cause.TIMEOUT);
            assertThat(failed(pair.client).cause()).isEqualTo(DtlsResult.Cause.TIMEOUT);
        }

        @Test
        @DisplayName("fails at the deadline when nobody speaks")
        void silence() throws Exception {
            DtlsPair.End alone = new DtlsPair.End(IMPATIENT);
            alone.start(DtlsRole.SERVER, alone.engine.fingerprint());
            assertThat(failed(alone).cause()).isEqualTo(DtlsResult.Cause.TIMEOUT);
            assertThat(alone.engine.handshakesCancelled()).isZero();
            assertThat(alone.sent).isEmpty();
            assertThat(alone.engine.handshakesRunning()).isZero();
        }

        @Test
        @DisplayName("ends at once when we close it, and is counted apart")
        void cancelled() throws Exception {
            DtlsPair.End alone = new DtlsPair.End(SETTINGS);
            alone.start(DtlsRole.SERVER, alone.engine.fingerprint());
            alone.handshake.close();
            assertThat(failed(alone).cause()).isEqualTo(DtlsResult.Cause.CANCELLED);
            assertThat(alone.engine.handshakesRunning()).isZero();
            assertThat(alone.engine.handshakesCancelled()).isEqualTo(1);
        }

        @Test
        @DisplayName("is not begun beyond the bound on handshakes at one time")
        void bounded() throws Exception {
            DtlsPair.End end =
                    new DtlsPair.End(
                            new DtlsSettings(
                                    SETTINGS.profiles(),
                                    Duration.ofSeconds(5),
                                    Duration.ofMillis(50),
                                    2));
            end.start(DtlsRole.SERVER, end.engine.fingerprint());
            DtlsHandshake first = end.handshake;
            end.start(DtlsRole.SERVER, end.engine.fingerprint());
            assertThat(end.engine.start(DtlsRole.SERVER, List.of(), end, 0)).isEmpty();
            first.close();
            end.handshake.close();
            failed(end);
            failed(end);
            assertThat(end.engine.handshakesRunning()).isZero();
        }
    }

    @Nested
    @DisplayName("under attack from an address that has passed its ICE check")
    class Attacked {
        private final DtlsPair pair = new DtlsPair(CALM, CALM);

        private void serverWaits() {
            pair.server.start(DtlsRole.SERVER, pair.client.engine.fingerprint());
        }

        private void clientConnects() throws Exception {
            pair.client.start(DtlsRole.CLIENT, pair.server.engine.fingerprint());
            established(pair.client);
            established(pair.server);
        }

        private DtlsFilter inject(ByteBuffer datagram) {
            return DtlsPair.deliver(pair.server, datagram);
        }

        @Test
        @DisplayName("is not ended by an alert in the clear")
        void clearAlert() throws Exception {
            serverWaits();
            assertThat(inject(Records.clearAlert(40))).isEqualTo(DtlsFilter.ALERT_IN_CLEAR);
            clientConnects();
        }

        @Test
        @DisplayName("is not ended by a hello that leads nowhere, and complains to nobody")
        void badHello() throws Exception {
            serverWaits();
            assertThat(inject(Records.handshake(Records.CLIENT_HELLO, 40, 0, 0, new byte[40])))
                    .isEqualTo(DtlsFilter.PASSED);
            clientConnects();
            assertThat(pair.server.sent).hasSize(2);
        }

        @Test
        @DisplayName("is not held up by half a hello")
        void halfHello() throws Exception {
            serverWaits();
            assertThat(inject(Records.handshake(Records.CLIENT_HELLO, 4_000, 0, 0, new byte[10])))
                    .isEqualTo(DtlsFilter.PASSED);
            clientConnects();
        }

        @Test
        @DisplayName("stays established whatever is sprayed at it afterwards")
        void sprayedAfterwards() throws Exception {
            serverWaits();
            clientConnects();
            for (int i = 0; i < 10; i++) {
                inject(Records.handshake(Records.CLIENT_HELLO, 40, 0, 0, new byte[40]));
                inject(Records.clearAlert(0));
                inject(ByteBuffer.wrap(Records.record(23, 1, i, new byte[40])));
            }
            assertThat(pair.server.results.poll(50, TimeUnit.MILLISECONDS)).isNull();
            pair.client.handshake.close();
            assertThat(pair.server.await()).isInstanceOf(DtlsResult.Closed.class);
        }
    }
}
