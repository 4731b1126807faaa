package io.jackfield.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.MediaEvent;
import io.jackfield.media.Outcome;
import io.jackfield.media.client.HeadlessReport;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A browser leg that hears itself, over real sockets")
@Timeout(60)
class EchoTest {
    private final MediaBench bench;

    EchoTest() throws Exception {
        bench = new MediaBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("brings every frame back as it was sent, from the first one on")
    void byteExact() throws Exception {
        MediaBench.Call call = bench.call("echo", MediaBench.OPUS);
        bench.server.echo(call.leg);
        call.phone.talk();
        call.connected();
        HeadlessReport report = call.reports("a second of echo", r -> r.framesHeard() >= 50);
        assertThat(report.framesDamaged()).isZero();
        assertThat(report.framesRepeated()).isZero();
        assertThat(report.framesMissing()).isZero();
        assertThat(report.firstFrameHeard()).hasValue(0);
        assertThat(report.statistics().lost()).isZero();
        // A packet is counted once it has been passed on: the phone may have it before.
        MediaBench.eventually("counted", () -> bench.packets(Outcome.FORWARDED) >= 50);
    }

    @Test
    @DisplayName("tells of its path, its keys and its first packet, with times since opening")
    void events() throws Exception {
        MediaBench.Call call = bench.call("echo", MediaBench.PCMU);
        bench.server.echo(call.leg);
        call.phone.talk();
        MediaEvent.IceConnected ice = call.events.await(MediaEvent.IceConnected.class);
        MediaEvent.DtlsConnected dtls = call.events.await(MediaEvent.DtlsConnected.class);
        MediaEvent.FirstPacket first = call.events.await(MediaEvent.FirstPacket.class);
        assertThat(ice.remoteType()).isEqualTo(io.jackfield.protocol.sdp.Candidate.Type.HOST);
        assertThat(ice.sinceOpen()).isLessThan(dtls.sinceOpen());
        assertThat(dtls.sinceOpen()).isLessThan(first.sinceOpen());
        assertThat(first.sinceOpen()).isLessThan(Duration.ofSeconds(10));
        call.leg.close();
        MediaEvent.Closed closed = call.events.await(MediaEvent.Closed.class);
        assertThat(closed.statistics().received().packets()).isPositive();
    }
}
