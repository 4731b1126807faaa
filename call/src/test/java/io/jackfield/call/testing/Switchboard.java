package io.jackfield.call.testing;

import io.jackfield.call.CallIds;
import io.jackfield.call.RecordingSettings;
import io.jackfield.call.SignalingDispatcher;
import io.jackfield.call.Surroundings;
import io.jackfield.call.auth.Authenticator;
import io.jackfield.call.auth.Guesses;
import io.jackfield.call.auth.TrunkSources;
import io.jackfield.call.b2bua.CallSettings;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.b2bua.Recordings;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.OwnAddresses;
import io.jackfield.call.event.Events;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.call.registrar.RegistrarSettings;
import io.jackfield.call.routing.Site;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.token.TokenGate;
import io.jackfield.call.token.UsedTokenJournal;
import io.jackfield.call.trunk.TrunkRequests;
import io.jackfield.call.trunk.Trunks;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.engine.MediaServer;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestServer;
import io.jackfield.testkit.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * All of signalling put together as the server does it, with the real media, for an edge that a
 * test has made and starts itself.
 */
public final class Switchboard implements AutoCloseable {
    public static final String REALM = "pbx.example";

    private static final long PATIENCE_SECONDS = 20;

    private final MediaServer media;
    private final BlockingQueue<Cdr> records = new LinkedBlockingQueue<>();
    private final Registrar registrar;
    private final Calls calls;
    private final SignalingDispatcher dispatcher;

    public Switchboard(
            Site site, SipEdge edge, Events events, Identifiers identifiers, VirtualClock clock) {
        media = media();
        OwnAddresses own = new OwnAddresses(REALM, List.of(), Map.of());
        TrunkRequests requests = new TrunkRequests(own, identifiers);
        Trunks trunks =
                new Trunks(edge, (_, _, _) -> Optional.empty(), requests, events, clock::nanos);
        Authenticator authenticator =
                new Authenticator(
                        new DigestServer(
                                REALM,
                                List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                                Duration.ofMinutes(5),
                                new byte[32]),
                        () -> site,
                        identifiers,
                        events,
                        () -> Instant.ofEpochSecond(1_800_000_000L),
                        new Guesses(events, clock::nanos));
        registrar =
                new Registrar(
                        edge,
                        authenticator,
                        RegistrarSettings.DEFAULT,
                        events,
                        _ -> {},
                        identifiers,
                        clock::nanos);
        TrunkSources sources = new TrunkSources(trunks::addresses);
        Surroundings surroundings =
                new Surroundings(
                        CallSettings.of(REALM),
                        own,
                        identifiers,
                        registrar,
                        trunks,
                        requests,
                        "test",
                        () -> site,
                        RecordingSettings.DEFAULT);
        calls =
                new Calls(
                        edge,
                        media,
                        Recordings.NONE,
                        records::add,
                        events,
                        trunks,
                        surroundings,
                        clock::nanos,
                        10);
        dispatcher =
                new SignalingDispatcher(
                        () -> site,
                        edge,
                        registrar,
                        calls,
                        authenticator,
                        sources,
                        identifiers,
                        new CallIds(Instant::now, new SecureRandom()),
                        Instant::now,
                        new TokenGate(
                                _ -> Optional.empty(),
                                UsedTokenJournal.none(),
                                Instant::now,
                                clock::nanos),
                        events);
    }

    private static MediaServer media() {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            return MediaServer.start(
                    MediaSettings.of(List.of(new MediaAddress(loopback, loopback)))
                            .withBrowserPort(0));
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    public Registrar registrar() {
        return registrar;
    }

    public Calls calls() {
        return calls;
    }

    public SignalingDispatcher dispatcher() {
        return dispatcher;
    }

    /** Call records, in the order in which calls ended. */
    public BlockingQueue<Cdr> records() {
        return records;
    }

    /** The next one; fails the test when none comes. */
    public Cdr nextRecord() {
        try {
            return Objects.requireNonNull(records.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Calls should have ended by then: their legs close at the media. */
    @Override
    public void close() {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (calls.size() > 0 && endNanos - System.nanoTime() > 0) {
            Thread.onSpinWait();
        }
        media.close();
    }
}
