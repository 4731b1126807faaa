package io.jackfield.observe.quality;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.LinkWindow;
import io.jackfield.media.MediaEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Follows every call that is up. Any thread.
 *
 * <p>A call is remembered from its beginning to its end; there are no more than calls.
 */
public final class QualityMonitor {
    /** A conference in which people come and go. */
    private static final int LEGS_MAX = 64;

    /** How old what a report tells may be. */
    private static final long REPORT_MILLIS = 8_000;

    /** Twenty minutes of a leg; of longer calls two windows become one, and so on. */
    static final int WINDOWS_MAX = 240;

    private static final class Leg {
        private final String id;
        private String party;
        private boolean agent;
        private List<RawWindow> windows = new ArrayList<>();

        Leg(String id) {
            this.id = id;
            this.party = id;
        }

        void add(RawWindow window) {
            if (windows.size() >= WINDOWS_MAX) {
                List<RawWindow> fewer = new ArrayList<>();
                for (int i = 0; i + 1 < windows.size(); i += 2) {
                    fewer.add(windows.get(i).with(windows.get(i + 1)));
                }
                windows = fewer;
            }
            windows.add(window);
        }
    }

    private static final class Call {
        private final long beganNanos;
        private final Map<String, Leg> legs = new LinkedHashMap<>();

        Call(long beganNanos) {
            this.beganNanos = beganNanos;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Call> calls = new HashMap<>();

    public QualityMonitor(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes an event; at once. */
    public void on(PbxEvent event) {
        switch (event) {
            case PbxEvent.CallStarted started -> begin(started.callId());
            case PbxEvent.DialogBegan(var call, var leg, var party, _) -> party(call, leg, party);
            case PbxEvent.AgentJoined(var call, var leg, _, _) -> agent(call, leg);
            case PbxEvent.MediaHappened(
                            var call,
                            MediaEvent.LinkMeasured(var leg, LinkWindow window)) ->
                    measured(call, leg, window);
            default -> {}
        }
    }

    private synchronized void begin(String callId) {
        calls.put(callId, new Call(nanoTime.getAsLong()));
    }

    private synchronized void party(String callId, String legId, String party) {
        leg(callId, legId).ifPresent(leg -> leg.party = party);
    }

    private synchronized void agent(String callId, String legId) {
        leg(callId, legId).ifPresent(leg -> leg.agent = true);
    }

    private synchronized void measured(String callId, String legId, LinkWindow window) {
        Call call = calls.get(callId);
        Optional<Leg> leg = leg(callId, legId);
        if (call != null && leg.isPresent()) {
            long to = (nanoTime.getAsLong() - call.beganNanos) / 1_000_000;
            long from = Math.max(0, to - window.span().toMillis());
            leg.get().add(new RawWindow(from, to, window));
        }
    }

    private Optional<Leg> leg(String callId, String legId) {
        Call call = calls.get(callId);
        if (call == null || !call.legs.containsKey(legId) && call.legs.size() >= LEGS_MAX) {
            return Optional.empty();
        }
        return Optional.of(call.legs.computeIfAbsent(legId, Leg::new));
    }

    /** How a call that is up has been so far; empty where there is none. */
    public synchronized Optional<CallQuality> of(String callId) {
        return Optional.ofNullable(calls.get(callId)).map(call -> quality(callId, call, true));
    }

    /** What came of a call, which is forgotten with it; empty where there is none. */
    public synchronized Optional<CallQuality> end(String callId) {
        return Optional.ofNullable(calls.remove(callId)).map(call -> quality(callId, call, false));
    }

    /** Calls that are followed. */
    public synchronized int size() {
        return calls.size();
    }

    private static CallQuality quality(String callId, Call call, boolean live) {
        List<CallQuality.Leg> legs =
                call.legs.values().stream()
                        .filter(leg -> !leg.windows.isEmpty())
                        .map(leg ->
                                new CallQuality.Leg(
                                        leg.id, leg.party, leg.agent, judged(call, leg)))
                        .toList();
        return new CallQuality(callId, live, legs, Verdict.of(legs));
    }

    private static List<MeasuredWindow> judged(Call call, Leg leg) {
        LegQuality quality = new LegQuality();
        for (RawWindow window : leg.windows) {
            quality.add(window, jitterOfOthers(call, leg, window));
        }
        return quality.windows();
    }

    /** What came from others unevenly when that window was, or just before. */
    private static double jitterOfOthers(Call call, Leg leg, RawWindow at) {
        double jitter = 0;
        for (Leg other : call.legs.values()) {
            if (!other.id.equals(leg.id)) {
                for (RawWindow window : other.windows) {
                    boolean near =
                            window.toMillis() >= at.fromMillis() - REPORT_MILLIS
                                    && window.fromMillis() <= at.toMillis();
                    if (near) {
                        jitter = Math.max(jitter, window.raw().incoming().jitterMillis().orElse(0));
                    }
                }
            }
        }
        return jitter;
    }
}
