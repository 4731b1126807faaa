package io.jackfield.bench;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.Via;
import io.jackfield.protocol.sip.transaction.TransactionFlow;
import io.jackfield.protocol.sip.transaction.TransactionOutput;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.protocol.sip.transaction.Transactions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A message parsed; a request answered. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SipBenchmark {
    private static final int REQUESTS = 1_024;
    private static final long MILLI = 1_000_000L;

    private static final String HEAD =
            """
            METHOD sip:601@pbx.example SIP/2.0
            Via: SIP/2.0/WSS 6kcq1nqg5vkf.invalid;branch=z9hG4bKBRANCH
            Max-Forwards: 69
            To: <sip:601@pbx.example>
            From: "Agent One" <sip:101@pbx.example>;tag=l1od3vqrbe
            Call-ID: 5mqcn0f2bq4b6kf7ee3m
            CSeq: 8106 METHOD
            Contact: <sip:0v5kq2ej@6kcq1nqg5vkf.invalid;transport=ws;ob>
            Session-Expires: 90
            Supported: timer,ice,replaces,outbound
            Allow: INVITE,ACK,CANCEL,BYE,UPDATE,MESSAGE,OPTIONS,REFER,INFO,NOTIFY
            User-Agent: Jackfield phone
            """;

    private static final String SDP =
            """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            a=msid-semantic: WMS 2f1c
            m=audio 54321 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 192.0.2.7
            a=rtcp:9 IN IP4 0.0.0.0
            a=candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host generation 0
            a=ice-ufrag:Oyef
            a=ice-pwd:pHq9UvzKqoWxpSlaRBtT5Yqc
            a=ice-options:trickle
            a=fingerprint:sha-256 A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=sendrecv
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:126 telephone-event/8000
            a=ssrc:3735928559 cname:Zv2kq0
            """;

    private record Reliable(int number) implements TransactionFlow {
        @Override
        public boolean reliable() {
            return true;
        }
    }

    private static final class Counted implements Identifiers {
        private long next;

        @Override
        public String tag() {
            return "tag" + next++;
        }

        @Override
        public String branch() {
            return Via.MAGIC_COOKIE + next++;
        }

        @Override
        public String callId() {
            return "call" + next++;
        }
    }

    private final byte[] invite = message("INVITE", 7, SDP);
    private final byte[] options = message("OPTIONS", 7, "");
    private final SipRequest[] requests = new SipRequest[REQUESTS];
    private final Reliable flow = new Reliable(1);
    private final Transactions<Reliable> transactions =
            new Transactions<>(TransactionSettings.DEFAULT, new Counted());
    private int request;
    private long now;

    private static byte[] message(String method, int branch, String body) {
        String head = HEAD.replace("METHOD", method).replace("BRANCH", "" + branch);
        String bytes = body.replace("\n", "\r\n");
        String type = body.isEmpty() ? "" : "Content-Type: application/sdp\n";
        String all = head + type + "Content-Length: " + bytes.length() + "\n\n";
        return (all.replace("\n", "\r\n") + bytes).getBytes(StandardCharsets.US_ASCII);
    }

    @Setup
    public void setUp() {
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = (SipRequest) parsed(message("OPTIONS", i, ""));
        }
    }

    private static SipMessage parsed(byte[] bytes) {
        return switch (SipParser.parse(bytes)) {
            case ParseResult.Parsed(var message) -> message;
            case ParseResult.Rejected(var failure) ->
                    throw new IllegalStateException(failure.toString());
            case ParseResult.KeepAlive _ -> throw new IllegalStateException("no message");
        };
    }

    @Benchmark
    public ParseResult parseInviteWithSdp() {
        return SipParser.parse(invite);
    }

    @Benchmark
    public ParseResult parseOptions() {
        return SipParser.parse(options);
    }

    /** A request over WebSocket and its final response; both transactions' timers included. */
    @Benchmark
    public int answerRequest() {
        now += MILLI;
        SipRequest next = requests[request++ % REQUESTS];
        List<TransactionOutput<Reliable>> arrived = transactions.receive(next, flow, now);
        if (!(arrived.getFirst() instanceof TransactionOutput.RequestArrived<Reliable> it)) {
            throw new IllegalStateException("taken for a repetition: " + arrived);
        }
        int outputs = transactions.respond(it.id(), SipResponses.to(next, 200, "tag"), now).size();
        return outputs + transactions.tick(now).size();
    }
}
