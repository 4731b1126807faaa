package io.jackfield.protocol.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("STUN writer (RFC 8489 §5, §14)")
class StunWriterTest {
    private static final StunKey KEY = StunKey.shortTerm("a password of twenty-two");

    private static final StunMessage EVERYTHING =
            StunMessage.binding(
                    StunClass.ERROR,
                    new StunTransactionId(0x01020304, -5),
                    new StunAttribute.Username("abc:defgh"),
                    new StunAttribute.Realm("r"),
                    new StunAttribute.Nonce("no"),
                    new StunAttribute.Software("sof"),
                    new StunAttribute.ErrorCode(487, "Role Conflict"),
                    new StunAttribute.UnknownAttributes(List.of(0x12, 0x7fff, 0)),
                    new StunAttribute.XorMappedAddress(new InetSocketAddress("198.51.100.7", 1)),
                    new StunAttribute.XorMappedAddress(new InetSocketAddress("2001:db8::9", 65535)),
                    new StunAttribute.Priority(0xFFFF_FFFFL),
                    new StunAttribute.UseCandidate(),
                    new StunAttribute.IceControlled(-1),
                    new StunAttribute.IceControlling(1));

    private static StunPacket reread(ByteBuffer out) {
        return ((StunParse.Received) StunParser.parse(out.flip())).packet();
    }

    @Test
    @DisplayName("what is written is what is read, and both proofs hold")
    void roundTrip() {
        ByteBuffer out = ByteBuffer.allocate(400);
        StunWriter.write(EVERYTHING, KEY, out);
        StunPacket packet = reread(out);

        assertThat(packet.message()).isEqualTo(EVERYTHING);
        assertThat(packet.hasFingerprint()).isTrue();
        assertThat(packet.provenBy(KEY)).isTrue();
        assertThat(packet.length()).isEqualTo(out.limit());
    }

    @Test
    @DisplayName("any single changed bit is noticed (§14.5, §14.7)")
    void everyBitCounts() {
        ByteBuffer out = ByteBuffer.allocate(400);
        StunWriter.write(EVERYTHING, KEY, out);
        out.flip();
        for (int bit = 0; bit < out.limit() * 8; bit++) {
            byte original = out.get(bit / 8);
            out.put(bit / 8, (byte) (original ^ 1 << bit % 8));
            boolean good =
                    StunParser.parse(out) instanceof StunParse.Received(var packet)
                            && packet.hasFingerprint();
            assertThat(good).as("bit %d", bit).isFalse();
            out.put(bit / 8, original);
        }
    }

    @Test
    @DisplayName("a message without proof has none")
    void unproven() {
        ByteBuffer out = ByteBuffer.allocate(400);
        StunWriter.writeUnproven(EVERYTHING, out);
        StunPacket packet = reread(out);

        assertThat(packet.hasIntegrity()).isFalse();
        assertThat(packet.provenBy(KEY)).isFalse();
    }

    @Test
    @DisplayName("a buffer too small, or an attribute nobody read, is our mistake")
    void ourMistakes() {
        assertThatThrownBy(() -> StunWriter.write(EVERYTHING, KEY, ByteBuffer.allocate(40)))
                .isInstanceOf(BufferOverflowException.class);
        StunMessage unread =
                StunMessage.binding(
                        StunClass.REQUEST,
                        new StunTransactionId(0, 0),
                        new StunAttribute.Unread(1, 4));
        assertThatThrownBy(() -> StunWriter.write(unread, KEY, ByteBuffer.allocate(400)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
