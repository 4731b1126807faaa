package io.jackfield.call.b2bua;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.LegParameters;
import io.jackfield.media.LegState;
import io.jackfield.media.LegStatistics;
import io.jackfield.media.MediaCounters;
import io.jackfield.media.MediaEngine;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaLeg;
import io.jackfield.media.MediaListener;
import io.jackfield.media.MediaPortsExhausted;
import io.jackfield.media.MediaRoom;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.recording.Recording;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.sdp.IceCredentials;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.SetupRole;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** A media engine without packets: keeps the books on its legs, and says what the test wants. */
final class FakeMedia implements MediaEngine {
    private final Map<String, Leg> legs = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Runnable onUse;
    final List<String> bridges = new ArrayList<>();
    final List<String> parked = new ArrayList<>();
    final List<String> played = new ArrayList<>();
    final List<Room> rooms = new ArrayList<>();
    private int legsMax = Integer.MAX_VALUE;

    /**
     * @param onUse is run before whatever is asked for; may throw
     */
    FakeMedia(Runnable onUse) {
        this.onUse = onUse;
    }

    /** From now on there may be no more legs than that. */
    void legsMax(int max) {
        legsMax = max;
    }

    /** Says that something has happened to a leg. */
    void happens(MediaEvent event) {
        Leg leg = legs.get(event.legId());
        if (leg != null && !leg.closed) {
            leg.listener.on(event);
        }
    }

    /** Ids of the legs that were ever open. */
    List<String> opened() {
        return List.copyOf(legs.keySet());
    }

    /** Ids of the legs that are open. */
    List<String> open() {
        return legs.values().stream().filter(l -> !l.closed).map(l -> l.id).toList();
    }

    /** What the leg was last told to do. */
    Optional<LegParameters> parameters(String legId) {
        return Optional.ofNullable(legs.get(legId)).flatMap(l -> l.parameters);
    }

    // ---- what the engine does

    @Override
    public BrowserLeg openBrowserLeg(String legId, IceSide side, MediaListener listener) {
        onUse.run();
        if (open().size() >= legsMax) {
            throw new IllegalStateException("no more than " + legsMax);
        }
        Browser leg = new Browser(legId, listener);
        legs.put(legId, leg);
        return leg;
    }

    @Override
    public TrunkLeg openTrunkLeg(String legId, InetAddress localAddress, MediaListener listener)
            throws MediaPortsExhausted {
        onUse.run();
        if (open().size() >= legsMax) {
            throw new MediaPortsExhausted("no more than " + legsMax);
        }
        Plain leg = new Plain(legId, listener);
        legs.put(legId, leg);
        return leg;
    }

    @Override
    public void bridge(MediaLeg a, MediaLeg b) {
        onUse.run();
        bridges.add(a.id() + " " + b.id());
    }

    @Override
    public void echo(MediaLeg leg) {
        onUse.run();
    }

    @Override
    public void qualityEcho(MediaLeg leg) {
        onUse.run();
    }

    @Override
    public MediaRoom room() {
        onUse.run();
        Room room = new Room();
        rooms.add(room);
        return room;
    }

    @Override
    public void park(MediaLeg leg) {
        onUse.run();
        parked.add(leg.id());
    }

    @Override
    public void play(MediaLeg leg, Prompt prompt, boolean loop) {
        onUse.run();
        played.add(leg.id() + (loop ? " looped" : " once"));
    }

    @Override
    public void record(Recording recording, MediaLeg agent, MediaLeg customer) {
        onUse.run();
    }

    @Override
    public MediaCounters counters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // It has nothing of its own.
    }

    /** Who is in it, and in which part. */
    static final class Room implements MediaRoom {
        final Map<String, Role> roles = new LinkedHashMap<>();
        boolean closed;

        @Override
        public void join(MediaLeg leg, Role role, double gainDecibels) {
            roles.put(leg.id(), role);
        }

        @Override
        public void leave(MediaLeg leg) {
            roles.remove(leg.id());
        }

        @Override
        public void close() {
            roles.clear();
            closed = true;
        }
    }

    /** What both kinds of leg have in common. */
    private class Leg {
        final String id;
        final MediaListener listener;
        Optional<LegParameters> parameters = Optional.empty();
        boolean closed;

        Leg(String id, MediaListener listener) {
            this.id = id;
            this.listener = listener;
        }

        public String id() {
            return id;
        }

        public void apply(LegParameters next) {
            onUse.run();
            parameters = Optional.of(next);
        }

        public void sendDtmf(char digit, int durationMillis) {
            onUse.run();
        }

        public void readStatistics(Consumer<LegStatistics> to) {
            throw new UnsupportedOperationException();
        }

        public void exportState(Consumer<LegState> to) {
            throw new UnsupportedOperationException();
        }

        public void close() {
            if (!closed) {
                closed = true;
                listener.on(new MediaEvent.Closed(id, statistics(id)));
            }
        }
    }

    private final class Browser extends Leg implements BrowserLeg {
        private LocalMedia.WebRtc local;
        private int restarts;

        Browser(String id, MediaListener listener) {
            super(id, listener);
            local = browser(id);
        }

        @Override
        public LocalMedia.WebRtc local() {
            return local;
        }

        @Override
        public LocalMedia.WebRtc restartIce() {
            onUse.run();
            restarts++;
            local = browser(id + "again" + restarts);
            return local;
        }
    }

    private final class Plain extends Leg implements TrunkLeg {
        Plain(String id, MediaListener listener) {
            super(id, listener);
        }

        @Override
        public LocalMedia.Plain local() {
            return plain();
        }
    }

    // ---- what legs say of themselves

    static LegStatistics statistics(String legId) {
        return new LegStatistics(
                legId,
                Instant.ofEpochSecond(1_800_000_000L),
                Duration.ofSeconds(10),
                Optional.of(Codec.PCMA),
                new LegStatistics.Received(
                        490,
                        78_400,
                        10,
                        0,
                        0,
                        OptionalDouble.of(3),
                        OptionalDouble.of(9),
                        List.of()),
                LegStatistics.Decoded.NOTHING,
                new LegStatistics.Sent(legId.endsWith("-1") ? 500 : 700, 80_000, List.of()),
                Optional.of(
                        new LegStatistics.HeardByPeer(
                                legId.endsWith("-1") ? 5 : 7,
                                0.01,
                                2.5,
                                OptionalDouble.of(40),
                                OptionalDouble.of(80),
                                Duration.ofSeconds(1))),
                Map.of());
    }

    static LocalMedia.WebRtc browser(String name) {
        return new LocalMedia.WebRtc(
                new IceCredentials(
                        "ours" + Integer.toHexString(name.hashCode()), "pwd0123456789012345678901"),
                Fingerprint.of(Fingerprint.Hash.SHA_256, new byte[32]),
                SetupRole.ACTPASS,
                List.of(new LocalCandidate(InetAddress.ofLiteral("203.0.113.5"), 10000)));
    }

    static LocalMedia.Plain plain() {
        return new LocalMedia.Plain(InetAddress.ofLiteral("203.0.113.5"), 20000, 20001);
    }
}
