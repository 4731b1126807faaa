package io.jackfield.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.LegState;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaCounters;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaPortsExhausted;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.MediaSocketUnavailable;
import io.jackfield.media.TrunkLeg;
import io.jackfield.protocol.sdp.LocalCandidate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("What a media engine holds, and gives back")
@Timeout(120)
class ResourcesTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final MediaBench bench;

    ResourcesTest() throws Exception {
        bench = new MediaBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    @DisplayName("ports, sockets and legs return to the start after 1,000 openings and closings")
    void returnsEverything() throws Exception {
        cycle(20);
        long files = openFiles();
        for (int i = 0; i < 50; i++) {
            cycle(20);
        }
        MediaCounters counters = bench.server.counters();
        assertThat(counters.trunkPortsInUse()).isZero();
        assertThat(counters.legs()).isZero();
        assertThat(counters.handshakesRunning()).isZero();
        assertThat(counters.commandsDropped()).isZero();
        assertThat(openFiles()).isLessThanOrEqualTo(files + 5);
    }

    /** Opens that many legs of both kinds, and closes them. */
    private void cycle(int legs) throws Exception {
        List<TrunkLeg> trunks = new ArrayList<>();
        List<BrowserLeg> browsers = new ArrayList<>();
        for (int i = 0; i < legs; i++) {
            trunks.add(bench.server.openTrunkLeg("t" + i, LOOPBACK, _ -> {}));
            browsers.add(bench.server.openBrowserLeg("b" + i, IceSide.ANSWERING, _ -> {}));
        }
        assertThat(bench.server.counters().trunkPortsInUse()).isEqualTo(2 * legs);
        assertThat(bench.server.counters().legs()).isEqualTo(2 * legs);
        bench.server.bridge(trunks.getFirst(), browsers.getFirst());
        trunks.forEach(TrunkLeg::close);
        browsers.forEach(BrowserLeg::close);
        trunks.forEach(TrunkLeg::close);
        MediaBench.eventually("ports free", () -> bench.server.counters().trunkPortsInUse() == 0);
        MediaBench.eventually("legs gone", () -> bench.server.counters().legs() == 0);
    }

    @Test
    @DisplayName("a range without a free pair is said, and one leg less makes room again")
    void exhausted() throws Exception {
        try (MediaServer small =
                MediaServer.start(MediaBench.settings().withTrunkPorts(20_502, 20_505))) {
            TrunkLeg first = small.openTrunkLeg("1", LOOPBACK, _ -> {});
            small.openTrunkLeg("2", LOOPBACK, _ -> {});
            assertThatThrownBy(() -> small.openTrunkLeg("3", LOOPBACK, _ -> {}))
                    .isInstanceOf(MediaPortsExhausted.class)
                    .hasMessageContaining("20502");
            assertThat(small.counters().legs()).isEqualTo(2);
            first.close();
            MediaBench.eventually("freed", () -> small.counters().trunkPortsInUse() == 2);
            small.openTrunkLeg("3", LOOPBACK, _ -> {});
        }
    }

    @Test
    @DisplayName("a closed leg tells its statistics last, and does nothing any more")
    void closedLeg() throws Exception {
        MediaBench.Call call = bench.call("a", MediaBench.PCMU).connected();
        call.leg.close();
        MediaEvent.Closed closed = call.events.await(MediaEvent.Closed.class);
        assertThat(closed.statistics().legId()).isEqualTo("a");
        assertThat(closed.statistics().lasted()).isPositive();
        bench.server.echo(call.leg);
        bench.server.bridge(call.leg, call.leg);
        call.leg.sendDtmf('1', 100);
        call.leg.restartIce();
        call.connect(true);
        call.leg.close();
        MediaBench.Call next = bench.call("b", MediaBench.PCMU).connected();
        assertThat(next.leg.id()).isEqualTo("b");
        assertThat(call.events.seen()).last().isEqualTo(closed);
    }

    @Test
    @DisplayName("a taken port is named with its address")
    void takenPort() {
        int port =
                bench.server
                        .openBrowserLeg("a", IceSide.ANSWERING, _ -> {})
                        .local()
                        .advertised()
                        .getFirst()
                        .port();
        assertThatThrownBy(() -> MediaServer.start(MediaBench.settings().withBrowserPort(port)))
                .isInstanceOf(MediaSocketUnavailable.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining(Integer.toString(port));
    }

    @Test
    @DisplayName("descriptions show advertised addresses only, never the ones bound to")
    void advertisedOnly() throws Exception {
        InetAddress outside = InetAddress.getByName("203.0.113.7");
        InetAddress second = InetAddress.getByName("127.0.0.2");
        MediaSettings settings =
                MediaSettings.of(
                                List.of(
                                        new MediaAddress(LOOPBACK, outside, OptionalInt.of(40_000)),
                                        new MediaAddress(
                                                second, InetAddress.getByName("198.51.100.9"))))
                        .withBrowserPort(0)
                        .withTrunkPorts(20_602, 20_609);
        try (MediaServer server = MediaServer.start(settings)) {
            List<LocalCandidate> shown =
                    server.openBrowserLeg("a", IceSide.ANSWERING, _ -> {}).local().advertised();
            assertThat(shown)
                    .extracting(c -> c.address().getHostAddress())
                    .containsExactly("203.0.113.7", "198.51.100.9");
            assertThat(shown.getFirst().port()).isEqualTo(40_000);
            assertThat(server.openTrunkLeg("t", second, _ -> {}).local().address())
                    .isEqualTo(InetAddress.getByName("198.51.100.9"));
            assertThatThrownBy(() ->
                            server.openTrunkLeg("t", InetAddress.getByName("127.0.0.3"), _ -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("silence is told once, and its end (dead media)")
    void silence() throws Exception {
        try (MediaBench impatient =
                new MediaBench(MediaBench.settings().withSilenceAfter(Duration.ofSeconds(1)))) {
            MediaBench.Call call = impatient.call("a", MediaBench.PCMU).connected();
            MediaEvent.Silent silent = call.events.await(MediaEvent.Silent.class);
            assertThat(silent.sinceLastPacket()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            call.phone.talk();
            call.events.await(MediaEvent.Resumed.class);
            assertThat(call.events.seen())
                    .filteredOn(MediaEvent.Silent.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("a running leg's survival state holds keys, pair, numbers and codecs")
    void survivalState() throws Exception {
        MediaBench.Call call = bench.call("a", MediaBench.OPUS).connected();
        bench.server.echo(call.leg);
        call.phone.talk();
        call.reports("echo", r -> r.framesHeard() > 10);
        CompletableFuture<LegState> exported = new CompletableFuture<>();
        call.leg.exportState(exported::complete);
        LegState state = exported.get(5, TimeUnit.SECONDS);
        assertThat(state.codecs()).contains(MediaBench.OPUS);
        assertThat(state.outgoing().orElseThrow().started()).isTrue();
        assertThat(state.transport())
                .isInstanceOfSatisfying(
                        LegState.Transport.WebRtc.class,
                        transport -> {
                            assertThat(transport.ice().selected()).isPresent();
                            LegState.Keys keys = transport.keys().orElseThrow();
                            assertThat(keys.sent().streams()).hasSize(1);
                            assertThat(keys.received().streams()).hasSize(1);
                        });
        assertThat(state.toString()).doesNotContain(call.leg.local().ice().pwd());
    }
}
