package io.jackfield.loadtool.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.ice.IceControllingClient;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.ice.IceOutcome;
import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunPacket;
import io.jackfield.protocol.stun.StunParse;
import io.jackfield.protocol.stun.StunParser;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What a full agent says to a full peer")
class IceAnswersTest {
    private static final IceCredentials OURS =
            new IceCredentials("abcdefgh", "abcdefghijklmnopqrstuvwx");
    private static final IceCredentials THEIRS =
            new IceCredentials("ijklmnop", "yxwvutsrqponmlkjihgfedcb");
    private static final InetSocketAddress US = new InetSocketAddress("127.0.0.1", 4_000);
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 5_000);

    private final IceAnswers answers = new IceAnswers(OURS, new Random(1));
    private final ByteBuffer out = ByteBuffer.allocate(512);

    private static IceControllingClient peer(
            IceCredentials remote, IceControllingClient.Nomination nomination) {
        return new IceControllingClient(THEIRS, remote, List.of(US), nomination, new Random(2), 0);
    }

    private static StunPacket packet(ByteBuffer bytes) {
        StunParse parsed = StunParser.parse(bytes);
        assertThat(parsed).isInstanceOf(StunParse.Received.class);
        return ((StunParse.Received) parsed).packet();
    }

    @Nested
    @DisplayName("to a check with our password")
    class Proven {
        @Test
        @DisplayName("is an answer that the peer takes, with the address it was seen from")
        void answered() {
            IceControllingClient peer = peer(OURS, IceControllingClient.Nomination.REGULAR);
            assertThat(peer.poll(out, 0)).contains(US);

            assertThat(answers.answer(packet(out), PEER, out)).isEqualTo(IceAnswers.Answered.CHECK);
            assertThat(peer.handle(packet(out), US, 0)).isEqualTo(IceOutcome.CHECK_SUCCEEDED);
            assertThat(peer.mappedAddress()).contains(PEER);
        }

        @Test
        @DisplayName("tells when the peer chooses this path by it")
        void nominated() {
            IceControllingClient peer = peer(OURS, IceControllingClient.Nomination.AGGRESSIVE);
            Optional<InetSocketAddress> _ = peer.poll(out, 0);

            assertThat(answers.answer(packet(out), PEER, out))
                    .isEqualTo(IceAnswers.Answered.NOMINATION);
        }
    }

    @Test
    @DisplayName("is nothing to a check with another password, or to an answer")
    void strangers() {
        IceCredentials wrong = new IceCredentials(OURS.ufrag(), THEIRS.password());
        Optional<InetSocketAddress> _ =
                peer(wrong, IceControllingClient.Nomination.REGULAR).poll(out, 0);
        assertThat(answers.answer(packet(out), PEER, out)).isEqualTo(IceAnswers.Answered.NO);

        Optional<InetSocketAddress> _ =
                peer(OURS, IceControllingClient.Nomination.REGULAR).poll(out, 0);
        answers.answer(packet(out), PEER, out);
        assertThat(answers.answer(packet(out), PEER, out)).isEqualTo(IceAnswers.Answered.NO);
    }

    @Test
    @DisplayName("is a check of its own as the controlled one, proven by the peer's password")
    void check() {
        answers.check(THEIRS, out);
        StunPacket check = packet(out);

        assertThat(check.provenBy(StunKey.shortTerm(THEIRS.password()))).isTrue();
        assertThat(check.message().isBinding(StunClass.REQUEST)).isTrue();
        assertThat(check.message().username()).contains("ijklmnop:abcdefgh");
        assertThat(check.message().first(StunAttribute.IceControlled.class)).isPresent();
        assertThat(check.message().useCandidate()).isFalse();
    }
}
