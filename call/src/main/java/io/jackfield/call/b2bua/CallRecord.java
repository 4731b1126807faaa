package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.Heard;
import io.jackfield.media.LegStatistics;
import io.jackfield.protocol.sdp.Codec;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Gathers what the CDR will say. Confined to its call. */
final class CallRecord {
    private final NewCall newCall;
    private final long startedNanos;
    private final Set<String> mediaOpen = new HashSet<>();
    private final Map<String, LegStatistics> statistics = new LinkedHashMap<>();
    private Optional<String> answeredBy = Optional.empty();
    private OptionalLong answeredNanos = OptionalLong.empty();
    private OptionalLong endedNanos = OptionalLong.empty();
    private Optional<String> recording = Optional.empty();
    private CallEnd end = CallEnd.byPbx("unknown", 500);

    CallRecord(NewCall newCall, long nowNanos) {
        this.newCall = newCall;
        this.startedNanos = nowNanos;
    }

    void mediaOpened(String legId) {
        mediaOpen.add(legId);
    }

    /** Another call will have the last figures. */
    void mediaGivenAway(String legId) {
        mediaOpen.remove(legId);
    }

    /** The figures of a leg that had no part in the conversation. */
    void forget(String legId) {
        statistics.remove(legId);
    }

    void mediaClosed(String legId, LegStatistics last) {
        mediaOpen.remove(legId);
        statistics.put(legId, last);
    }

    /** True when the last figures of every media leg are in. */
    boolean complete() {
        return mediaOpen.isEmpty();
    }

    void answered(String by, long nowNanos) {
        answeredBy = Optional.of(by);
        answeredNanos = OptionalLong.of(nowNanos);
    }

    void recorded(String recordingId) {
        recording = Optional.of(recordingId);
    }

    OptionalLong answeredNanos() {
        return answeredNanos;
    }

    void ended(CallEnd how, long nowNanos) {
        end = how;
        endedNanos = OptionalLong.of(nowNanos);
    }

    /** The wall clock is the start's, moved by the monotonic one. */
    CallSnapshot snapshot(int legs, List<CallSnapshot.PartyInCall> parties) {
        Optional<Instant> answeredAt =
                answeredNanos.isPresent()
                        ? Optional.of(
                                newCall.startedAt()
                                        .plusNanos(answeredNanos.getAsLong() - startedNanos))
                        : Optional.empty();
        return new CallSnapshot(
                newCall.id(),
                newCall.caller().number(),
                newCall.dialled(),
                newCall.startedAt(),
                answeredAt,
                legs,
                recording.isPresent(),
                parties);
    }

    /**
     * @param callerLegId and the leg that answered, when one did: whose figures count
     */
    Cdr write(String callerLegId, Optional<String> winnerLegId, int legs, long nowNanos) {
        long over = endedNanos.orElse(nowNanos);
        long ringUntil = answeredNanos.orElse(over);
        boolean callerIsAgent = newCall.direction() != Cdr.Direction.INBOUND;
        Optional<LegStatistics> caller = Optional.ofNullable(statistics.get(callerLegId));
        Optional<LegStatistics> callee =
                winnerLegId.flatMap(id -> Optional.ofNullable(statistics.get(id)));
        Optional<LegStatistics> agent = callerIsAgent ? caller : callee;
        Optional<LegStatistics> customer = callerIsAgent ? callee : caller;
        return new Cdr(
                newCall.id(),
                newCall.reference(),
                newCall.direction(),
                newCall.caller().number(),
                newCall.dialled(),
                answeredBy,
                legs,
                newCall.startedAt(),
                millis(ringUntil - startedNanos),
                answeredNanos.isPresent() ? millis(over - answeredNanos.getAsLong()) : 0,
                end.side(),
                end.cause(),
                answeredNanos.isPresent() ? 200 : end.status(),
                agent.flatMap(LegStatistics::codec).map(Codec::name),
                heardBy(agent),
                heardBy(customer),
                recording);
    }

    /**
     * What a listener heard is what its own phone said of our packets (RFC 3550 §6.4.1): about each
     * five seconds, and many not at all before; some say it with their BYE. Whoever said nothing,
     * as in a call of two seconds, leaves it unknown: it is not guessed from the other direction.
     */
    private static Heard heardBy(Optional<LegStatistics> listener) {
        return listener.map(CallRecord::heard).orElse(Heard.NOTHING);
    }

    private static Heard heard(LegStatistics statistics) {
        return statistics
                .heardByPeer()
                .map(peer ->
                        new Heard(
                                Optional.of(Math.max(0, statistics.sent().packets() - peer.lost())),
                                Optional.of(Math.max(0, peer.lost())),
                                Optional.of(peer.jitterMillis()),
                                boxed(peer.rttMillis())))
                .orElse(Heard.NOTHING);
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos));
    }
}
