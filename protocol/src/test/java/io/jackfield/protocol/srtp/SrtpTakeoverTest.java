package io.jackfield.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("SRTP when another node takes over")
class SrtpTakeoverTest {
    private static final int SKIP = 100;

    private final SrtpPair pair =
            new SrtpPair(SrtpProfile.AES128_CM_HMAC_SHA1_80, new Seed(3711).random());

    @Nested
    @DisplayName("the sender")
    class Sender {
        @ParameterizedTest
        @EnumSource
        @DisplayName("goes on ahead of what may have been sent, and the phone plays on")
        void skipsAhead(SrtpProfile profile) {
            SrtpPair both = new SrtpPair(profile, new Seed(7714).random());
            assertThat(both.receive(both.sent(65_500))).isEqualTo(SrtpOutcome.ACCEPTED);
            SrtpState replicated = both.sender.exportState();
            assertThat(both.receive(both.sent(65_501))).isEqualTo(SrtpOutcome.ACCEPTED);

            SrtpSender successor = new SrtpSender(both.keys, replicated.skippedBy(SKIP));
            ByteBuffer next = SrtpPair.rtp((65_500 + SKIP + 1) & 0xFFFF);
            String clear = Hex.text(next);
            assertThat(successor.protect(next)).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(both.receiver.unprotect(next)).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(Hex.text(next)).isEqualTo(clear);
        }

        @Test
        @DisplayName("uses no index again that its predecessor may have used")
        void usesNothingAgain() {
            pair.sent(1);
            pair.sent(500);
            SrtpSender successor =
                    new SrtpSender(pair.keys, pair.sender.exportState().skippedBy(SKIP));

            for (int used : new int[] {1, 2, 499, 500, 501, 600}) {
                assertThat(successor.protect(SrtpPair.rtp(used)))
                        .as("%d", used)
                        .isEqualTo(SrtpOutcome.INDEX_USED);
            }
            assertThat(successor.protect(SrtpPair.rtp(601))).isEqualTo(SrtpOutcome.ACCEPTED);
        }

        @Test
        @DisplayName("goes on with reports ahead of their index")
        void reports() {
            ByteBuffer before = SrtpPair.rtcp(SrtpPair.SSRC, 1);
            pair.sender.protectRtcp(before);
            assertThat(pair.receiver.unprotectRtcp(before)).isEqualTo(SrtpOutcome.ACCEPTED);
            SrtpSender successor =
                    new SrtpSender(pair.keys, pair.sender.exportState().skippedBy(SKIP));
            ByteBuffer next = SrtpPair.rtcp(SrtpPair.SSRC, 1);

            assertThat(successor.protectRtcp(next)).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(next.getInt(next.limit() - 14)).isEqualTo(0x8000_0000 | SKIP + 1);
            assertThat(pair.receiver.unprotectRtcp(next)).isEqualTo(SrtpOutcome.ACCEPTED);
        }
    }

    @Nested
    @DisplayName("the receiver")
    class Receiver {
        @Test
        @DisplayName("goes on where the roll-over counter stands, and accepts nothing old")
        void goesOn() {
            for (int n = 65_530; n < 65_540; n++) {
                assertThat(pair.receive(pair.sent(n & 0xFFFF))).isEqualTo(SrtpOutcome.ACCEPTED);
            }
            ByteBuffer old = pair.sent(4);
            pair.receive(old);
            SrtpReceiver successor = new SrtpReceiver(pair.keys, pair.receiver.exportState());

            assertThat(successor.unprotect(SrtpPair.copy(old))).isNotEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(successor.unprotect(pair.sent(5))).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(successor.exportState().streams())
                    .containsExactly(new SrtpState.Stream(SrtpPair.SSRC, SrtpIndex.CYCLE + 5));
        }

        @Test
        @DisplayName("tries the next roll-over counter until the first packet is proven")
        void triesTheNextCycle() {
            pair.receive(pair.sent(10));
            SrtpState replicated = pair.receiver.exportState();
            // eleven minutes without replication: the phone has gone on by more than half a cycle
            for (int n = 30_000; n <= 65_536 + 9; n += 5_000) {
                pair.sent(n & 0xFFFF);
            }
            pair.sent(65_535);
            SrtpReceiver successor = new SrtpReceiver(pair.keys, replicated);

            assertThat(successor.unprotect(pair.sent(9))).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(successor.unprotect(pair.sent(11))).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(successor.exportState().streams())
                    .containsExactly(new SrtpState.Stream(SrtpPair.SSRC, SrtpIndex.CYCLE + 11));
        }

        @Test
        @DisplayName("a stranger cannot make it try for ever: nothing unproven is accepted")
        void strangers() {
            pair.receive(pair.sent(10));
            SrtpReceiver successor = new SrtpReceiver(pair.keys, pair.receiver.exportState());

            assertThat(successor.unprotect(SrtpPair.rtp(11))).isEqualTo(SrtpOutcome.BAD_TAG);
            assertThat(successor.exportState()).isEqualTo(pair.receiver.exportState());
        }
    }

    @Test
    @DisplayName("a state cannot hold more streams than a leg may have, nor an impossible index")
    void stateIsChecked() {
        SrtpState.Stream last = new SrtpState.Stream(1, SrtpIndex.MAX);
        assertThat(new SrtpState(List.of(last), List.of()).skippedBy(5).streams())
                .containsExactly(last);
        assertThatThrownBy(() -> new SrtpState.Stream(1, SrtpIndex.MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new SrtpState(
                                Collections.nCopies(SrtpState.STREAMS_MAX + 1, last), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
