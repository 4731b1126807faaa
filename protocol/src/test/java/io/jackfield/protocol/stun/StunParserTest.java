package io.jackfield.protocol.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.protocol.bytes.Mutations;
import io.jackfield.protocol.bytes.SharedCorpora;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("STUN parser (RFC 8489 §5, §14)")
class StunParserTest {
    private static final String HEADER = "2112a442b7e7a701bc34d686fa87dfae";
    private static final StunKey KEY = StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");

    private static StunParse parse(String hex) {
        return StunParser.parse(ByteBuffer.wrap(Hex.bytes(hex)));
    }

    private static StunPacket received(String hex) {
        return ((StunParse.Received) parse(hex)).packet();
    }

    private static Optional<StunFault> fault(String hex) {
        return parse(hex) instanceof StunParse.Refused(var fault)
                ? Optional.of(fault)
                : Optional.empty();
    }

    /** A Binding request around the given attributes. */
    private static String request(String attributes) {
        return "0001%04x".formatted(attributes.length() / 2) + HEADER + attributes;
    }

    @Nested
    @DisplayName("refuses, and says why")
    class Refuses {
        @ParameterizedTest
        @CsvSource({
            "TOO_SHORT, 000100002112a442b7e7a701bc34d686fa87df",
            "TOO_SHORT, ''",
            "NOT_STUN, 800100002112a442b7e7a701bc34d686fa87dfae",
            "NOT_STUN, 000100002112a443b7e7a701bc34d686fa87dfae",
            "BAD_LENGTH, 000100022112a442b7e7a701bc34d686fa87dfae0000",
            "BAD_LENGTH, 000100042112a442b7e7a701bc34d686fa87dfae",
            "BAD_LENGTH, 000100002112a442b7e7a701bc34d686fa87dfae00000000"
        })
        @DisplayName("what has no proper header (§5)")
        void badHeaders(StunFault expected, String hex) {
            assertThat(fault(hex)).contains(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "TRUNCATED_ATTRIBUTE, 80220005aabbccdd",
            "TRUNCATED_ATTRIBUTE, 8022ffffaabbccdd",
            "BAD_ATTRIBUTE, 00240003aabbcc00",
            "BAD_ATTRIBUTE, 00250004aabbccdd",
            "BAD_ATTRIBUTE, 80290004aabbccdd",
            "BAD_ATTRIBUTE, 802a0004aabbccdd",
            "BAD_ATTRIBUTE, 00080004aabbccdd",
            "BAD_ATTRIBUTE, 000900040000022a",
            "BAD_ATTRIBUTE, 0009000400000364",
            "BAD_ATTRIBUTE, 000900020000",
            "BAD_ATTRIBUTE, 000a0003aabbcc00",
            "BAD_ATTRIBUTE, 0020000800031111aabbccdd",
            "BAD_ATTRIBUTE, 0020000800021111aabbccdd",
            "BAD_ATTRIBUTE, 00200002aabb0000",
            "BAD_ATTRIBUTE, 00060002c3280000",
            "BAD_FINGERPRINT, 8028000400000000",
            "BAD_FINGERPRINT, 80280002aabb0000"
        })
        @DisplayName("what has a broken attribute (§14)")
        void badAttributes(StunFault expected, String attributes) {
            String padded = attributes.length() % 8 == 0 ? attributes : attributes + "0000";
            assertThat(fault(request(padded))).contains(expected);
        }

        @Test
        @DisplayName("more attributes than a check can have, and messages longer than a check")
        void bounds() {
            assertThat(fault(request("80220000".repeat(StunParser.ATTRIBUTES_MAX)))).isEmpty();
            assertThat(fault(request("80220000".repeat(StunParser.ATTRIBUTES_MAX + 1))))
                    .contains(StunFault.TOO_MANY_ATTRIBUTES);
            assertThat(fault(request("8022%04x".formatted(1500) + "20".repeat(1500))))
                    .contains(StunFault.TOO_LONG);
            assertThat(fault(request("00060200" + "61".repeat(512))))
                    .contains(StunFault.BAD_ATTRIBUTE);
            assertThat(fault(request("00060100" + "61".repeat(256)))).isEmpty();
        }

        @Test
        @DisplayName("anything behind a FINGERPRINT, however right that is (§14.7)")
        void fingerprintIsLast() {
            ByteBuffer out = ByteBuffer.allocate(100);
            StunWriter.writeUnproven(
                    StunMessage.binding(StunClass.REQUEST, new StunTransactionId(1, 2)), out);
            String good = Hex.text(out.flip());

            assertThat(fault(good)).isEmpty();
            assertThat(fault(good.substring(0, 4) + "000c" + good.substring(8) + "80220000"))
                    .contains(StunFault.BAD_FINGERPRINT);
        }
    }

    @Nested
    @DisplayName("accepts")
    class Accepts {
        @Test
        @DisplayName("all four classes and every method (§5)")
        void classesAndMethods() {
            for (StunClass messageClass : StunClass.values()) {
                for (int method = 0; method <= 0xFFF; method += 0x111) {
                    StunMessage message =
                            new StunMessage(
                                    messageClass, method, new StunTransactionId(7, 8), List.of());
                    ByteBuffer out = ByteBuffer.allocate(100);
                    StunWriter.write(message, KEY, out);
                    assertThat(received(Hex.text(out.flip())).message()).isEqualTo(message);
                }
            }
        }

        @Test
        @DisplayName("what it does not know, and tells what must be understood (§14)")
        void unknownAttributes() {
            StunMessage message = received(request("7fff0001aa00000080ff000000260000")).message();

            assertThat(message.attributes())
                    .containsExactly(
                            new StunAttribute.Unread(0x7fff, 1),
                            new StunAttribute.Unread(0x80ff, 0),
                            new StunAttribute.Unread(0x0026, 0));
            assertThat(message.notUnderstood()).containsExactly(0x7fff, 0x0026);
        }

        @Test
        @DisplayName("attributes behind MESSAGE-INTEGRITY, and ignores them (§14.5)")
        void ignoresWhatIsNotProven() {
            String integrity = "00080014" + "ab".repeat(20);
            StunPacket packet = received(request(integrity + "00250000" + integrity));

            assertThat(packet.hasIntegrity()).isTrue();
            assertThat(packet.message().useCandidate()).isFalse();
        }

        @Test
        @DisplayName("the first of two attributes of a kind (§14)")
        void firstCounts() {
            StunMessage message =
                    received(request("000600016100000000060001620000" + "00")).message();
            assertThat(message.username()).contains("a");
        }

        @Test
        @DisplayName("bytes in the middle of a buffer, and leaves the buffer as it was")
        void leavesTheBuffer() {
            byte[] bytes = Hex.resource("/rfc5769/2.1-sample-request.hex");
            ByteBuffer buffer = ByteBuffer.allocate(300);
            buffer.position(50).put(bytes).flip().position(50);

            assertThat(StunParser.parse(buffer)).isInstanceOf(StunParse.Received.class);
            assertThat(buffer.position()).isEqualTo(50);
            assertThat(buffer.remaining()).isEqualTo(bytes.length);
        }
    }

    @Nested
    @DisplayName("survives")
    class Survives {
        @Test
        @DisplayName("every fuzz seed")
        void seeds() {
            Map<String, byte[]> seeds = SharedCorpora.seeds("stun");
            assertThat(seeds).isNotEmpty();
            assertThat(seeds.values())
                    .allSatisfy(bytes -> readAll(StunParser.parse(ByteBuffer.wrap(bytes))));
        }

        @Test
        @DisplayName("mutated messages")
        void mutations() {
            List<byte[]> originals = new ArrayList<>();
            for (String name :
                    List.of(
                            "2.1-sample-request",
                            "2.2-sample-ipv4-response",
                            "2.3-sample-ipv6-response",
                            "2.4-sample-request-with-long-term-authentication")) {
                originals.add(Hex.resource("/rfc5769/" + name + ".hex"));
            }
            // without its proofs, so that a change reaches the attributes
            originals.add(
                    Hex.bytes(
                            request(
                                    "000600096576746a3a6836765920202000090008000004876162636400"
                                            + "0a0004001200130020000800011111aabbccdd0025000080290008"
                                            + "1122334455667788")));
            Mutations.feed(
                    "StunParserTest",
                    originals,
                    bytes -> readAll(StunParser.parse(ByteBuffer.wrap(bytes))));
        }

        private void readAll(StunParse parse) {
            if (parse instanceof StunParse.Received(var packet)) {
                assertThat(packet.message().attributes())
                        .hasSizeLessThanOrEqualTo(StunParser.ATTRIBUTES_MAX);
                packet.message().username();
                packet.message().notUnderstood();
                packet.provenBy(KEY);
            }
        }
    }

    @Test
    @DisplayName("the negatives built from RFC 5769 §2.1 are refused or stay unproven")
    void negatives() {
        List<Map<String, String>> negatives =
                SharedCorpora.vectors("stun/rfc5769.json", "negative_built_from_2_1");
        assertThat(negatives).hasSize(9);
        for (Map<String, String> negative : negatives) {
            boolean usable =
                    parse(negative.get("hex")) instanceof StunParse.Received(var packet)
                            && packet.hasFingerprint()
                            && packet.provenBy(KEY);
            assertThat(usable).as(negative.get("what")).isFalse();
        }
    }
}
