package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * All there is to know of a usage between two events.
 *
 * @param forks dialogs of the INVITE, the latest first; one of them once it is answered
 * @param change our re-INVITE or UPDATE
 * @param peerOffer the peer's
 * @param awaited our requests without a final response
 * @param accepted our 2xx to INVITEs without their ACK
 * @param acks ours to 2xx, for the 2xx that come again
 * @param ending empty unless the end is decided and not reached
 */
record UsageState(
        Basis basis,
        Setup setup,
        List<Fork> forks,
        Optional<Change> change,
        Optional<PeerOffer> peerOffer,
        List<Awaited> awaited,
        List<Unacknowledged> accepted,
        List<SipRequest> acks,
        SessionTimer timer,
        Optional<Ending> ending) {

    UsageState {
        forks = List.copyOf(forks);
        awaited = List.copyOf(awaited);
        accepted = List.copyOf(accepted);
        acks = List.copyOf(acks);
    }

    Phase phase() {
        if (ending.isPresent()) {
            return Phase.ENDING;
        }
        return switch (setup) {
            case Setup.Calling _ -> forks.isEmpty() ? Phase.CALLING : Phase.EARLY;
            case Setup.Called called -> called.rung().isEmpty() ? Phase.CALLING : Phase.EARLY;
            case Setup.Talking talking -> talking.confirmed() ? Phase.CONFIRMED : Phase.ANSWERED;
            case Setup.Over _ -> Phase.ENDED;
        };
    }

    OptionalLong deadlineNanos() {
        Stream<OptionalLong> several =
                Stream.of(
                        setupDeadline(),
                        change.map(Change::holdUntilNanos).orElse(OptionalLong.empty()),
                        peerOffer.map(PeerOffer::answerByNanos).orElse(OptionalLong.empty()),
                        timerDeadline(),
                        ending.map(e -> OptionalLong.of(e.giveUpAtNanos()))
                                .orElse(OptionalLong.empty()));
        return Deadlines.earliest(
                Stream.concat(several, accepted.stream().map(one -> one.resend().deadlineNanos())));
    }

    private OptionalLong setupDeadline() {
        return setup instanceof Setup.Called called
                ? Deadlines.earliest(
                        Stream.of(
                                called.sayAgainAtNanos(),
                                called.reliability()
                                        .outstanding()
                                        .map(o -> o.resend().deadlineNanos())
                                        .orElse(OptionalLong.empty())))
                : OptionalLong.empty();
    }

    /** The session timer runs between the answer and the decision to end. */
    private OptionalLong timerDeadline() {
        return setup instanceof Setup.Talking && ending.isEmpty()
                ? timer.deadlineNanos()
                : OptionalLong.empty();
    }
}
