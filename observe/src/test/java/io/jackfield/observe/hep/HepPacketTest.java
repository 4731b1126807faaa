package io.jackfield.observe.hep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.observe.ladder.LadderAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A HEP packet")
class HepPacketTest {
    @Test
    @DisplayName("has each field in the chunk that the specification gives it")
    void fieldByField() {
        byte[] bytes =
                packet("192.0.2.1", "198.51.100.7", "OPTIONS sip:a SIP/2.0\r\n\r\n", "call-1")
                        .encode(2001, Optional.of("secret"))
                        .orElseThrow();
        assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("HEP3");
        assertThat(ByteBuffer.wrap(bytes).getShort(4)).isEqualTo((short) bytes.length);
        Map<Integer, String> chunks = chunks(bytes);
        assertThat(chunks)
                .containsEntry(0x01, "02")
                .containsEntry(0x02, "11")
                .containsEntry(0x03, "c0000201")
                .containsEntry(0x04, "c6336407")
                .containsEntry(0x07, "13c4")
                .containsEntry(0x08, "c351")
                .containsEntry(0x09, "6553f100")
                .containsEntry(0x0a, "0001e240")
                .containsEntry(0x0b, "01")
                .containsEntry(0x0c, "000007d1")
                .containsEntry(0x0e, hex("secret"))
                .containsEntry(0x0f, hex("OPTIONS sip:a SIP/2.0\r\n\r\n"))
                .containsEntry(0x11, hex("call-1"))
                .containsEntry(0x13, hex("jackfield"))
                .hasSize(14);
    }

    @Test
    @DisplayName("writes IPv6, and an IPv4 address beside it as a mapped one")
    void ip6() {
        Map<Integer, String> chunks =
                chunks(
                        packet("2001:db8::1", "192.0.2.1", "x", "")
                                .encode(1, Optional.empty())
                                .orElseThrow());
        assertThat(chunks)
                .containsEntry(0x01, "0a")
                .containsEntry(0x05, "20010db8000000000000000000000001")
                .containsEntry(0x06, "00000000000000000000ffffc0000201")
                .doesNotContainKeys(0x03, 0x04, 0x0e, 0x11);
    }

    @Test
    @DisplayName("is not made of what no datagram holds")
    void tooLong() {
        assertThat(
                        packet("192.0.2.1", "192.0.2.2", "x".repeat(65_500), "")
                                .encode(1, Optional.empty()))
                .isEmpty();
    }

    private static HepPacket packet(String from, String to, String text, String correlation) {
        return new HepPacket(
                new LadderAddresses(
                        new InetSocketAddress(InetAddress.ofLiteral(from), 5060),
                        new InetSocketAddress(InetAddress.ofLiteral(to), 50_001)),
                17,
                1_700_000_000_123_456L,
                HepPacket.Protocol.SIP,
                correlation,
                text);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** By their types, in hexadecimal; read by the specification and not by our writer. */
    private static Map<Integer, String> chunks(byte[] packet) {
        Map<Integer, String> chunks = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(packet).position(6);
        while (bytes.hasRemaining()) {
            assertThat(bytes.getShort()).as("vendor").isZero();
            int type = bytes.getShort();
            byte[] value = new byte[(bytes.getShort() & 0xffff) - 6];
            bytes.get(value);
            chunks.put(type, HexFormat.of().formatHex(value));
        }
        return chunks;
    }
}
