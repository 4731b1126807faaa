package io.jackfield.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunPacket;
import io.jackfield.protocol.stun.StunParse;
import io.jackfield.protocol.stun.StunParser;
import io.jackfield.protocol.stun.StunWriter;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("ICE controlling client (RFC 8445 §7.2, §8.1, RFC 7675)")
class IceControllingClientTest {
    private static final IceCredentials PHONE =
            new IceCredentials("fone", "phone+password+22chars");
    private static final IceCredentials SERVER =
            new IceCredentials("serv", "server+password+22char");
    private static final InetSocketAddress SERVER_ADDRESS =
            new InetSocketAddress("192.0.2.1", 10000);
    private static final InetSocketAddress NOWHERE = new InetSocketAddress("192.0.2.99", 10000);
    private static final InetSocketAddress NAT = new InetSocketAddress("198.51.100.7", 40001);
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP = 10_000_000L;
    private static final NetworkConditions SLOW =
            NetworkConditions.PERFECT.withDelay(Duration.ofMillis(40));

    /** A phone and a lite server with a network between them. */
    private static final class Meeting {
        final IceControllingClient phone;
        final IceLiteAgent server = new IceLiteAgent(SERVER, Optional.of(PHONE));
        final SimulatedNetwork<byte[]> up;
        final SimulatedNetwork<byte[]> down;
        long nowNanos = Long.MAX_VALUE - 20 * SECOND;
        int checks;

        Meeting(IceControllingClient.Nomination nomination, NetworkConditions network, Seed seed) {
            up = new SimulatedNetwork<>(network, seed.part(1));
            down = new SimulatedNetwork<>(network, seed.part(2));
            phone =
                    new IceControllingClient(
                            PHONE,
                            SERVER,
                            List.of(NOWHERE, SERVER_ADDRESS),
                            nomination,
                            seed.part(3).random(),
                            nowNanos);
        }

        void become(NetworkConditions network) {
            up.become(network);
            down.become(network);
        }

        void run(Duration time) {
            long end = nowNanos + time.toNanos();
            for (; nowNanos - end < 0; nowNanos += STEP) {
                step();
            }
        }

        private void step() {
            ByteBuffer out = ByteBuffer.allocate(300);
            Optional<InetSocketAddress> to = phone.poll(out, nowNanos);
            if (to.isPresent()) {
                checks++;
                if (to.get().equals(SERVER_ADDRESS)) {
                    up.send(nowNanos, bytes(out));
                }
            }
            for (byte[] arrived : up.poll(nowNanos)) {
                server.handle(parsed(arrived), SERVER_ADDRESS, NAT, out, nowNanos);
                if (out.hasRemaining()) {
                    down.send(nowNanos, bytes(out));
                }
            }
            for (byte[] arrived : down.poll(nowNanos)) {
                phone.handle(parsed(arrived), SERVER_ADDRESS, nowNanos);
            }
            server.handleTimeout(nowNanos);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static StunPacket parsed(byte[] bytes) {
        return ((StunParse.Received) StunParser.parse(ByteBuffer.wrap(bytes))).packet();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("finds the candidate that answers, nominates it, and learns its own address")
    void connects(IceControllingClient.Nomination nomination) {
        Meeting meeting = new Meeting(nomination, SLOW, new Seed(8445));
        meeting.run(Duration.ofMillis(400));

        assertThat(meeting.phone.state()).isEqualTo(IceControllingClient.State.CONNECTED);
        assertThat(meeting.phone.selectedRemote()).contains(SERVER_ADDRESS);
        assertThat(meeting.phone.mappedAddress()).contains(NAT);
        assertThat(meeting.server.selectedPair()).contains(new IcePair(SERVER_ADDRESS, NAT));
    }

    @Test
    @DisplayName("nominates regularly only after a check has succeeded (§8.1.1)")
    void regularNomination() {
        Meeting meeting =
                new Meeting(IceControllingClient.Nomination.REGULAR, SLOW, new Seed(8445));
        meeting.run(Duration.ofMillis(150));
        assertThat(meeting.server.validAddresses()).containsExactly(NAT);
        assertThat(meeting.server.selectedPair()).isEmpty();
        meeting.run(Duration.ofMillis(100));
        assertThat(meeting.server.selectedPair()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("connects and keeps consent for minutes over a network that loses 15 %")
    void badNetwork(IceControllingClient.Nomination nomination) {
        NetworkConditions bad =
                SLOW.withLoss(0.15).withJitter(Duration.ofMillis(100)).withDuplicate(0.1);
        Meeting meeting = new Meeting(nomination, bad, new Seed(7675));
        meeting.run(Duration.ofMinutes(3));

        assertThat(meeting.phone.state()).isEqualTo(IceControllingClient.State.CONNECTED);
        assertThat(meeting.server.selectedPair()).isPresent();
    }

    @Test
    @DisplayName("asks for consent about every 5 s, and stops 30 s after the last answer (§5.1)")
    void consent() {
        Meeting meeting =
                new Meeting(IceControllingClient.Nomination.AGGRESSIVE, SLOW, new Seed(7675));
        meeting.run(Duration.ofSeconds(2));
        int before = meeting.checks;
        meeting.run(Duration.ofSeconds(60));
        assertThat(meeting.checks - before).isBetween(10, 15);

        meeting.become(NetworkConditions.CUT);
        meeting.run(Duration.ofSeconds(23));
        assertThat(meeting.phone.state()).isEqualTo(IceControllingClient.State.CONNECTED);
        meeting.run(Duration.ofSeconds(8));
        assertThat(meeting.phone.state()).isEqualTo(IceControllingClient.State.CONSENT_EXPIRED);
        assertThat(meeting.phone.selectedRemote()).isEmpty();
        assertThat(meeting.phone.deadlineNanos()).isEmpty();
        assertThat(meeting.server.consentExpired()).isTrue();
    }

    @Test
    @DisplayName("gives up after seven transmissions without an answer (RFC 8489 §6.2.1)")
    void fails() {
        Meeting meeting =
                new Meeting(
                        IceControllingClient.Nomination.REGULAR,
                        NetworkConditions.CUT,
                        new Seed(1));
        meeting.run(Duration.ofSeconds(39));
        assertThat(meeting.phone.state()).isEqualTo(IceControllingClient.State.CHECKING);
        assertThat(meeting.checks).isEqualTo(14);
        meeting.run(Duration.ofSeconds(2));
        assertThat(meeting.phone.state()).isEqualTo(IceControllingClient.State.FAILED);
    }

    @Test
    @DisplayName("believes no answer that is forged, unasked, or from elsewhere (§7.2.5.2.1)")
    void forgedAnswers() {
        IceControllingClient phone =
                new IceControllingClient(
                        PHONE,
                        SERVER,
                        List.of(SERVER_ADDRESS),
                        IceControllingClient.Nomination.AGGRESSIVE,
                        new Seed(5).random(),
                        0);
        ByteBuffer out = ByteBuffer.allocate(300);
        phone.poll(out, 0);
        StunMessage check = parsed(bytes(out)).message();
        assertThat(check.username()).contains("serv:fone");
        assertThat(check.useCandidate()).isTrue();
        assertThat(check.first(StunAttribute.IceControlling.class)).isPresent();
        assertThat(check.first(StunAttribute.Priority.class)).isPresent();
        StunMessage answer =
                StunMessage.binding(
                        StunClass.SUCCESS,
                        check.transactionId(),
                        new StunAttribute.XorMappedAddress(NAT));

        assertThat(phone.handle(proven(answer, PHONE), SERVER_ADDRESS, 0))
                .isEqualTo(IceOutcome.BAD_INTEGRITY);
        assertThat(phone.handle(proven(answer, SERVER), NOWHERE, 0))
                .isEqualTo(IceOutcome.UNKNOWN_TRANSACTION);
        assertThat(phone.handle(proven(check, SERVER), SERVER_ADDRESS, 0))
                .isEqualTo(IceOutcome.UNEXPECTED);
        assertThat(phone.state()).isEqualTo(IceControllingClient.State.CHECKING);
        assertThat(phone.handle(proven(answer, SERVER), SERVER_ADDRESS, 0))
                .isEqualTo(IceOutcome.CHECK_SUCCEEDED);
        assertThat(phone.handle(proven(answer, SERVER), SERVER_ADDRESS, 0))
                .isEqualTo(IceOutcome.UNKNOWN_TRANSACTION);
    }

    @Test
    @DisplayName("takes a verified refusal for the end of that candidate")
    void refused() {
        IceControllingClient phone =
                new IceControllingClient(
                        PHONE,
                        SERVER,
                        List.of(SERVER_ADDRESS),
                        IceControllingClient.Nomination.REGULAR,
                        new Seed(5).random(),
                        0);
        ByteBuffer out = ByteBuffer.allocate(300);
        phone.poll(out, 0);
        StunMessage refusal =
                StunMessage.binding(
                        StunClass.ERROR,
                        parsed(bytes(out)).message().transactionId(),
                        new StunAttribute.ErrorCode(487, ""));

        assertThat(phone.handle(proven(refusal, SERVER), SERVER_ADDRESS, 0))
                .isEqualTo(IceOutcome.CHECK_REFUSED);
        assertThat(phone.state()).isEqualTo(IceControllingClient.State.FAILED);
        assertThat(phone.deadlineNanos()).isEmpty();
    }

    private static StunPacket proven(StunMessage message, IceCredentials by) {
        ByteBuffer out = ByteBuffer.allocate(300);
        StunWriter.write(message, StunKey.shortTerm(by.password()), out);
        return parsed(bytes(out.flip()));
    }
}
