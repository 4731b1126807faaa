package io.jackfield.media.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.Outcome;
import io.jackfield.media.dtls.DtlsEvents;
import io.jackfield.media.dtls.DtlsFilter;
import io.jackfield.media.dtls.DtlsHandshake;
import io.jackfield.media.dtls.DtlsResult;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.ice.IcePair;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.srtp.SrtpKeys;
import io.jackfield.protocol.srtp.SrtpOutcome;
import io.jackfield.protocol.srtp.SrtpProfile;
import io.jackfield.protocol.srtp.SrtpSender;
import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunPacket;
import io.jackfield.protocol.stun.StunParse;
import io.jackfield.protocol.stun.StunParser;
import io.jackfield.protocol.stun.StunTransactionId;
import io.jackfield.protocol.stun.StunWriter;
import io.jackfield.testkit.VirtualClock;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The transport of a browser leg: ICE, then DTLS, then SRTP")
class PeerTransportTest {
    private static final InetSocketAddress US = new InetSocketAddress("192.0.2.1", 10_000);
    private static final InetSocketAddress WIFI = new InetSocketAddress("198.51.100.5", 5_000);
    private static final InetSocketAddress MOBILE = new InetSocketAddress("203.0.113.9", 6_000);
    private static final IceCredentials OURS =
            new IceCredentials("ourufrag", "our-password".repeat(2).replace('-', '+'));
    private static final IceCredentials OURS_ANEW =
            new IceCredentials("ourother", "new+password".repeat(2));
    private static final IceCredentials THEIRS = new IceCredentials("they", "t".repeat(24));
    private static final IceCredentials THEIRS_ANEW = new IceCredentials("anew", "n".repeat(24));
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    private static final SrtpKeys OUR_KEYS = keys(1);
    private static final SrtpKeys THEIR_KEYS = keys(2);

    private static SrtpKeys keys(int filler) {
        byte[] key = new byte[PROFILE.keyBytes()];
        Arrays.fill(key, (byte) filler);
        return new SrtpKeys(PROFILE, key, new byte[PROFILE.saltBytes()]);
    }

    private static Fingerprint fingerprint(int filler) {
        byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) filler);
        return Fingerprint.of(Fingerprint.Hash.SHA_256, digest);
    }

    /** The association, played by hand. */
    private static final class Association implements DtlsHandshake {
        final DtlsRole role;
        final List<Fingerprint> expected;
        final DtlsEvents events;
        final List<byte[]> offered = new ArrayList<>();
        boolean released;
        boolean closed;

        Association(DtlsRole role, List<Fingerprint> expected, DtlsEvents events) {
            this.role = role;
            this.expected = expected;
            this.events = events;
        }

        @Override
        public DtlsFilter offer(ByteBuffer datagram, long nowNanos) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(datagram.position(), copy);
            offered.add(copy);
            return DtlsFilter.PASSED;
        }

        @Override
        public void release() {
            released = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        void established() {
            events.result(new DtlsResult.Established(OUR_KEYS, THEIR_KEYS, "cipher"));
        }
    }

    /** The leg, which only notes. */
    private static final class Leg implements PeerUser {
        final List<PeerEvent> events = new ArrayList<>();
        final List<Integer> rtpSequenceNumbers = new ArrayList<>();
        final List<InetSocketAddress> sentTo = new ArrayList<>();
        int rtcp;

        @Override
        public Outcome rtp(ByteBuffer packet, long nowNanos) {
            rtpSequenceNumbers.add((int) packet.getShort(packet.position() + 2));
            return Outcome.UNHEARD;
        }

        @Override
        public Outcome rtcp(ByteBuffer compound, long nowNanos) {
            rtcp++;
            return Outcome.RTCP_TAKEN;
        }

        @Override
        public boolean send(
                ByteBuffer datagram, InetSocketAddress local, InetSocketAddress remote) {
            assertThat(local).isEqualTo(US);
            sentTo.add(remote);
            return true;
        }

        @Override
        public void event(PeerEvent event) {
            events.add(event);
        }
    }

    private final VirtualClock clock = new VirtualClock();
    private final List<Association> associations = new ArrayList<>();
    private final Leg leg = new Leg();
    private final SrtpSender browser = new SrtpSender(THEIR_KEYS);
    private boolean roomForHandshakes = true;
    private final PeerTransport transport =
            new PeerTransport(OURS, this::start, task -> task.accept(clock.nanos()), leg);

    private Optional<DtlsHandshake> start(
            DtlsRole role, List<Fingerprint> expected, DtlsEvents events, long nowNanos) {
        if (!roomForHandshakes) {
            return Optional.empty();
        }
        associations.add(new Association(role, expected, events));
        return Optional.of(associations.getLast());
    }

    private Association association() {
        return associations.getLast();
    }

    private void described() {
        transport.remote(THEIRS, List.of(fingerprint(1)), DtlsRole.SERVER, clock.nanos());
    }

    private Outcome check(
            IceCredentials to, IceCredentials by, InetSocketAddress from, boolean nominate) {
        List<StunAttribute> attributes = new ArrayList<>();
        attributes.add(new StunAttribute.Username(to.ufrag() + ":" + by.ufrag()));
        attributes.add(new StunAttribute.IceControlling(1));
        attributes.add(new StunAttribute.Priority(1));
        if (nominate) {
            attributes.add(new StunAttribute.UseCandidate());
        }
        ByteBuffer bytes = ByteBuffer.allocate(300);
        StunWriter.write(
                new StunMessage(
                        StunClass.REQUEST,
                        StunMessage.BINDING,
                        new StunTransactionId(1, 2),
                        attributes),
                StunKey.shortTerm(to.password()),
                bytes);
        StunPacket packet = ((StunParse.Received) StunParser.parse(bytes.flip())).packet();
        return transport.stun(packet, US, from, ByteBuffer.allocate(300), clock.nanos());
    }

    private void connected() {
        described();
        check(OURS, THEIRS, WIFI, true);
        association().established();
    }

    private ByteBuffer srtp(int sequenceNumber) {
        ByteBuffer packet = ByteBuffer.allocate(300);
        RtpPacket.writeHeader(packet, false, 0, sequenceNumber, 160 * sequenceNumber, 0x1234);
        packet.put(new byte[160]).flip();
        assertThat(browser.protect(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
        return packet;
    }

    private Outcome receive(ByteBuffer packet, InetSocketAddress from) {
        return transport.srtp(packet, US, from, clock.nanos());
    }

    private Outcome sendRtp() {
        ByteBuffer packet = ByteBuffer.allocate(300);
        RtpPacket.writeHeader(packet, false, 0, leg.sentTo.size(), 0, 0x5678);
        packet.put(new byte[160]).flip();
        return transport.sendRtp(packet);
    }

    private void advance(Duration by) {
        clock.advance(by);
        transport.handleTimeout(clock.nanos());
    }

    @Nested
    @DisplayName("before a check")
    class BeforeCheck {
        @Test
        @DisplayName("reads neither DTLS nor SRTP, and begins no handshake")
        void nothing() {
            described();
            assertThat(transport.dtls(ByteBuffer.allocate(20), US, WIFI, 0))
                    .isEqualTo(Outcome.UNKNOWN_SOURCE);
            assertThat(receive(srtp(1), WIFI)).isEqualTo(Outcome.UNKNOWN_SOURCE);
            assertThat(transport.srtcp(ByteBuffer.allocate(40), US, WIFI, 0))
                    .isEqualTo(Outcome.UNKNOWN_SOURCE);
            assertThat(associations).isEmpty();
            assertThat(transport.ready()).isFalse();
            assertThat(sendRtp()).isEqualTo(Outcome.NO_PATH);
        }

        @Test
        @DisplayName("has the handshake ready as client, and lets it speak with the check")
        void prepared() {
            transport.remote(THEIRS, List.of(fingerprint(1)), DtlsRole.CLIENT, clock.nanos());
            assertThat(association().released).isFalse();
            check(OURS, THEIRS, WIFI, true);
            assertThat(associations).hasSize(1);
            assertThat(association().released).isTrue();
            advance(Duration.ofSeconds(3));
            assertThat(association().closed).isFalse();
        }

        @Test
        @DisplayName(
                "holds a prepared handshake for two seconds, then begins another with the check")
        void preparedInVain() {
            transport.remote(THEIRS, List.of(fingerprint(1)), DtlsRole.CLIENT, clock.nanos());
            Association first = association();
            assertThat(transport.deadlineNanos()).isPresent();
            advance(Duration.ofSeconds(2));
            assertThat(first.closed).isTrue();
            first.events.result(new DtlsResult.Failed(DtlsResult.Cause.CANCELLED, "ended"));
            assertThat(leg.events).isEmpty();
            check(OURS, THEIRS, WIFI, true);
            assertThat(associations).hasSize(2);
            assertThat(association().released).isTrue();
        }

        @Test
        @DisplayName("ends a prepared handshake with the leg, without a word")
        void preparedAndClosed() {
            transport.remote(THEIRS, List.of(fingerprint(1)), DtlsRole.CLIENT, clock.nanos());
            transport.close();
            assertThat(association().closed).isTrue();
            association().events.result(new DtlsResult.Failed(DtlsResult.Cause.CANCELLED, "ended"));
            assertThat(leg.events).isEmpty();
        }

        @Test
        @DisplayName("heeds no check with a wrong password")
        void wrongPassword() {
            described();
            IceCredentials guessed = new IceCredentials(OURS.ufrag(), "g".repeat(24));
            assertThat(check(guessed, THEIRS, WIFI, true)).isEqualTo(Outcome.STUN_REFUSED);
            assertThat(transport.addresses()).isEmpty();
            assertThat(leg.events).isEmpty();
        }
    }

    @Nested
    @DisplayName("after a check")
    class AfterCheck {
        @Test
        @DisplayName("begins the handshake with the description's fingerprints, in its role")
        void begins() {
            described();
            assertThat(check(OURS, THEIRS, WIFI, true)).isEqualTo(Outcome.STUN_ANSWERED);
            assertThat(association().role).isEqualTo(DtlsRole.SERVER);
            assertThat(association().expected).containsExactly(fingerprint(1));
            assertThat(leg.events).containsExactly(new PeerEvent.PathChosen(new IcePair(US, WIFI)));
        }

        @Test
        @DisplayName("sends DTLS on a valid pair even before one is nominated (RFC 8445 §12.1)")
        void beforeNomination() {
            described();
            check(OURS, THEIRS, WIFI, false);
            association().events.send(ByteBuffer.allocate(10));
            assertThat(leg.sentTo).containsExactly(WIFI);
            assertThat(leg.events).containsExactly(new PeerEvent.PathChosen(new IcePair(US, WIFI)));
            check(OURS, THEIRS, WIFI, true);
            assertThat(leg.events).hasSize(1);
        }

        @Test
        @DisplayName("keeps a hello that is faster than the description, for when that comes")
        void earlyHello() {
            check(OURS, THEIRS, WIFI, true);
            assertThat(associations).isEmpty();
            ByteBuffer hello = ByteBuffer.wrap(new byte[] {22, 1, 2, 3});
            assertThat(transport.dtls(hello, US, WIFI, 0)).isEqualTo(Outcome.DTLS_TAKEN);
            described();
            assertThat(association().offered).containsExactly(new byte[] {22, 1, 2, 3});
        }

        @Test
        @DisplayName("keeps eight packets that come before the keys, and opens them with the keys")
        void earlyPackets() {
            described();
            check(OURS, THEIRS, WIFI, true);
            for (int i = 0; i < 8; i++) {
                assertThat(receive(srtp(i), WIFI)).isEqualTo(Outcome.UNHEARD);
            }
            assertThat(receive(srtp(8), WIFI)).isEqualTo(Outcome.BEFORE_KEYS);
            assertThat(leg.rtpSequenceNumbers).isEmpty();
            association().established();
            assertThat(leg.rtpSequenceNumbers).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }

        @Test
        @DisplayName("plays none of them where the handshake fails")
        void failed() {
            described();
            check(OURS, THEIRS, WIFI, true);
            receive(srtp(1), WIFI);
            association()
                    .events
                    .result(new DtlsResult.Failed(DtlsResult.Cause.FINGERPRINT_MISMATCH, "other"));
            assertThat(leg.rtpSequenceNumbers).isEmpty();
            assertThat(leg.events)
                    .last()
                    .isEqualTo(
                            new PeerEvent.KeysFailed(
                                    DtlsResult.Cause.FINGERPRINT_MISMATCH, "other"));
            assertThat(transport.ready()).isFalse();
            check(OURS, THEIRS, WIFI, true);
            assertThat(associations).hasSize(1);
        }

        @Test
        @DisplayName("reports no failure where the leg is closed before the handshake ends")
        void cancelled() {
            described();
            check(OURS, THEIRS, WIFI, true);
            transport.close();
            association()
                    .events
                    .result(new DtlsResult.Failed(DtlsResult.Cause.CANCELLED, "closed"));
            assertThat(association().closed).isTrue();
            assertThat(leg.events).noneMatch(PeerEvent.KeysFailed.class::isInstance);
        }

        @Test
        @DisplayName("tries again each 20 ms while too many handshakes run, for ten seconds")
        void noRoom() {
            roomForHandshakes = false;
            described();
            check(OURS, THEIRS, WIFI, true);
            assertThat(transport.deadlineNanos()).hasValue(clock.nanos() + 20_000_000);
            advance(Duration.ofMillis(20));
            roomForHandshakes = true;
            advance(Duration.ofMillis(20));
            assertThat(associations).hasSize(1);
        }

        @Test
        @DisplayName("gives up after ten seconds without room")
        void neverRoom() {
            roomForHandshakes = false;
            described();
            check(OURS, THEIRS, WIFI, true);
            for (int i = 0; i < 501; i++) {
                advance(Duration.ofMillis(20));
            }
            assertThat(leg.events).last().isInstanceOf(PeerEvent.KeysFailed.class);
            roomForHandshakes = true;
            advance(Duration.ofSeconds(1));
            assertThat(associations).isEmpty();
        }
    }

    @Nested
    @DisplayName("once connected")
    class Connected {
        Connected() {
            connected();
        }

        @Test
        @DisplayName("opens SRTP from a proven address only, each packet once")
        void opens() {
            ByteBuffer packet = srtp(7);
            ByteBuffer again = ByteBuffer.allocate(300).put(packet.duplicate()).flip();
            ByteBuffer elsewhere = ByteBuffer.allocate(300).put(packet.duplicate()).flip();
            assertThat(receive(elsewhere, MOBILE)).isEqualTo(Outcome.UNKNOWN_SOURCE);
            assertThat(receive(packet, WIFI)).isEqualTo(Outcome.UNHEARD);
            assertThat(receive(again, WIFI)).isEqualTo(Outcome.REPLAYED);
            ByteBuffer bad = srtp(8);
            bad.put(20, (byte) (bad.get(20) ^ 1));
            assertThat(receive(bad, WIFI)).isEqualTo(Outcome.BAD_TAG);
            assertThat(leg.rtpSequenceNumbers).containsExactly(7);
        }

        @Test
        @DisplayName("sends to the nominated pair, and follows when another is nominated")
        void follows() {
            assertThat(sendRtp()).isEqualTo(Outcome.FORWARDED);
            check(OURS, THEIRS, MOBILE, false);
            assertThat(sendRtp()).isEqualTo(Outcome.FORWARDED);
            check(OURS, THEIRS, MOBILE, true);
            assertThat(sendRtp()).isEqualTo(Outcome.FORWARDED);
            assertThat(leg.sentTo).containsExactly(WIFI, WIFI, MOBILE);
            assertThat(leg.events)
                    .last()
                    .isEqualTo(new PeerEvent.PathChosen(new IcePair(US, MOBILE)));
        }

        @Test
        @DisplayName(
                "stops sending 30 s after the last check, and goes on with the next (RFC 7675)")
        void consent() {
            advance(Duration.ofSeconds(29));
            assertThat(transport.ready()).isTrue();
            advance(Duration.ofSeconds(2));
            assertThat(leg.events).last().isEqualTo(new PeerEvent.ConsentLost());
            assertThat(sendRtp()).isEqualTo(Outcome.NO_PATH);
            assertThat(receive(srtp(1), WIFI)).isEqualTo(Outcome.UNKNOWN_SOURCE);
            check(OURS, THEIRS, WIFI, true);
            assertThat(sendRtp()).isEqualTo(Outcome.FORWARDED);
            assertThat(associations).hasSize(1);
        }

        @Test
        @DisplayName("heeds no other fingerprint without an ICE restart (RFC 8842 §4.4)")
        void fingerprintAlone() {
            transport.remote(THEIRS, List.of(fingerprint(9)), DtlsRole.SERVER, clock.nanos());
            check(OURS, THEIRS, WIFI, true);
            assertThat(associations).hasSize(1);
            assertThat(association().closed).isFalse();
        }

        @Test
        @DisplayName("keeps keys and path through an ICE restart until the new pair works (§9)")
        void restart() {
            transport.restart(OURS_ANEW);
            assertThat(transport.ufrags()).containsExactlyInAnyOrder("ourufrag", "ourother");
            transport.remote(THEIRS_ANEW, List.of(fingerprint(1)), DtlsRole.SERVER, clock.nanos());
            sendRtp();
            assertThat(check(OURS_ANEW, THEIRS_ANEW, MOBILE, true))
                    .isEqualTo(Outcome.STUN_ANSWERED);
            sendRtp();
            assertThat(leg.sentTo).containsExactly(WIFI, MOBILE);
            assertThat(transport.ufrags()).containsExactly("ourother");
            assertThat(associations).hasSize(1);
            assertThat(receive(srtp(3), MOBILE)).isEqualTo(Outcome.UNHEARD);
        }

        @Test
        @DisplayName("makes a second association after a restart with another fingerprint")
        void secondAssociation() {
            Association first = association();
            transport.restart(OURS_ANEW);
            transport.remote(THEIRS_ANEW, List.of(fingerprint(2)), DtlsRole.CLIENT, clock.nanos());
            assertThat(associations).hasSize(2);
            assertThat(association().released).isFalse();
            check(OURS_ANEW, THEIRS_ANEW, MOBILE, true);
            assertThat(associations).hasSize(2);
            assertThat(first.closed).isTrue();
            assertThat(association().role).isEqualTo(DtlsRole.CLIENT);
            assertThat(association().expected).containsExactly(fingerprint(2));
            first.events.send(ByteBuffer.allocate(5));
            first.events.result(new DtlsResult.Closed("late"));
            assertThat(leg.sentTo).isEmpty();
            association().established();
            assertThat(leg.events).last().isInstanceOf(PeerEvent.Keyed.class);
        }

        @Test
        @DisplayName(
                "goes on when the association is closed: whether the call ends is not its matter")
        void associationClosed() {
            association().events.result(new DtlsResult.Closed("close_notify"));
            assertThat(leg.events)
                    .last()
                    .isEqualTo(new PeerEvent.AssociationClosed("close_notify"));
            assertThat(receive(srtp(1), WIFI)).isEqualTo(Outcome.UNHEARD);
            assertThat(sendRtp()).isEqualTo(Outcome.FORWARDED);
        }

        @Test
        @DisplayName("closes the association with the leg")
        void closes() {
            transport.close();
            assertThat(association().closed).isTrue();
        }
    }
}
