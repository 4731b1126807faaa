package io.jackfield.call.cdr;

import java.time.Instant;
import java.util.Optional;

/**
 * One call, as it is kept.
 *
 * <p>Durations are measured by the monotonic clock and stay right when the wall clock jumps.
 *
 * @param id unique for ever, sorts by time; the key by which the record arrives exactly once
 * @param reference the CRM's own id of the call, from {@code X-Call-Ref}
 * @param caller user part of the caller's true identity
 * @param callee what was dialled
 * @param answeredBy agent or trunk that took the call
 * @param legs how many legs the call had in all, the caller's included
 * @param ringMillis from start to answer, or to the end when nobody answered
 * @param talkMillis from answer to end; 0 when nobody answered
 * @param hangupSide who ended it
 * @param cause why, in a few words: "normal", "busy", "no answer", …
 * @param sipStatus the final status the caller got; 200 for an answered call
 * @param codec of the agent's leg; empty when no media was negotiated
 * @param agentHeard what reached the agent's ear: measured by the agent's phone
 * @param customerHeard what reached the other side: measured by its phone, or the carrier's
 *     equipment
 * @param recording id of the recording that was begun; whether it came to be, its events tell
 * @param quality how the call was judged, as a JSON object; empty where there was no sound to judge
 */
public record Cdr(
        String id,
        Optional<String> reference,
        Direction direction,
        String caller,
        String callee,
        Optional<String> answeredBy,
        int legs,
        Instant startedAt,
        long ringMillis,
        long talkMillis,
        HangupSide hangupSide,
        String cause,
        int sipStatus,
        Optional<String> codec,
        Heard agentHeard,
        Heard customerHeard,
        Optional<String> recording,
        Optional<String> quality) {

    /** One whose quality nobody has judged. */
    public Cdr(
            String id,
            Optional<String> reference,
            Direction direction,
            String caller,
            String callee,
            Optional<String> answeredBy,
            int legs,
            Instant startedAt,
            long ringMillis,
            long talkMillis,
            HangupSide hangupSide,
            String cause,
            int sipStatus,
            Optional<String> codec,
            Heard agentHeard,
            Heard customerHeard,
            Optional<String> recording) {
        this(
                id,
                reference,
                direction,
                caller,
                callee,
                answeredBy,
                legs,
                startedAt,
                ringMillis,
                talkMillis,
                hangupSide,
                cause,
                sipStatus,
                codec,
                agentHeard,
                customerHeard,
                recording,
                Optional.empty());
    }

    /** The same with how it was judged. */
    public Cdr withQuality(Optional<String> judged) {
        return new Cdr(
                id,
                reference,
                direction,
                caller,
                callee,
                answeredBy,
                legs,
                startedAt,
                ringMillis,
                talkMillis,
                hangupSide,
                cause,
                sipStatus,
                codec,
                agentHeard,
                customerHeard,
                recording,
                judged);
    }

    /** Seen from the contact centre. */
    public enum Direction {
        INTERNAL,
        OUTBOUND,
        INBOUND
    }

    /** Who ended the call. */
    public enum HangupSide {
        CALLER,
        CALLEE,
        PBX
    }

    /**
     * One direction of the sound, as its listener heard it. What is not known is empty, never zero.
     *
     * @param packets RTP packets that arrived
     * @param lost packets that did not
     * @param jitterMillis interarrival jitter (RFC 3550 §6.4.1)
     * @param rttMillis round trip between us and that listener's leg
     */
    public record Heard(
            Optional<Long> packets,
            Optional<Long> lost,
            Optional<Double> jitterMillis,
            Optional<Double> rttMillis) {
        public static final Heard NOTHING =
                new Heard(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
