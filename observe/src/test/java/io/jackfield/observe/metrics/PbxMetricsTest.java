package io.jackfield.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.token.TokenRefusal;
import io.jackfield.media.MediaCounters;
import io.jackfield.media.Outcome;
import io.jackfield.media.recording.Recorder;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("/metrics")
class PbxMetricsTest {
    private final PbxMetrics metrics =
            new PbxMetrics(
                    new Gauges(
                            () -> 3,
                            () -> List.of(true, false, true),
                            () -> 7,
                            () -> 11,
                            () -> Map.of("carrier", true, "backup", false),
                            PbxMetricsTest::counters,
                            new Gauges.Records(
                                    () -> 1, () -> 2, () -> 4, () -> 5, () -> true, () -> false),
                            () -> new Recorder.Counters(2, 30, 4, 5_000, 6, 0.25, true)));

    @Test
    @DisplayName("shows what is there at this moment")
    void showsGauges() {
        assertThat(lines())
                .contains(
                        "jackfield_registrations 3.0",
                        "jackfield_agents_registered 2.0",
                        "jackfield_calls 7.0",
                        "jackfield_websockets 11.0",
                        "jackfield_media_legs 14.0",
                        "jackfield_trunk_up{trunk=\"carrier\"} 1.0",
                        "jackfield_trunk_up{trunk=\"backup\"} 0.0",
                        "jackfield_cdrs_waiting 1.0",
                        "jackfield_cdrs_lost 4.0",
                        "jackfield_cdr_spool_failing 1.0",
                        "jackfield_recordings_active 2.0",
                        "jackfield_recordings_failed 4.0",
                        "jackfield_recordings_queue_fill 0.25",
                        "jackfield_recordings_failing 1.0",
                        "jackfield_cdr_database_failing 0.0");
    }

    @Test
    @DisplayName("shows packets by what became of them, every outcome from the start")
    void showsPackets() {
        assertThat(lines())
                .contains(
                        "jackfield_media_packets_total{outcome=\"forwarded\"} 100.0",
                        "jackfield_media_packets_total{outcome=\"bad_tag\"} 0.0");
        assertThat(lines().stream().filter(l -> l.startsWith("jackfield_media_packets_total{")))
                .hasSameSizeAs(Outcome.values());
    }

    @Test
    @DisplayName("counts DTLS handshakes that were closed before their end apart from failures")
    void showsCancelledHandshakes() {
        assertThat(lines())
                .contains(
                        "jackfield_dtls_handshakes 1.0",
                        "jackfield_dtls_handshakes_cancelled_total 3.0");
    }

    @Test
    @DisplayName("shows the JVM")
    void showsTheJvm() {
        assertThat(metrics.text()).contains("jvm_memory_used_bytes", "jvm_threads_current");
    }

    @Nested
    @DisplayName("under Asterisk's names with Asterisk's meaning")
    class Asterisk {
        @Test
        @DisplayName("count(asterisk_endpoints_state==2) is the agents that are there")
        void countsOperators() {
            assertThat(lines())
                    .contains(
                            "asterisk_endpoints_state{id=\"1\"} 2.0",
                            "asterisk_endpoints_state{id=\"2\"} 1.0",
                            "asterisk_endpoints_state{id=\"3\"} 2.0",
                            "asterisk_endpoints_count 3.0",
                            "asterisk_channels_count 14.0",
                            "asterisk_calls_count 7.0");
        }
    }

    @Nested
    @DisplayName("counts")
    class Counts {
        @Test
        @DisplayName("SIP messages by direction, method and class of the response")
        void countsMessages() {
            metrics.on(
                    new PbxEvent.SipReceived(flow(), message("INVITE sip:b@x SIP/2.0", "INVITE")));
            metrics.on(new PbxEvent.SipSent(flow(), message("SIP/2.0 486 Busy Here", "INVITE"), 0));
            metrics.on(new PbxEvent.SipSent(flow(), message("SIP/2.0 487 Gone", "INVITE"), 0));

            assertThat(lines())
                    .contains(sip("in", "INVITE", "request", 1), sip("out", "INVITE", "4xx", 2));
        }

        @Test
        @DisplayName("methods that a stranger makes up under one label")
        void boundsLabels() {
            for (int i = 0; i < 100; i++) {
                String method = "EVIL" + i;
                metrics.on(
                        new PbxEvent.SipReceived(
                                flow(), message(method + " sip:b@x SIP/2.0", method)));
            }

            assertThat(lines()).contains(sip("in", "other", "request", 100));
            assertThat(metrics.text()).doesNotContain("EVIL");
        }

        @Test
        @DisplayName("what was refused, failed log-ins, and calls that ended")
        void countsOtherEvents() {
            metrics.on(new PbxEvent.SipRefused(flow(), "no SIP", true));
            metrics.on(new PbxEvent.AuthenticationFailed(flow(), "1001", "WRONG"));
            metrics.on(
                    new PbxEvent.GuessesLimited(
                            flow(),
                            PbxEvent.GuessLimit.SOURCE,
                            "",
                            java.time.Duration.ofMinutes(10)));
            metrics.on(new PbxEvent.TokenChecked(flow(), "1001", "+4930123456", Optional.empty()));
            metrics.on(
                    new PbxEvent.TokenChecked(
                            flow(), "1001", "+4930123456", Optional.of(TokenRefusal.USED)));
            metrics.on(new PbxEvent.CallEnded("c1", cdr(486)));
            metrics.on(new PbxEvent.CallEnded("c2", cdr(200)));

            assertThat(lines())
                    .contains(
                            "jackfield_sip_refused_total{answered=\"true\"} 1.0",
                            "jackfield_authentication_failures_total 1.0",
                            "jackfield_guesses_limited_total{limit=\"source\"} 1.0",
                            "jackfield_call_tokens_total{outcome=\"accepted\"} 1.0",
                            "jackfield_call_tokens_total{outcome=\"used\"} 1.0",
                            "jackfield_calls_ended_total{direction=\"internal\",status=\"4xx\"} 1.0",
                            "jackfield_calls_ended_total{direction=\"internal\",status=\"2xx\"} 1.0",
                            "jackfield_call_ring_seconds_count 2");
        }

        @Test
        @DisplayName("without a word about people: no name, number, address or call id")
        void namesNobody() {
            metrics.on(new PbxEvent.Registered("1001", flow(), java.time.Duration.ofMinutes(1)));
            metrics.on(new PbxEvent.AuthenticationFailed(flow(), "1001", "WRONG"));
            metrics.on(new PbxEvent.CallStarted("call-id-1", "1001", "95551234"));
            metrics.on(new PbxEvent.CallEnded("call-id-1", cdr(200)));

            assertThat(lines().stream().filter(PbxMetricsTest::isOurs))
                    .isNotEmpty()
                    .noneMatch(l -> l.matches(".*(1001|95551234|call-id|192\\.0\\.2|udp-).*"))
                    .contains("asterisk_calls_sum 1.0");
        }

        private static String sip(String direction, String method, String kind, int count) {
            return "jackfield_sip_messages_total{direction=\"%s\",kind=\"%s\",method=\"%s\"} %d.0"
                    .formatted(direction, kind, method, count);
        }
    }

    private static boolean isOurs(String line) {
        return line.startsWith("jackfield_") || line.startsWith("asterisk_");
    }

    private List<String> lines() {
        return metrics.text().lines().toList();
    }

    private static MediaCounters counters() {
        Map<Outcome, Long> packets = new EnumMap<>(Outcome.class);
        packets.put(Outcome.FORWARDED, 100L);
        return new MediaCounters(packets, 14, 4, 1, 3, 0, 1 << 20);
    }

    private static SipMessage message(String startLine, String method) {
        String text =
                startLine
                        + "\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
                        + "From: <sip:1001@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: 1\r\nCSeq: 1 "
                        + method
                        + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        return ((ParseResult.Parsed) SipParser.parse(text.getBytes(StandardCharsets.UTF_8)))
                .message();
    }

    private static Cdr cdr(int status) {
        return new Cdr(
                "call-id-1",
                Optional.empty(),
                Cdr.Direction.INTERNAL,
                "1001",
                "95551234",
                Optional.empty(),
                2,
                Instant.EPOCH,
                1_500,
                0,
                Cdr.HangupSide.CALLER,
                "busy",
                status,
                Optional.empty(),
                Cdr.Heard.NOTHING,
                Cdr.Heard.NOTHING,
                Optional.empty());
    }

    private static Flow flow() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);
        return new Flow() {
            @Override
            public String id() {
                return "udp-192.0.2.1:5060";
            }

            @Override
            public Transport transport() {
                return Transport.UDP;
            }

            @Override
            public InetSocketAddress remote() {
                return address;
            }

            @Override
            public InetSocketAddress local() {
                return address;
            }

            @Override
            public boolean send(byte[] message) {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
