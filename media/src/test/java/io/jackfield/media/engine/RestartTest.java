package io.jackfield.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.Outcome;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.media.client.HeadlessMedia;
import io.jackfield.media.client.HeadlessReport;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.SetupRole;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A leg that is negotiated anew, over real sockets")
@Timeout(60)
class RestartTest {
    private final MediaBench bench;

    RestartTest() throws Exception {
        bench = new MediaBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("goes on without a lost frame through an ICE restart, with the same keys (§9)")
    void iceRestart() throws Exception {
        MediaBench.Call call = bench.call("a", MediaBench.OPUS);
        bench.server.echo(call.leg);
        call.phone.talk();
        call.reports("echo", r -> r.framesHeard() > 10);
        LocalMedia.WebRtc before = call.leg.local();
        LocalMedia.WebRtc after = call.leg.restartIce();
        assertThat(after.ice()).isNotEqualTo(before.ice());
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
        assertThat(call.leg.local()).isEqualTo(after);
        call.phone.restartIce();
        long answered = bench.packets(Outcome.STUN_ANSWERED);
        call.connect(true);
        MediaBench.eventually(
                "a check with the new password",
                () -> bench.packets(Outcome.STUN_ANSWERED) > answered);
        long heard = call.report().framesHeard();
        HeadlessReport report = call.reports("more echo", r -> r.framesHeard() > heard + 50);
        assertThat(report.framesMissing()).isZero();
        assertThat(report.framesDamaged()).isZero();
        assertThat(report.statistics().ssrcs()).hasSize(1);
        assertThat(call.events.seen())
                .filteredOn(MediaEvent.DtlsConnected.class::isInstance)
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "shakes hands again when a restart comes with another fingerprint: a page reloaded")
    void anotherPage() throws Exception {
        MediaBench.Call call = bench.call("a", MediaBench.PCMU).connected();
        bench.server.echo(call.leg);
        call.phone.talk();
        call.reports("echo", r -> r.framesHeard() > 5);
        try (HeadlessHost reloaded = HeadlessHost.start();
                HeadlessMedia page = reloaded.open()) {
            call.phone.hush();
            call.leg.restartIce();
            call.leg.apply(
                    MediaBench.parameters(
                            MediaBench.seenFromOutside(page.local(), SetupRole.PASSIVE),
                            MediaBench.PCMU,
                            true));
            page.apply(
                    MediaBench.parameters(
                            MediaBench.seenFromOutside(call.leg.local(), SetupRole.ACTIVE),
                            MediaBench.PCMU,
                            false));
            page.talk();
            assertThat(page.settled().get(10, TimeUnit.SECONDS))
                    .isEqualTo(HeadlessReport.State.CONNECTED);
            call.events.await(MediaEvent.DtlsConnected.class);
            MediaBench.eventually(
                    "echo on the new page", () -> page.report().join().framesHeard() > 10);
            assertThat(page.report().join().framesDamaged()).isZero();
        }
    }

    @Test
    @DisplayName("keeps its keys when the same description is applied again")
    void sameAgain() throws Exception {
        MediaBench.Call call = bench.call("a", MediaBench.PCMU).connected();
        bench.server.echo(call.leg);
        call.phone.talk();
        call.reports("echo", r -> r.framesHeard() > 5);
        call.connect(true);
        long heard = call.report().framesHeard();
        HeadlessReport report = call.reports("more echo", r -> r.framesHeard() > heard + 20);
        assertThat(report.framesMissing()).isZero();
        assertThat(call.events.seen())
                .filteredOn(MediaEvent.DtlsConnected.class::isInstance)
                .hasSize(1);
    }

    @Test
    @DisplayName("changes its codec and clock under a new SSRC (RFC 7160 §4.1)")
    void anotherCodec() throws Exception {
        MediaBench.Call call = bench.call("a", MediaBench.OPUS).connected();
        bench.server.echo(call.leg);
        call.phone.talk();
        call.reports("echo", r -> r.framesHeard() > 5);
        call.leg.apply(MediaBench.parameters(call.phoneSeen(true), MediaBench.PCMU, true));
        call.phone.apply(MediaBench.parameters(call.legSeen(true), MediaBench.PCMU, false));
        long heard = call.report().framesHeard();
        HeadlessReport report = call.reports("more echo", r -> r.framesHeard() > heard + 20);
        assertThat(report.statistics().ssrcs()).hasSize(2);
        assertThat(report.framesDamaged()).isZero();
        assertThat(MediaBench.statistics(call.leg).sent().ssrcs()).hasSize(2);
    }

    @Test
    @DisplayName("works in both DTLS roles, and as offerer")
    void roles() throws Exception {
        for (boolean serverActive : new boolean[] {true, false}) {
            MediaBench.Call call =
                    bench.new Call("a", MediaBench.OPUS, IceSide.OFFERING, serverActive);
            assertThat(call.leg.local().setup()).isEqualTo(SetupRole.ACTPASS);
            bench.server.echo(call.leg);
            call.phone.talk();
            HeadlessReport report = call.reports("echo", r -> r.framesHeard() > 10);
            assertThat(report.framesMissing()).isZero();
        }
    }

    @Test
    @DisplayName("loses nothing when the phone's checks and hello come before the description")
    void phoneFasterThanSignalling() throws Exception {
        HeadlessMedia phone = bench.host.open();
        Events events = new Events();
        BrowserLeg leg = bench.server.openBrowserLeg("a", IceSide.OFFERING, events);
        bench.server.echo(leg);
        phone.apply(
                MediaBench.parameters(
                        MediaBench.seenFromOutside(leg.local(), SetupRole.PASSIVE),
                        MediaBench.PCMU,
                        true));
        phone.talk();
        MediaBench.eventually("hello", () -> bench.packets(Outcome.DTLS_TAKEN) > 0);
        leg.apply(
                MediaBench.parameters(
                        MediaBench.seenFromOutside(phone.local(), SetupRole.ACTIVE),
                        MediaBench.PCMU,
                        false));
        MediaBench.eventually("echo", () -> phone.report().join().framesHeard() > 10);
        assertThat(phone.report().join().framesMissing()).isZero();
    }
}
