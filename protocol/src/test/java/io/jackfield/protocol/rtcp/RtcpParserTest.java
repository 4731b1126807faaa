package io.jackfield.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.protocol.bytes.Mutations;
import io.jackfield.protocol.bytes.SharedCorpora;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RTCP packets read and written (RFC 3550 §6, RFC 5506)")
class RtcpParserTest {
    private static final ReportBlock BLOCK =
            new ReportBlock(
                    0x0a0b0c0d, 64, -2, 0x0001_0002L, 0xFFFF_FFFFL, 0x1111_2222, 0x0001_0000);

    private static final String SENDER_REPORT =
            "81c8000c"
                    + "01020304"
                    + "e8000000"
                    + "80000000"
                    + "00001000"
                    + "0000000a"
                    + "00000640"
                    + "0a0b0c0d"
                    + "40fffffe"
                    + "00010002"
                    + "ffffffff"
                    + "11112222"
                    + "00010000";
    private static final String RECEIVER_REPORT = "80c90001" + "01020304";
    private static final String DESCRIPTION =
            "81ca0004" + "01020304" + "0106" + "6140622e6363" + "00000000";
    private static final String GOODBYE = "81cb0003" + "01020304" + "04" + "6c656674" + "000000";
    private static final String FEEDBACK = "81cd0003" + "01020304" + "05060708" + "09000a00";

    private static RtcpParse parse(String hex) {
        return RtcpParser.parse(ByteBuffer.wrap(Hex.bytes(hex)));
    }

    private static List<RtcpPacket> packets(String hex) {
        return ((RtcpParse.Compound) parse(hex)).packets();
    }

    @Test
    @DisplayName("a compound is read packet by packet; feedback is stepped over (§6.1)")
    void compound() {
        assertThat(packets(SENDER_REPORT + DESCRIPTION + FEEDBACK + GOODBYE))
                .containsExactly(
                        new RtcpPacket.SenderReport(
                                0x01020304,
                                new NtpTime(0xe8000000_80000000L),
                                0x1000,
                                10,
                                1600,
                                List.of(BLOCK)),
                        new RtcpPacket.SourceDescription(
                                List.of(
                                        new RtcpPacket.SourceDescription.Chunk(
                                                0x01020304, Optional.of("a@b.cc")))),
                        new RtcpPacket.Skipped(205, 1, 16),
                        new RtcpPacket.Goodbye(List.of(0x01020304), Optional.of("left")));
    }

    @Test
    @DisplayName("a reduced-size packet need not begin with a report (RFC 5506 §3)")
    void reducedSize() {
        assertThat(packets(FEEDBACK)).containsExactly(new RtcpPacket.Skipped(205, 1, 16));
        assertThat(packets(RECEIVER_REPORT))
                .containsExactly(new RtcpPacket.ReceiverReport(0x01020304, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_SHORT, ''",
        "TOO_SHORT, 80c900",
        "TOO_SHORT, 80c90001010203048000",
        "WRONG_VERSION, 40c9000101020304",
        "NOT_RTCP, 80000001010203040506070809",
        "TRUNCATED, 80c9000201020304",
        "TRUNCATED, 80c90001010203",
        "BAD_BODY, 81c9000101020304",
        "BAD_BODY, 80c8000101020304",
        "BAD_BODY, 82ca000101020304",
        "BAD_BODY, 81ca00020102030401060000",
        "BAD_BODY, 81ca000201020304010161ff",
        "BAD_BODY, 82cb000101020304",
        "BAD_BODY, 81cb00020102030408616263",
        "BAD_PADDING, a0c900020102030400000000",
        "BAD_PADDING, a0c900020102030400000003",
        "BAD_PADDING, a0c90002010203040000000c",
        "BAD_PADDING, a0c90002010203040000000480c9000101020304"
    })
    @DisplayName("what does not fit itself is refused by name, as a whole (A.2)")
    void refuses(RtcpFault fault, String hex) {
        assertThat(parse(hex)).isEqualTo(new RtcpParse.Refused(fault));
    }

    @Test
    @DisplayName("padding at the end is taken off (§6.4.1)")
    void padding() {
        assertThat(packets("a0c900020102030400000004"))
                .containsExactly(new RtcpPacket.ReceiverReport(0x01020304, List.of()));
    }

    @Test
    @DisplayName("more packets than any compound has are refused")
    void bounded() {
        assertThat(packets(RECEIVER_REPORT.repeat(RtcpParser.PACKETS_MAX)))
                .hasSize(RtcpParser.PACKETS_MAX);
        assertThat(parse(RECEIVER_REPORT.repeat(RtcpParser.PACKETS_MAX + 1)))
                .isEqualTo(new RtcpParse.Refused(RtcpFault.TOO_MANY_PACKETS));
    }

    @Test
    @DisplayName("RTCP is told from RTP by its second byte (RFC 5761 §4)")
    void demultiplexing() {
        assertThat(looks("80c8")).isTrue();
        assertThat(looks("80c0")).isTrue();
        assertThat(looks("80df")).isTrue();
        assertThat(looks("80e0")).isFalse();
        assertThat(looks("80bf")).isFalse();
        assertThat(looks("8000")).isFalse();
        assertThat(looks("80")).isFalse();
    }

    private static boolean looks(String hex) {
        return RtcpParser.looksLikeRtcp(ByteBuffer.wrap(Hex.bytes(hex)));
    }

    @Test
    @DisplayName("what is written is byte for byte what is read")
    void writes() {
        for (String hex :
                List.of(SENDER_REPORT, RECEIVER_REPORT, DESCRIPTION, GOODBYE, "80cb0000")) {
            ByteBuffer out = ByteBuffer.allocate(200);
            out.putInt(7);
            packets(hex).forEach(packet -> RtcpWriter.write(packet, out));
            assertThat(Hex.text(out.flip())).isEqualTo("00000007" + hex);
        }
    }

    @Test
    @DisplayName("texts of every length end on a word with at least one null (§6.5)")
    void texts() {
        for (int length = 0; length < 256; length++) {
            List<RtcpPacket> packets =
                    List.of(
                            new RtcpPacket.SourceDescription(
                                    List.of(
                                            new RtcpPacket.SourceDescription.Chunk(
                                                    1, Optional.of("c".repeat(length))),
                                            new RtcpPacket.SourceDescription.Chunk(
                                                    2, Optional.empty()))),
                            new RtcpPacket.Goodbye(List.of(), Optional.of("b".repeat(length))));
            ByteBuffer out = ByteBuffer.allocate(600);
            packets.forEach(packet -> RtcpWriter.write(packet, out));
            assertThat(out.position() % 4).isZero();
            assertThat(RtcpParser.parse(out.flip())).isEqualTo(new RtcpParse.Compound(packets));
        }
    }

    @Test
    @DisplayName("what cannot be written is our mistake")
    void ourMistakes() {
        ByteBuffer out = ByteBuffer.allocate(600);
        assertThatThrownBy(() -> RtcpWriter.write(new RtcpPacket.Skipped(205, 1, 16), out))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        RtcpWriter.write(
                                new RtcpPacket.Goodbye(List.of(), Optional.of("x".repeat(256))),
                                out))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RtcpPacket.ReceiverReport(1, Collections.nCopies(32, BLOCK)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReportBlock(1, 256, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ReportBlock.clampLost(1L << 40)).isEqualTo((1 << 23) - 1);
        assertThat(ReportBlock.clampLost(-(1L << 40))).isEqualTo(-(1 << 23));
    }

    @Test
    @DisplayName("NTP time counts from 1900, in binary fractions (§4)")
    void ntp() {
        assertThat(NtpTime.of(Instant.EPOCH).bits()).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.of(Instant.ofEpochSecond(0, 500_000_000)).bits())
                .isEqualTo(2_208_988_800L << 32 | 0x8000_0000L);
        assertThat(new NtpTime(0x0000_1234_5678_0000L).middle()).isEqualTo(0x1234_5678);
        assertThat(NtpTime.units(5_250_000_000L)).isEqualTo(0x0005_4000);
    }

    @Test
    @DisplayName("survives every fuzz seed")
    void seeds() {
        Map<String, byte[]> seeds = SharedCorpora.seeds("rtcp");
        assertThat(seeds).isNotEmpty();
        assertThat(seeds.values())
                .allSatisfy(
                        bytes -> assertThat(RtcpParser.parse(ByteBuffer.wrap(bytes))).isNotNull());
    }

    @Test
    @DisplayName("survives mutated packets")
    void mutations() {
        Mutations.feed(
                "RtcpParserTest",
                List.of(
                        Hex.bytes(SENDER_REPORT + DESCRIPTION + FEEDBACK + GOODBYE),
                        Hex.bytes(RECEIVER_REPORT + DESCRIPTION),
                        Hex.bytes("a0c900020102030400000004")),
                bytes -> {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    if (RtcpParser.parse(buffer) instanceof RtcpParse.Compound(var packets)) {
                        assertThat(packets).hasSizeBetween(1, RtcpParser.PACKETS_MAX);
                    }
                    assertThat(buffer.remaining()).isEqualTo(bytes.length);
                });
    }
}
