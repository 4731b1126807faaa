package io.jackfield.media.engine;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.LegParameters;
import io.jackfield.media.LegStatistics;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaLeg;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.Outcome;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.media.client.HeadlessMedia;
import io.jackfield.media.client.HeadlessReport;
import io.jackfield.protocol.sdp.Candidate;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SetupRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A media server and headless phones on the loopback, with what signalling would say to both. */
final class MediaBench implements AutoCloseable {
    static final CodecMap PCMU = map(Codec.PCMU, 0, 101);
    static final CodecMap OPUS = map(Codec.OPUS, 111, 110);
    private static final long WAIT_SECONDS = 20;

    final MediaServer server;
    final HeadlessHost host;

    MediaBench() throws IOException {
        this(settings());
    }

    MediaBench(MediaSettings settings) throws IOException {
        server = MediaServer.start(settings);
        host = HeadlessHost.start();
    }

    static MediaSettings settings() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return MediaSettings.of(List.of(new MediaAddress(loopback, loopback)))
                .withBrowserPort(0)
                .withTrunkPorts(20_002, 20_401);
    }

    /** A codec, and events with the same clock. */
    static CodecMap map(Codec codec, int payloadType, int eventType) {
        return new CodecMap(
                List.of(new CodecMap.Entry(codec, payloadType, payloadType)),
                List.of(
                        new CodecMap.Entry(
                                Codec.telephoneEvent(codec.clockRate()), eventType, eventType)),
                List.of());
    }

    /** One end's own description as the other reads it. */
    static RemoteMedia.WebRtc seenFromOutside(LocalMedia.WebRtc local, SetupRole setup) {
        return new RemoteMedia.WebRtc(
                local.ice(),
                true,
                List.of(local.fingerprint()),
                setup,
                local.advertised().stream().map(MediaBench::candidate).toList(),
                true,
                true);
    }

    private static Candidate candidate(LocalCandidate c) {
        return new Candidate(
                "1",
                1,
                "udp",
                2_130_706_431L,
                c.address().getHostAddress(),
                c.port(),
                Candidate.Type.HOST,
                Optional.empty(),
                List.of());
    }

    static LegParameters parameters(RemoteMedia.WebRtc remote, CodecMap codecs, boolean active) {
        return new LegParameters(
                remote,
                codecs,
                Direction.SENDRECV,
                Optional.of(active ? SetupRole.ACTIVE : SetupRole.PASSIVE),
                LegParameters.SourceRule.SIGNALLED);
    }

    static LegParameters plain(InetSocketAddress rtp, InetSocketAddress rtcp, CodecMap codecs) {
        return new LegParameters(
                new RemoteMedia.Plain(rtp, rtcp),
                codecs,
                Direction.SENDRECV,
                Optional.empty(),
                LegParameters.SourceRule.SIGNALLED);
    }

    /** A phone that has called the server, which has answered. */
    final class Call {
        final Events events = new Events();
        final HeadlessMedia phone;
        final BrowserLeg leg;
        final CodecMap codecs;

        Call(String id, CodecMap codecs) throws IOException {
            this(id, codecs, IceSide.ANSWERING, true);
        }

        Call(String id, CodecMap codecs, IceSide side, boolean serverActive) throws IOException {
            this.codecs = codecs;
            phone = host.open();
            leg = server.openBrowserLeg(id, side, events);
            connect(serverActive);
        }

        /** What a (re-)negotiation brings to both ends. */
        void connect(boolean serverActive) {
            leg.apply(parameters(phoneSeen(serverActive), codecs, serverActive));
            phone.apply(parameters(legSeen(serverActive), codecs, !serverActive));
        }

        RemoteMedia.WebRtc phoneSeen(boolean serverActive) {
            return seenFromOutside(
                    phone.local(), serverActive ? SetupRole.PASSIVE : SetupRole.ACTIVE);
        }

        RemoteMedia.WebRtc legSeen(boolean serverActive) {
            return seenFromOutside(
                    leg.local(), serverActive ? SetupRole.ACTIVE : SetupRole.PASSIVE);
        }

        /** Waits until both ends have keys. */
        Call connected() throws Exception {
            HeadlessReport.State state = phone.settled().get(WAIT_SECONDS, TimeUnit.SECONDS);
            if (state != HeadlessReport.State.CONNECTED) {
                throw new AssertionError("phone is " + state + ": " + events.seen());
            }
            events.await(MediaEvent.DtlsConnected.class);
            return this;
        }

        HeadlessReport report() {
            return phone.report().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        }

        /** Waits until the phone can say so. */
        HeadlessReport reports(String what, Predicate<HeadlessReport> until) {
            eventually(what + ": " + report(), () -> until.test(report()));
            return report();
        }
    }

    Call call(String id, CodecMap codecs) throws IOException {
        return new Call(id, codecs);
    }

    long packets(Outcome outcome) {
        return server.counters().packets(outcome);
    }

    static LegStatistics statistics(MediaLeg leg) {
        CompletableFuture<LegStatistics> statistics = new CompletableFuture<>();
        leg.readStatistics(statistics::complete);
        return statistics.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits for a condition that packets on the loopback bring about. */
    static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(WAIT_SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never happened: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        host.close();
        server.close();
    }
}
