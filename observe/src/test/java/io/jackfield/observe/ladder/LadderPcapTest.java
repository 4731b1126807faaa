package io.jackfield.observe.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jackfield.storage.ladder.LadderRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A ladder as a capture file")
class LadderPcapTest {
    private static final Path TSHARK = Path.of("/usr/bin/tshark");
    private static final List<LadderRow> ROWS =
            List.of(
                    row(
                            1_700_000_000_000_001L,
                            false,
                            "192.0.2.1:8443",
                            "198.51.100.7:50001",
                            "INVITE"),
                    row(
                            1_700_000_000_250_000L,
                            true,
                            "192.0.2.1:5060",
                            "203.0.113.9:5060",
                            "INVITE"),
                    row(
                            1_700_000_001_000_000L,
                            true,
                            "[2001:db8::1]:5060",
                            "[2001:db8::2]:5062",
                            "BYE"),
                    row(
                            1_700_000_002_000_000L,
                            true,
                            "192.0.2.1:8443",
                            "[2001:db8::2]:5062",
                            "BYE"),
                    new LadderRow(
                            1,
                            1_700_000_003_000_000L,
                            LadderRow.Kind.CALL,
                            "",
                            false,
                            "",
                            "",
                            "",
                            "call ends",
                            ""));

    @Test
    @DisplayName("holds each message once, with its time, and nothing else")
    void holdsMessages() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(LadderPcap.write(ROWS, file)).isEqualTo(4);
        ByteBuffer bytes = ByteBuffer.wrap(file.toByteArray());
        assertThat(bytes.getInt()).isEqualTo(0xa1b2c3d4);
        bytes.position(24);
        assertThat(bytes.getInt()).isEqualTo(1_700_000_000);
        assertThat(bytes.getInt()).isEqualTo(1);
        int length = bytes.getInt();
        assertThat(bytes.getInt()).isEqualTo(length);
        assertThat(bytes.get(bytes.position())).isEqualTo((byte) 0x45);
    }

    @Test
    @DisplayName("is read by tshark: SIP on every port, addresses, checksums")
    void readByTshark(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(TSHARK), "tshark is not installed");
        Path file = folder.resolve("call.pcap");
        try (var out = Files.newOutputStream(file)) {
            LadderPcap.write(ROWS, out);
        }
        Process tshark =
                new ProcessBuilder(
                                TSHARK.toString(),
                                "-r",
                                file.toString(),
                                "-o",
                                "ip.check_checksum:TRUE",
                                "-o",
                                "udp.check_checksum:TRUE",
                                "-T",
                                "fields",
                                "-E",
                                "separator=|",
                                "-e",
                                "frame.time_epoch",
                                "-e",
                                "ip.src",
                                "-e",
                                "ipv6.dst",
                                "-e",
                                "udp.dstport",
                                "-e",
                                "udp.checksum.status",
                                "-e",
                                "sip.Method")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String text = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tshark.waitFor()).isZero();
        assertThat(text.lines())
                .containsExactly(
                        "1700000000.000001000|198.51.100.7||8443|1|INVITE",
                        "1700000000.250000000|192.0.2.1||5060|1|INVITE",
                        "1700000001.000000000||2001:db8::2|5062|1|BYE",
                        "1700000002.000000000||2001:db8::2|5062|1|BYE");
    }

    private static LadderRow row(
            long at, boolean sent, String local, String remote, String method) {
        return new LadderRow(
                1,
                at,
                LadderRow.Kind.SIP,
                "1",
                sent,
                "WSS",
                local,
                remote,
                method,
                method
                        + " sip:1002@example.com SIP/2.0\r\n"
                        + "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
                        + "From: <sip:1001@example.com>;tag=1\r\nTo: <sip:1002@example.com>\r\n"
                        + "Call-ID: a\r\nCSeq: 1 "
                        + method
                        + "\r\nContent-Length: 0\r\n\r\n");
    }
}
