package io.jackfield.media.demux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a datagram is, by its first bytes (RFC 7983 §7, RFC 5761 §4)")
class DatagramKindTest {

    private static DatagramKind of(int first, int second) {
        ByteBuffer datagram = ByteBuffer.allocate(40);
        datagram.put(5, (byte) first).put(6, (byte) second);
        return DatagramKind.of(datagram.position(5));
    }

    private static DatagramKind expected(int first, int second) {
        if (first <= 3) {
            return DatagramKind.STUN;
        }
        if (first >= 20 && first <= 63) {
            return DatagramKind.DTLS;
        }
        if (first >= 128 && first <= 191) {
            return second >= 192 && second <= 223 ? DatagramKind.RTCP : DatagramKind.RTP;
        }
        return DatagramKind.OTHER;
    }

    @Test
    @DisplayName("holds for all 65,536 pairs of first bytes, wherever the buffer begins")
    void allPairs() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                assertThat(of(first, second))
                        .as("%d %d", first, second)
                        .isEqualTo(expected(first, second));
            }
        }
    }

    @Test
    @DisplayName("an empty datagram is nothing, and one byte is enough to look at")
    void short_() {
        assertThat(DatagramKind.of(ByteBuffer.allocate(0))).isEqualTo(DatagramKind.OTHER);
        assertThat(DatagramKind.of(ByteBuffer.wrap(new byte[] {(byte) 0x80})))
                .isEqualTo(DatagramKind.RTP);
    }
}
