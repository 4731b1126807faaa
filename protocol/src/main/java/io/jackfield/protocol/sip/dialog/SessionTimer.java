package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.MinSe;
import io.jackfield.protocol.sip.SessionExpires;
import io.jackfield.protocol.sip.SessionExpires.Refresher;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The session timer of one dialog (RFC 4028): what is asked, what was agreed, what is due.
 *
 * @param enabled false: the headers are neither sent nor heeded
 * @param preferOurselves who refreshes when it is left to us
 * @param askSeconds the interval we ask for; a 422 raises it
 * @param minSeconds the Min-SE we send and hold others to
 * @param intervalSeconds as agreed; 0 while there is no timer
 * @param weRefresh as agreed
 * @param startedNanos when the last refresh succeeded
 * @param refreshAtNanos when we refresh next; empty while that is the peer's part or under way
 */
record SessionTimer(
        boolean enabled,
        boolean preferOurselves,
        long askSeconds,
        long minSeconds,
        long intervalSeconds,
        boolean weRefresh,
        long startedNanos,
        OptionalLong refreshAtNanos) {

    /** What we answer to a refresh: the timer from then on, and its headers for the 2xx. */
    record Agreed(SessionTimer next, Optional<SessionExpires> told, boolean required) {
        SipHeaders in(SipHeaders headers) {
            SipHeaders told2xx =
                    told.map(t -> headers.with(SessionExpires.HEADER, t.text())).orElse(headers);
            return required ? told2xx.plus("Require", Options.TIMER) : told2xx;
        }
    }

    /** "…minimum of 32 seconds and one third of the session interval" (§10). */
    private static final long EARLIER_SECONDS_MAX = 32;

    /**
     * Below it a 2xx is not believed: nobody may answer less than was asked (§9), and we would hang
     * up on a peer's slip.
     */
    private static final long INTERVAL_SECONDS_MIN = 32;

    /** Pause before a refresh that was refused for a passing reason is tried again. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    static SessionTimer of(SessionTimerSettings settings) {
        return new SessionTimer(
                settings.enabled(),
                settings.refreshOurselves(),
                settings.interval().toSeconds(),
                settings.min().toSeconds(),
                0,
                false,
                0,
                OptionalLong.empty());
    }

    boolean running() {
        return intervalSeconds > 0;
    }

    /** Our INVITE or UPDATE with what it says of the timer (§7.1, §7.4). */
    SipHeaders ask(SipHeaders headers) {
        if (!enabled) {
            return headers;
        }
        Optional<Refresher> refresher =
                running()
                        ? Optional.of(weRefresh ? Refresher.UAC : Refresher.UAS)
                        : Optional.empty();
        long seconds = running() ? Math.max(intervalSeconds, minSeconds) : askSeconds;
        return withMin(
                headers.with(SessionExpires.HEADER, new SessionExpires(seconds, refresher).text()));
    }

    /** With Min-SE, where it is not the standard's own (§5). */
    private SipHeaders withMin(SipHeaders headers) {
        return minSeconds > SessionExpires.SECONDS_MIN
                ? headers.with(MinSe.HEADER, new MinSe(minSeconds).text())
                : headers;
    }

    /** The Min-SE for a 422, when the request's interval is too small for us (§9). */
    Optional<MinSe> tooSmall(SipRequest request) {
        boolean small =
                enabled
                        && request.headers().lists("Supported", Options.TIMER)
                        && SessionExpires.of(request.headers())
                                .filter(asked -> asked.seconds() < minSeconds)
                                .isPresent();
        return small ? Optional.of(new MinSe(minSeconds)) : Optional.empty();
    }

    /** The timer after a 422 to us (§7.4); empty when its Min-SE gives no reason to try again. */
    Optional<SessionTimer> raisedBy(SipResponse response) {
        long least = MinSe.of(response.headers()).map(MinSe::seconds).orElse(0L);
        long asked = running() ? Math.max(intervalSeconds, minSeconds) : askSeconds;
        if (!enabled || least <= asked || least > SessionTimerSettings.MAX.toSeconds()) {
            return Optional.empty();
        }
        return Optional.of(
                new SessionTimer(
                        true,
                        preferOurselves,
                        least,
                        least,
                        running() ? least : 0,
                        weRefresh,
                        startedNanos,
                        refreshAtNanos));
    }

    /** As UAS: what our 2xx to an INVITE or UPDATE agrees to (§9, table 2). */
    Agreed answer(SipRequest request, PeerAbilities peer, long nowNanos) {
        if (!enabled) {
            return new Agreed(this, Optional.empty(), false);
        }
        Optional<SessionExpires> asked = SessionExpires.of(request.headers());
        long least = MinSe.of(request.headers()).map(MinSe::seconds).orElse(0L);
        long wanted = running() ? intervalSeconds : askSeconds;
        long seconds =
                asked.map(a -> Math.min(a.seconds(), Math.max(wanted, least)))
                        .orElse(Math.max(wanted, least));
        boolean ours = weRefreshAsUas(asked.flatMap(SessionExpires::refresher), peer);
        Refresher refresher = ours ? Refresher.UAS : Refresher.UAC;
        return new Agreed(
                started(seconds, ours, nowNanos),
                Optional.of(new SessionExpires(seconds, Optional.of(refresher))),
                !ours);
    }

    /** "If the UAC does not support the session timer, the UAS has to refresh" (§9). */
    private boolean weRefreshAsUas(Optional<Refresher> asked, PeerAbilities peer) {
        if (!peer.knowsTimer()) {
            return true;
        }
        return asked.map(refresher -> refresher == Refresher.UAS)
                .orElse(running() ? weRefresh : preferOurselves);
    }

    /** As UAC: what the peer's 2xx agrees to; none in it turns the timer off (§7.2). */
    SessionTimer answered(SipResponse response, long nowNanos) {
        Optional<SessionExpires> told = SessionExpires.of(response.headers());
        if (!enabled || told.isEmpty()) {
            return started(0, false, nowNanos);
        }
        boolean ours = told.get().refresher().orElse(Refresher.UAC) == Refresher.UAC;
        return started(told.get().seconds(), ours, nowNanos);
    }

    private SessionTimer started(long seconds, boolean ours, long nowNanos) {
        long interval =
                seconds == 0
                        ? 0
                        : Math.clamp(
                                seconds,
                                INTERVAL_SECONDS_MIN,
                                SessionTimerSettings.MAX.toSeconds());
        OptionalLong refreshAt =
                interval > 0 && ours
                        ? OptionalLong.of(nowNanos + Duration.ofSeconds(interval).toNanos() / 2)
                        : OptionalLong.empty();
        return new SessionTimer(
                enabled,
                preferOurselves,
                askSeconds,
                minSeconds,
                interval,
                ours,
                nowNanos,
                refreshAt);
    }

    /**
     * A timer that ran on another node: nobody knows how long ago it began, so our refresh is due
     * at once, and the peer's is waited for as if its last one had just come.
     */
    SessionTimer takenOver(long seconds, boolean ours, long nowNanos) {
        SessionTimer next = started(seconds, ours, nowNanos);
        return next.running() && ours ? next.refreshAt(OptionalLong.of(nowNanos)) : next;
    }

    /** While a refresh is under way. */
    SessionTimer refreshing() {
        return refreshAt(OptionalLong.empty());
    }

    /** A refresh failed for a reason that may pass; one that is planned stays as it is. */
    SessionTimer tryAgain(long nowNanos) {
        return running() && weRefresh && refreshAtNanos.isEmpty()
                ? refreshAt(OptionalLong.of(nowNanos + AGAIN_AFTER.toNanos()))
                : this;
    }

    private SessionTimer refreshAt(OptionalLong next) {
        return new SessionTimer(
                enabled,
                preferOurselves,
                askSeconds,
                minSeconds,
                intervalSeconds,
                weRefresh,
                startedNanos,
                next);
    }

    /** When to say BYE for want of a refresh: a little before the peer does (§10). */
    OptionalLong expiresAtNanos() {
        if (!running()) {
            return OptionalLong.empty();
        }
        long earlier = Math.min(EARLIER_SECONDS_MAX, intervalSeconds / 3);
        return OptionalLong.of(
                startedNanos + Duration.ofSeconds(intervalSeconds - earlier).toNanos());
    }

    OptionalLong deadlineNanos() {
        return Deadlines.earliest(Stream.of(refreshAtNanos, expiresAtNanos()));
    }
}
