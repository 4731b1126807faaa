package io.jackfield.media.engine;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.LegParameters;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.media.client.HeadlessMedia;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls itself a few times at start, so that the first true call meets compiled code: a handshake
 * takes some 60 ms in a cold process and two in a warm one.
 *
 * <p>Everything happens on the loopback, on sockets of its own that are closed at the end.
 */
public final class WarmUp {
    /** After these a handshake has come down to within a factor of two of its best. */
    public static final int CALLS = 60;

    private static final long CALL_SECONDS_MAX = 5;
    private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final Codec EVENTS = Codec.TELEPHONE_EVENT;
    private static final CodecMap CODECS =
            new CodecMap(
                    List.of(new CodecMap.Entry(Codec.PCMU, 0, 0)),
                    List.of(new CodecMap.Entry(EVENTS, 101, 101)),
                    List.of());

    private WarmUp() {}

    /** Runs on a thread of its own; completes with the time it took, also where it failed. */
    public static CompletableFuture<Duration> inBackground() {
        CompletableFuture<Duration> done = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("media-warm-up").start(() -> done.complete(run(CALLS)));
        return done;
    }

    /** Runs that many calls, one after another. */
    public static Duration run(int calls) {
        long beganNanos = System.nanoTime();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        MediaSettings settings =
                MediaSettings.of(List.of(new MediaAddress(loopback, loopback))).withBrowserPort(0);
        try (MediaServer server = MediaServer.start(settings);
                HeadlessHost host = HeadlessHost.start()) {
            for (int i = 0; i < calls; i++) {
                call(server, host, i % 2 == 0);
            }
        } catch (IOException | ExecutionException | TimeoutException notFatal) {
            LOG.log(System.Logger.Level.WARNING, "warm-up did not finish", notFatal);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    private static void call(MediaServer server, HeadlessHost host, boolean active)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> heard = new CompletableFuture<>();
        BrowserLeg leg = server.openBrowserLeg("warm-up", IceSide.ANSWERING, _ -> {});
        try (HeadlessMedia phone = host.open()) {
            server.echo(leg);
            leg.apply(parameters(phone.local(), active));
            phone.apply(parameters(leg.local(), !active));
            phone.settled().get(CALL_SECONDS_MAX, TimeUnit.SECONDS);
            phone.talk();
            leg.readStatistics(_ -> heard.complete(true));
            heard.get(CALL_SECONDS_MAX, TimeUnit.SECONDS);
        } finally {
            leg.close();
        }
    }

    /** What one end's description means to the other, which is active or passive. */
    private static LegParameters parameters(LocalMedia.WebRtc other, boolean active) {
        return new LegParameters(
                new RemoteMedia.WebRtc(
                        other.ice(),
                        true,
                        List.of(other.fingerprint()),
                        active ? SetupRole.PASSIVE : SetupRole.ACTIVE,
                        other.advertised().stream().map(WarmUp::candidate).toList(),
                        true,
                        true),
                CODECS,
                Direction.SENDRECV,
                Optional.of(active ? SetupRole.ACTIVE : SetupRole.PASSIVE),
                LegParameters.SourceRule.SIGNALLED);
    }

    private static Candidate candidate(LocalCandidate local) {
        return new Candidate(
                "1",
                1,
                "udp",
                1,
                local.address().getHostAddress(),
                local.port(),
                Candidate.Type.HOST,
                Optional.empty(),
                List.of());
    }
}
