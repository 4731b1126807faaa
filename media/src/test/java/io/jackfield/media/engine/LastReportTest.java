package io.jackfield.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.TrunkLeg;
import io.jackfield.protocol.rtcp.ReportBlock;
import io.jackfield.protocol.rtcp.RtcpPacket;
import io.jackfield.protocol.rtcp.RtcpParse;
import io.jackfield.protocol.rtcp.RtcpParser;
import io.jackfield.protocol.rtcp.RtcpWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("What a carrier says at the end of a short call (RFC 3550 §6.6)")
@Timeout(60)
class LastReportTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int THEIRS = 0x7777;

    private final Events events = new Events();
    private final Stranger rtp = new Stranger();
    private final Stranger rtcp = new Stranger();
    private MediaBench bench;
    private TrunkLeg trunk;

    LastReportTest() throws Exception {}

    @AfterEach
    void close() {
        bench.close();
        rtp.close();
        rtcp.close();
    }

    /** The carrier has heard a packet, and said nothing of it. */
    private void talk(Duration lastReportWithin) throws Exception {
        bench = new MediaBench(MediaBench.settings().withLastReportWithin(lastReportWithin));
        trunk = bench.server.openTrunkLeg("trunk", InetAddress.getLoopbackAddress(), events);
        trunk.apply(MediaBench.plain(rtp.address(), rtcp.address(), MediaBench.PCMU));
        MediaBench.Call browser = bench.call("browser", MediaBench.PCMU).connected();
        bench.server.bridge(browser.leg, trunk);
        browser.phone.talk();
        assertThat(rtp.receiveRtp()).isNotEmpty();
    }

    /** Our SSRC, from the compound with which we said BYE. */
    private int goodbye() throws Exception {
        while (true) {
            byte[] datagram =
                    rtcp.receive(10_000).orElseThrow(() -> new AssertionError("no BYE in time"));
            RtcpParse.Compound compound =
                    (RtcpParse.Compound) RtcpParser.parse(ByteBuffer.wrap(datagram));
            if (compound.packets().getLast() instanceof RtcpPacket.Goodbye(var ssrcs, _)) {
                return ssrcs.getFirst();
            }
        }
    }

    private void report(int ourSsrc) throws Exception {
        ByteBuffer out = ByteBuffer.allocate(200);
        ReportBlock block = new ReportBlock(ourSsrc, 64, 3, 100, 80, 0, 0);
        RtcpWriter.write(new RtcpPacket.ReceiverReport(THEIRS, List.of(block)), out);
        RtcpWriter.write(new RtcpPacket.Goodbye(List.of(THEIRS), Optional.empty()), out);
        byte[] compound = new byte[out.flip().remaining()];
        out.get(compound);
        rtcp.send(
                compound, new InetSocketAddress(trunk.local().address(), trunk.local().rtcpPort()));
    }

    @Test
    @DisplayName("is in the last statistics, which wait for it and no longer")
    void taken() throws Exception {
        talk(LONG);
        trunk.close();
        report(goodbye());
        LegStatistics last = events.await(MediaEvent.Closed.class).statistics();
        LegStatistics.HeardByPeer heard = last.heardByPeer().orElseThrow();
        assertThat(heard.lost()).isEqualTo(3);
        assertThat(heard.jitterMillis()).isEqualTo(10);
        MediaBench.eventually("free", () -> bench.server.counters().trunkPortsInUse() == 0);
    }

    @Test
    @DisplayName("is unknown where it says nothing, and the leg ends all the same")
    void nothing() throws Exception {
        talk(Duration.ofMillis(20));
        trunk.close();
        assertThat(events.await(MediaEvent.Closed.class).statistics().heardByPeer()).isEmpty();
        MediaBench.eventually("free", () -> bench.server.counters().trunkPortsInUse() == 0);
    }

    @Test
    @DisplayName("is not waited for when the whole engine ends")
    void engineEnds() throws Exception {
        talk(LONG);
        bench.server.close();
        assertThat(events.seen()).last().isInstanceOf(MediaEvent.Closed.class);
    }

    @Test
    @DisplayName("is not waited for where it has spoken before")
    void spokenBefore() throws Exception {
        talk(LONG);
        int ssrc = ByteBuffer.wrap(rtp.receiveRtp()).getInt(8);
        report(ssrc);
        MediaBench.eventually(
                "heard", () -> MediaBench.statistics(trunk).heardByPeer().isPresent());
        trunk.close();
        events.await(MediaEvent.Closed.class);
    }
}
