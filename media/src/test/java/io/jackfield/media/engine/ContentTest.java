package io.jackfield.media.engine;

import static io.jackfield.testkit.NetworkConditions.PERFECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.client.HeadlessMedia;
import io.jackfield.media.client.HeadlessReport;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.content.Carrier;
import io.jackfield.media.content.Ear;
import io.jackfield.media.content.Verdict;
import io.jackfield.media.content.Voice;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SetupRole;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.UdpRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Content, not bytes: a chirp and sentences go from a browser to a carrier and from it to the
 * browser, for every pair of codecs at the same time, while the browser's path is bad; what is
 * heard is compared with what was said. In real time, so {@code ./bench/content} runs it and {@code
 * ./verify} does not.
 */
@DisplayName("What is said arrives, whatever the codecs and the browser's network")
@Timeout(120)
@EnabledIfSystemProperty(
        named = "jackfield.content",
        matches = "true",
        disabledReason = "needs a machine that does nothing else: ./bench/content")
class ContentTest {
    private static final List<Codec> CODECS =
            List.of(Codec.OPUS, Codec.G722, Codec.PCMA, Codec.PCMU);
    private static final SpeechCodecs SPEECH = SpeechCodecs.best();
    private static final int OPUS_TYPE = 111;
    private static final long LINGER_MILLIS = 1_500;

    @TempDir private static Path folder;
    private static Optional<Voice> voice = Optional.empty();

    @BeforeAll
    static void speak() throws Exception {
        voice = Voice.spoken(folder);
    }

    /** A browser behind the relay, the server, a carrier. */
    private final class Row implements AutoCloseable {
        final Codec browserCodec;
        final Codec carrierCodec;
        final HeadlessMedia phone;
        final BrowserLeg leg;
        final TrunkLeg trunk;
        final Carrier carrier;
        final Ear ear;

        Row(MediaBench bench, UdpRelay relay, Codec browserCodec, Codec carrierCodec)
                throws Exception {
            this.browserCodec = browserCodec;
            this.carrierCodec = carrierCodec;
            String id = browserCodec.name() + "-" + carrierCodec.name();
            Events events = new Events();
            CodecMap codecs = map(browserCodec);
            phone = bench.host.open();
            leg = bench.server.openBrowserLeg(id, IceSide.ANSWERING, events);
            RemoteMedia.WebRtc phoneSeen =
                    MediaBench.seenFromOutside(phone.local(), SetupRole.PASSIVE);
            leg.apply(MediaBench.parameters(phoneSeen, codecs, true));
            phone.apply(MediaBench.parameters(behind(relay, leg.local()), codecs, false));
            ear = new Ear(type(browserCodec));
            phone.listen(ear::hear);
            trunk = bench.server.openTrunkLeg(id, InetAddress.getLoopbackAddress(), events);
            carrier = new Carrier(carrierCodec, type(carrierCodec));
            trunk.apply(MediaBench.plain(carrier.rtp(), carrier.rtcp(), map(carrierCodec)));
            bench.server.bridge(leg, trunk);
        }

        private static RemoteMedia.WebRtc behind(UdpRelay relay, LocalMedia.WebRtc server) {
            LocalCandidate door =
                    new LocalCandidate(relay.address().getAddress(), relay.address().getPort());
            return MediaBench.seenFromOutside(
                    new LocalMedia.WebRtc(
                            server.ice(), server.fingerprint(), server.setup(), List.of(door)),
                    SetupRole.ACTIVE);
        }

        private static int type(Codec codec) {
            return codec.staticPayloadType().orElse(OPUS_TYPE);
        }

        private static CodecMap map(Codec codec) {
            return MediaBench.map(codec, type(codec), 101);
        }

        void connected() throws Exception {
            assertThat(phone.settled().get(20, TimeUnit.SECONDS))
                    .isEqualTo(HeadlessReport.State.CONNECTED);
        }

        void talk(Voice said) {
            phone.speak(said.once());
            InetSocketAddress to =
                    new InetSocketAddress(trunk.local().address(), trunk.local().rtpPort());
            carrier.say(said, SPEECH, to);
        }

        Verdict atCarrier(Voice said) {
            return verdict(said, carrier.ear, carrierCodec);
        }

        Verdict atBrowser(Voice said) {
            return verdict(said, ear, browserCodec);
        }

        private Verdict verdict(Voice said, Ear listener, Codec codec) {
            assertThat(listener.packets()).as("packets heard of " + codec).isGreaterThan(100);
            return Verdict.of(said.narrow(), listener.sound(codec, SPEECH));
        }

        @Override
        public void close() {
            carrier.close();
            phone.close();
        }
    }

    @ParameterizedTest(name = "with {0} % lost and up to {1} ms of jitter")
    @CsvSource({"0, 0, 0.93, 0.9", "2, 20, 0.88, 0.85", "5, 50, 0.8, 0.8", "10, 100, 0.7, 0.7"})
    @DisplayName("in every pair of codecs")
    void arrives(int lossPercent, int jitterMillis, double stoiMin, double orderMin)
            throws Exception {
        assumeTrue(voice.isPresent(), "eSpeak NG and sox speak here: apt install espeak-ng sox");
        Voice said = voice.get();
        NetworkConditions weather =
                PERFECT.withLoss(lossPercent / 100.0).withJitter(Duration.ofMillis(jitterMillis));
        if (lossPercent == 0) {
            List<Row> _ = exchange(said, PERFECT); // compiles the code that is measured
        }
        List<String> failures = new ArrayList<>();
        for (Row row : exchange(said, weather)) {
            judge(row, said, stoiMin, orderMin, failures, lossPercent, jitterMillis);
        }
        assertThat(failures).isEmpty();
    }

    /** All pairs talk at the same time. */
    private List<Row> exchange(Voice said, NetworkConditions weather) throws Exception {
        List<Row> rows = new ArrayList<>();
        MediaBench bench = new MediaBench();
        try (UdpRelay relay = relay(bench)) {
            for (Codec browser : CODECS) {
                for (Codec carrier : CODECS) {
                    rows.add(new Row(bench, relay, browser, carrier));
                }
            }
            for (Row row : rows) {
                row.connected();
            }
            relay.become(weather, weather);
            rows.forEach(row -> row.talk(said));
            pause(said.millis() + LINGER_MILLIS);
            rows.forEach(Row::close);
        } finally {
            bench.close();
        }
        return rows;
    }

    private static UdpRelay relay(MediaBench bench) throws IOException {
        // Any leg says where the browsers' one port is.
        BrowserLeg any = bench.server.openBrowserLeg("any", IceSide.ANSWERING, new Events());
        LocalCandidate port = any.local().advertised().getFirst();
        any.close();
        return UdpRelay.start(
                new InetSocketAddress(port.address(), port.port()),
                PERFECT,
                PERFECT,
                Seed.printed("ContentTest"));
    }

    private static void judge(
            Row row,
            Voice said,
            double stoiMin,
            double orderMin,
            List<String> failures,
            int loss,
            int jitter) {
        Verdict up = row.atCarrier(said);
        Verdict down = row.atBrowser(said);
        String line =
                String.format(
                        Locale.ROOT,
                        "content loss=%2d %% jitter=%3d ms %-5s to %-5s %s | back %s",
                        loss,
                        jitter,
                        row.browserCodec.name(),
                        row.carrierCodec.name(),
                        words(up),
                        words(down));
        System.out.println(line);
        if (!isGood(up, stoiMin, orderMin) || !isGood(down, stoiMin, orderMin)) {
            failures.add(line);
        }
    }

    private static String words(Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "STOI %.3f %+5.2f dB tone %5.1f %% chirp %5.1f %% in order %3.0f %%",
                verdict.stoi(),
                verdict.decibels(),
                verdict.tone() * 100,
                verdict.chirp() * 100,
                verdict.inOrder() * 100);
    }

    private static boolean isGood(Verdict verdict, double stoiMin, double orderMin) {
        return verdict.stoi() >= stoiMin
                && Math.abs(verdict.decibels()) <= 1
                && Math.abs(verdict.tone() - 1) <= 0.01
                && Math.abs(verdict.chirp() - 1) <= 0.1
                && verdict.inOrder() >= orderMin;
    }

    private static void pause(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (until - System.nanoTime() > 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
