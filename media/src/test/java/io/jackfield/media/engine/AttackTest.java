package io.jackfield.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.LegParameters;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.Outcome;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.client.HeadlessMedia;
import io.jackfield.media.client.HeadlessReport;
import io.jackfield.protocol.sdp.Candidate;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SetupRole;
import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunTransactionId;
import io.jackfield.protocol.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("What strangers and attackers send to the media ports")
@Timeout(60)
class AttackTest {
    private static final int QUIET_MILLIS = 150;

    private final MediaBench bench;

    AttackTest() throws Exception {
        bench = new MediaBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static InetSocketAddress addressOf(BrowserLeg leg) {
        LocalCandidate candidate = leg.local().advertised().getFirst();
        return new InetSocketAddress(candidate.address(), candidate.port());
    }

    /** A DTLS 1.2 ClientHello record, enough of one to be answered where hellos are read. */
    private static byte[] clientHello() {
        byte[] body = new byte[60];
        ByteBuffer out = ByteBuffer.allocate(13 + 12 + body.length);
        out.put((byte) 22).putShort((short) 0xFEFD).putShort((short) 0);
        out.putShort((short) 0).putInt(0).putShort((short) (12 + body.length));
        out.put((byte) 1).put((byte) 0).putShort((short) body.length).putShort((short) 0);
        out.put((byte) 0).putShort((short) 0).put((byte) 0).putShort((short) body.length);
        return out.put(body).array();
    }

    private static byte[] check(BrowserLeg leg, String password) {
        ByteBuffer out = ByteBuffer.allocate(200);
        StunWriter.write(
                StunMessage.binding(
                        StunClass.REQUEST,
                        new StunTransactionId(1, 2),
                        new StunAttribute.Username(leg.local().ice().ufrag() + ":evil"),
                        new StunAttribute.IceControlling(7),
                        new StunAttribute.UseCandidate(),
                        new StunAttribute.Priority(1)),
                StunKey.shortTerm(password),
                out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    @Nested
    @DisplayName("from an address without a valid ICE check")
    class WithoutCheck {
        @Test
        @DisplayName("a ClientHello gets no answer, is counted, and harms no call")
        void clientHelloUnanswered() throws Exception {
            BrowserLeg leg = bench.server.openBrowserLeg("a", IceSide.ANSWERING, _ -> {});
            try (Stranger stranger = new Stranger()) {
                for (int i = 0; i < 20; i++) {
                    stranger.send(clientHello(), addressOf(leg));
                }
                MediaBench.eventually("counted", () -> bench.packets(Outcome.UNKNOWN_SOURCE) == 20);
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
            }
            MediaBench.Call call = bench.call("b", MediaBench.PCMU);
            call.connected();
            assertThat(bench.packets(Outcome.DTLS_REFUSED)).isZero();
        }

        @Test
        @DisplayName("a check with the wrong password gets no answer and opens nothing")
        void forgedCheck() throws Exception {
            MediaBench.Call call = bench.call("a", MediaBench.PCMU);
            call.connected();
            try (Stranger stranger = new Stranger()) {
                stranger.send(check(call.leg, "w".repeat(24)), addressOf(call.leg));
                MediaBench.eventually("refused", () -> bench.packets(Outcome.STUN_REFUSED) == 1);
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
                stranger.send(clientHello(), addressOf(call.leg));
                MediaBench.eventually("counted", () -> bench.packets(Outcome.UNKNOWN_SOURCE) == 1);
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
            }
        }

        @Test
        @DisplayName("a check for nobody, broken STUN and noise are counted and not answered")
        void noise() throws Exception {
            BrowserLeg leg = bench.server.openBrowserLeg("a", IceSide.ANSWERING, _ -> {});
            byte[] forNobody = check(leg, "w".repeat(24));
            forNobody[24] ^= 1;
            try (Stranger stranger = new Stranger()) {
                stranger.send(forNobody, addressOf(leg));
                stranger.send(new byte[] {0, 1, 0, 0}, addressOf(leg));
                stranger.send(new byte[] {'G', 'E', 'T'}, addressOf(leg));
                stranger.send(new byte[0], addressOf(leg));
                MediaBench.eventually("noise", () -> bench.packets(Outcome.NOT_MEDIA) == 2);
                assertThat(
                                bench.packets(Outcome.STUN_UNKNOWN)
                                        + bench.packets(Outcome.STUN_REFUSED))
                        .isEqualTo(2);
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("a certificate that is not the description's ends the leg; nothing is played")
    void wrongFingerprint() throws Exception {
        Events events = new Events();
        HeadlessMedia phone = bench.host.open();
        BrowserLeg leg = bench.server.openBrowserLeg("a", IceSide.ANSWERING, events);
        bench.server.echo(leg);
        RemoteMedia.WebRtc true_ = MediaBench.seenFromOutside(phone.local(), SetupRole.PASSIVE);
        Fingerprint wrong =
                new Fingerprint(
                        Fingerprint.Hash.SHA_256,
                        HexFormat.ofDelimiter(":").formatHex(new byte[32]));
        leg.apply(
                MediaBench.parameters(
                        new RemoteMedia.WebRtc(
                                true_.ice(),
                                false,
                                List.of(wrong),
                                true_.setup(),
                                true_.candidates(),
                                true,
                                true),
                        MediaBench.PCMU,
                        true));
        phone.apply(
                MediaBench.parameters(
                        MediaBench.seenFromOutside(leg.local(), SetupRole.ACTIVE),
                        MediaBench.PCMU,
                        false));
        phone.talk();
        MediaEvent.DtlsFailed failed = events.await(MediaEvent.DtlsFailed.class);
        assertThat(failed.reason()).startsWith("fingerprint");
        HeadlessReport report = phone.report().get(5, TimeUnit.SECONDS);
        assertThat(report.framesHeard()).isZero();
        assertThat(report.statistics().packets()).isZero();
        assertThat(bench.packets(Outcome.FORWARDED)).isZero();
        assertThat(events.seen()).noneMatch(MediaEvent.DtlsConnected.class::isInstance);
    }

    @Nested
    @DisplayName("on the path of a call")
    class OnThePath {
        private final Events events = new Events();
        private Middle middle;
        private HeadlessMedia phone;
        private BrowserLeg leg;

        private void talking() throws Exception {
            phone = bench.host.open();
            leg = bench.server.openBrowserLeg("a", IceSide.ANSWERING, events);
            bench.server.echo(leg);
            middle = new Middle(addressOf(leg));
            leg.apply(
                    MediaBench.parameters(
                            MediaBench.seenFromOutside(phone.local(), SetupRole.PASSIVE),
                            MediaBench.PCMU,
                            true));
            phone.apply(MediaBench.parameters(throughTheMiddle(), MediaBench.PCMU, false));
            phone.talk();
            MediaBench.eventually("media", () -> middle.heardMedia().size() >= 10);
        }

        private RemoteMedia.WebRtc throughTheMiddle() throws Exception {
            RemoteMedia.WebRtc direct = MediaBench.seenFromOutside(leg.local(), SetupRole.ACTIVE);
            Candidate c = direct.candidates().getFirst();
            return new RemoteMedia.WebRtc(
                    direct.ice(),
                    true,
                    direct.fingerprints(),
                    direct.setup(),
                    List.of(
                            new Candidate(
                                    c.foundation(),
                                    1,
                                    "udp",
                                    c.priority(),
                                    c.address(),
                                    middle.address().getPort(),
                                    c.type(),
                                    Optional.empty(),
                                    List.of())),
                    true,
                    true);
        }

        private HeadlessReport report() throws Exception {
            return phone.report().get(5, TimeUnit.SECONDS);
        }

        @AfterEach
        void close() throws Exception {
            middle.close();
        }

        @Test
        @DisplayName("a replayed packet is dropped and counted; the call goes on")
        void replayed() throws Exception {
            talking();
            byte[] old = middle.heardMedia().get(3);
            for (int i = 0; i < 5; i++) {
                middle.inject(old);
            }
            MediaBench.eventually("replayed", () -> bench.packets(Outcome.REPLAYED) == 5);
            assertThat(MediaBench.statistics(leg).dropped()).containsEntry(Outcome.REPLAYED, 5L);
            goesOnUndamaged();
        }

        @Test
        @DisplayName("a packet with one bit changed is dropped and counted, 500 of them as well")
        void tampered() throws Exception {
            talking();
            middle.letPass(d -> !Middle.isRtp(d));
            int before = middle.heardMedia().size();
            MediaBench.eventually("more", () -> middle.heardMedia().size() > before + 3);
            byte[] fresh = middle.heardMedia().getLast();
            for (int i = 0; i < 500; i++) {
                byte[] changed = fresh.clone();
                changed[12 + i % (changed.length - 12)] ^= (byte) (1 << i % 8);
                middle.inject(changed);
            }
            MediaBench.eventually("bad tags", () -> bench.packets(Outcome.BAD_TAG) == 500);
            middle.letPass(_ -> true);
            goesOnUndamaged();
        }

        @Test
        @DisplayName("hellos, alerts and wrong fragments from the phone's own address end nothing")
        void dtlsNoise() throws Exception {
            talking();
            for (int i = 0; i < 20; i++) {
                middle.inject(clientHello());
                middle.inject(new byte[] {21, -2, -3, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40});
            }
            MediaBench.eventually("alerts", () -> bench.packets(Outcome.DTLS_REFUSED) >= 20);
            goesOnUndamaged();
            assertThat(events.seen())
                    .noneMatch(MediaEvent.DtlsClosed.class::isInstance)
                    .noneMatch(MediaEvent.DtlsFailed.class::isInstance);
        }

        @Test
        @DisplayName("the phone's own packets from a third address are dropped unread")
        void thirdAddress() throws Exception {
            talking();
            middle.letPass(d -> !Middle.isRtp(d));
            int before = middle.heardMedia().size();
            MediaBench.eventually("more", () -> middle.heardMedia().size() > before + 3);
            long unknown = bench.packets(Outcome.UNKNOWN_SOURCE);
            try (Stranger stranger = new Stranger()) {
                stranger.send(middle.heardMedia().getLast(), addressOf(leg));
                MediaBench.eventually(
                        "counted", () -> bench.packets(Outcome.UNKNOWN_SOURCE) == unknown + 1);
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
            }
            middle.letPass(_ -> true);
            goesOnUndamaged();
        }

        private void goesOnUndamaged() throws Exception {
            long heard = report().framesHeard();
            MediaBench.eventually("goes on", () -> heardMoreThan(heard + 10));
            assertThat(report().framesDamaged()).isZero();
            assertThat(report().framesRepeated()).isZero();
        }

        private boolean heardMoreThan(long frames) {
            return phone.report().join().framesHeard() > frames;
        }
    }

    @Nested
    @DisplayName("to a trunk's port")
    class ToTrunk {
        private final MediaBench.Call call;
        private final TrunkLeg trunk;
        private final InetSocketAddress trunkRtp;

        ToTrunk() throws Exception {
            call = bench.call("browser", MediaBench.PCMU).connected();
            trunk = bench.server.openTrunkLeg("trunk", InetAddress.getLoopbackAddress(), _ -> {});
            trunkRtp = new InetSocketAddress(trunk.local().address(), trunk.local().rtpPort());
            bench.server.bridge(call.leg, trunk);
        }

        private static byte[] rtp(int sequenceNumber) {
            ByteBuffer out = ByteBuffer.allocate(172);
            out.put((byte) 0x80).put((byte) 0).putShort((short) sequenceNumber);
            return out.putInt(160 * sequenceNumber).putInt(0x600D).array();
        }

        @Test
        @DisplayName("nothing is taken before the other side's address is known")
        void beforeTheAnswer() throws Exception {
            try (Stranger stranger = new Stranger()) {
                for (int i = 0; i < 10; i++) {
                    stranger.send(rtp(i), trunkRtp);
                }
                MediaBench.eventually("counted", () -> bench.packets(Outcome.UNKNOWN_SOURCE) == 10);
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
            }
            assertThat(call.report().statistics().packets()).isZero();
        }

        @Test
        @DisplayName("RTP from a third address never reaches the browser, which hears the trunk")
        void thirdAddress() throws Exception {
            try (Stranger carrier = new Stranger();
                    Stranger stranger = new Stranger()) {
                trunk.apply(
                        MediaBench.plain(carrier.address(), carrier.address(), MediaBench.PCMU));
                for (int i = 0; i < 100; i++) {
                    stranger.send(rtp(1_000 + i), trunkRtp);
                    if (i % 10 == 0) {
                        carrier.send(rtp(i / 10), trunkRtp);
                    }
                }
                MediaBench.eventually(
                        "counted", () -> bench.packets(Outcome.UNKNOWN_SOURCE) == 100);
                HeadlessReport report =
                        call.reports("the carrier", r -> r.statistics().packets() == 10);
                assertThat(report.statistics().ssrcs()).hasSize(1);
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
                assertThat(MediaBench.statistics(trunk).received().packets()).isEqualTo(10);
            }
        }

        @Test
        @DisplayName("a latched trunk takes the first packets' source, and only that from then on")
        void latched() throws Exception {
            try (Stranger signalled = new Stranger();
                    Stranger behindNat = new Stranger();
                    Stranger stranger = new Stranger()) {
                trunk.apply(
                        MediaBench.plain(signalled.address(), signalled.address(), MediaBench.PCMU)
                                .with(LegParameters.SourceRule.LATCHED));
                for (int i = 0; i < 5; i++) {
                    behindNat.send(rtp(i), trunkRtp);
                }
                MediaBench.eventually("latched", () -> bench.packets(Outcome.FORWARDED) == 5);
                for (int i = 0; i < 20; i++) {
                    stranger.send(rtp(1_000 + i), trunkRtp);
                }
                MediaBench.eventually("counted", () -> bench.packets(Outcome.UNKNOWN_SOURCE) == 20);
                call.phone.talk();
                assertThat(behindNat.receiveRtp()).isNotEmpty();
                assertThat(stranger.receive(QUIET_MILLIS)).isEmpty();
            }
        }
    }
}
