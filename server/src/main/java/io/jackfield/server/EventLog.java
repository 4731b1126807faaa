package io.jackfield.server;

import io.jackfield.call.Pii;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.LogBudget;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.token.TokenRefusal;
import io.jackfield.contactcenter.agent.AgentChange;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.QualityReport;
import io.jackfield.media.recording.RecordingEvent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Writes the life of calls and registrations to the log, one fact a line.
 *
 * <p>Thread-safety: any thread.
 */
final class EventLog implements PbxLog {
    private static final System.Logger LOG = System.getLogger("io.jackfield.event");

    /** Lines that strangers may cause in a minute; the metrics count every event. */
    private static final int STRANGERS_LINES_MAX = 1_000;

    private final LogBudget failures = new LogBudget(STRANGERS_LINES_MAX, Duration.ofMinutes(1));

    /** Apart, so that no flood of failures hides who causes it. */
    private final LogBudget limits = new LogBudget(STRANGERS_LINES_MAX, Duration.ofMinutes(1));

    private final LongSupplier nanoTime;

    EventLog() {
        this(System::nanoTime);
    }

    EventLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void on(PbxEvent event) {
        switch (event) {
            case PbxEvent.SipReceived(var flow, var message) ->
                    LOG.log(Level.DEBUG, () -> "sip=in flow=" + flow.id() + " " + message);
            case PbxEvent.SipSent(var flow, var message, _) ->
                    LOG.log(Level.DEBUG, () -> "sip=out flow=" + flow.id() + " " + message);
            case PbxEvent.SipRefused(var flow, var reason, var answered) ->
                    LOG.log(
                            Level.DEBUG,
                            () ->
                                    "sip=refused flow="
                                            + flow.id()
                                            + " answered="
                                            + answered
                                            + " reason=\""
                                            + reason
                                            + "\"");
            case PbxEvent.FlowClosed(var flow) ->
                    LOG.log(Level.DEBUG, () -> "flow=" + flow.id() + " closed");
            case PbxEvent.Registered(var agent, var flow, var expires) ->
                    info(
                            "agent="
                                    + Pii.of(agent)
                                    + " registered "
                                    + where(flow)
                                    + " expires="
                                    + expires.toSeconds()
                                    + "s");
            case PbxEvent.Unregistered(var agent, var flow, var cause) ->
                    info(
                            "agent="
                                    + Pii.of(agent)
                                    + " unregistered "
                                    + where(flow)
                                    + " cause="
                                    + cause);
            case PbxEvent.AuthenticationFailed(var flow, var user, var reason) ->
                    security(
                            failures,
                            flow,
                            "auth_failed",
                            "cause=" + word(reason) + " user=\"" + Pii.of(user) + "\"");
            case PbxEvent.GuessesLimited(var flow, var limit, var account, var span) ->
                    security(
                            limits,
                            flow,
                            "guesses_limited",
                            "cause="
                                    + word(limit.name())
                                    + " for_s="
                                    + span.toSeconds()
                                    + " user=\""
                                    + Pii.of(account)
                                    + "\"");
            case PbxEvent.TokenChecked(var flow, var agent, var number, var refusal) ->
                    token(flow, agent, number, refusal);
            case PbxEvent.CallStarted(var call, var caller, var callee, _, _, _) ->
                    info(
                            "call="
                                    + call
                                    + " started caller="
                                    + Pii.of(caller)
                                    + " callee="
                                    + Pii.of(callee));
            case PbxEvent.LegStarted(var call, var leg, var party) ->
                    info("call=" + call + " leg=" + leg + " party=" + Pii.of(party));
            case PbxEvent.LegProgressed(var call, var leg, var status) ->
                    info("call=" + call + " leg=" + leg + " progress=" + status);
            case PbxEvent.CallAnswered(var call, var leg) ->
                    info("call=" + call + " answered leg=" + leg);
            case PbxEvent.CallHeld(var call, var leg, var held) ->
                    info("call=" + call + " leg=" + leg + " held=" + held);
            case PbxEvent.CallerWaits(var call, var queue, _) ->
                    info("call=" + call + " wants to wait queue=" + queue);
            case PbxEvent.CallerInMenu(var call, var menu, _) ->
                    info("call=" + call + " in menu=" + menu);
            case PbxEvent.MenuLeft(var call, var choices, var entered) ->
                    info(
                            "call="
                                    + call
                                    + " left menus choices="
                                    + String.join(",", choices)
                                    + " entered="
                                    + String.join(",", entered.keySet()));
            case PbxEvent.OfferMissed(var call, var offer, var why) ->
                    info("call=" + call + " offer=" + offer + " missed cause=" + word(why.name()));
            case PbxEvent.QualityJudged judged ->
                    info(
                            "call="
                                    + judged.callId()
                                    + " quality bad_s="
                                    + judged.badSeconds()
                                    + " of_s="
                                    + judged.judgedSeconds()
                                    + judged.link().map(l -> " link=" + l).orElse(""));
            case PbxEvent.CustomerReached(var call, var leg) ->
                    info("call=" + call + " leg=" + leg + " called back");
            case PbxEvent.CallEnding _,
                    PbxEvent.DialogBegan _,
                    PbxEvent.OfferRang _,
                    PbxEvent.OfferAnswered _,
                    PbxEvent.AgentJoined _,
                    PbxEvent.AgentLeft _ -> {}
            case PbxEvent.PartyJoined(var call, var leg, var part) ->
                    info("call=" + call + " leg=" + leg + " part=" + part);
            case PbxEvent.JoinFailed(var call, var reason) ->
                    info("call=" + call + " nobody joined reason=\"" + reason + "\"");
            case PbxEvent.TransferBegan(var call, var leg) ->
                    info("call=" + call + " leg=" + leg + " is transferring");
            case PbxEvent.Transferred(var call, var from, var to, var party) ->
                    info(
                            "call="
                                    + call
                                    + " leg="
                                    + from
                                    + " transferred to="
                                    + to
                                    + " party="
                                    + Pii.of(party));
            case PbxEvent.TransferFailed(var call, var leg, var reason) ->
                    info(
                            "call="
                                    + call
                                    + " leg="
                                    + leg
                                    + " not transferred reason=\""
                                    + reason
                                    + "\"");
            case PbxEvent.LegLost(var call, var leg) ->
                    LOG.log(Level.WARNING, "call=" + call + " leg=" + leg + " lost its connection");
            case PbxEvent.LegReturned(var call, var leg) ->
                    info("call=" + call + " leg=" + leg + " is back");
            case PbxEvent.LegEnded(var call, var leg, var cause) ->
                    info("call=" + call + " leg=" + leg + " ended cause=\"" + cause + "\"");
            case PbxEvent.CallEnded(var call, var cdr) -> ended(call, cdr);
            case PbxEvent.MediaHappened(var call, var media) -> media(call, media);
            case PbxEvent.QualityMeasured(var call, var party, var report) ->
                    measured(call, party, report);
            case PbxEvent.RecordingHappened(var recording) -> recording(recording);
            case PbxEvent.SiteChanged(var version, var by) ->
                    info("site changed version=" + version + " by=\"" + oneLine(by) + "\"");
            case PbxEvent.SiteRefused(var version, var by, var place, var reason, var others) ->
                    LOG.log(
                            Level.ERROR,
                            "site refused version="
                                    + version
                                    + " by=\""
                                    + oneLine(by)
                                    + "\" place=\""
                                    + oneLine(place)
                                    + "\" reason=\""
                                    + oneLine(reason)
                                    + "\" others="
                                    + others);
            case PbxEvent.TrunkChanged(var trunk, var up, var reason) ->
                    LOG.log(
                            Level.WARNING,
                            "trunk=" + trunk + " up=" + up + " reason=\"" + reason + "\"");
        }
    }

    private void token(Flow flow, String agent, String number, Optional<TokenRefusal> refusal) {
        if (refusal.isEmpty()) {
            info("agent=" + Pii.of(agent) + " call token accepted number=" + Pii.of(number));
            return;
        }
        security(
                failures,
                flow,
                "call_token_refused",
                "cause="
                        + refusal.get().code()
                        + " user=\""
                        + Pii.of(agent)
                        + "\" number=\""
                        + Pii.of(number)
                        + "\"");
    }

    /**
     * One event, one line, always of this form, so that one rule of fail2ban reads all: first the
     * address, and nothing that a stranger has written before it.
     */
    private void security(LogBudget budget, Flow flow, String event, String details) {
        budget.take(nanoTime.getAsLong())
                .ifPresent(leftOut ->
                        LOG.log(
                                Level.WARNING,
                                "SECURITY src="
                                        + flow.remote().getAddress().getHostAddress()
                                        + " sport="
                                        + flow.remote().getPort()
                                        + " dport="
                                        + flow.local().getPort()
                                        + " proto="
                                        + word(flow.transport().name())
                                        + " event="
                                        + event
                                        + " "
                                        + details
                                        + (leftOut == 0 ? "" : " left_out=" + leftOut)));
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void ended(String call, Cdr cdr) {
        info(
                "call="
                        + call
                        + " ended by="
                        + cdr.hangupSide()
                        + " cause=\""
                        + cdr.cause()
                        + "\" status="
                        + cdr.sipStatus()
                        + " talk_ms="
                        + cdr.talkMillis());
    }

    private static void measured(String call, String party, QualityReport report) {
        info(
                "call="
                        + call
                        + " quality echo party="
                        + Pii.of(party)
                        + String.format(
                                Locale.ROOT,
                                " heard_ms=%d speech_db=%.1f peak_db=%.1f clipped_percent=%.2f"
                                        + " noise_db=%.1f echo_db=%s loss_up_percent=%.1f"
                                        + " loss_down_percent=%s jitter_up_ms=%s jitter_down_ms=%s"
                                        + " rtt_ms=%s",
                                report.heard().toMillis(),
                                report.speechDecibels(),
                                report.peakDecibels(),
                                report.clippedShare() * 100,
                                report.noiseFloorDecibels(),
                                report.echo().map(e -> rounded(-e.lossDecibels())).orElse("none"),
                                report.fromPeer().lost() * 100,
                                report.toPeer().map(p -> rounded(p.lost() * 100)).orElse("unknown"),
                                rounded(report.fromPeer().jitterMillis()),
                                rounded(
                                        report.toPeer()
                                                .map(QualityReport.Path::jitterMillis)
                                                .orElse(OptionalDouble.empty())),
                                rounded(report.rttMillis())));
    }

    private static String rounded(OptionalDouble value) {
        return value.isPresent() ? rounded(value.getAsDouble()) : "unknown";
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static void recording(RecordingEvent recording) {
        switch (recording) {
            case RecordingEvent.Started(var id) -> info("recording=" + id + " started");
            case RecordingEvent.Ready(var id, _, var length, var bytes, var lost, var dropped) ->
                    info(
                            "recording="
                                    + id
                                    + " ready ms="
                                    + length.toMillis()
                                    + " bytes="
                                    + bytes
                                    + " lost="
                                    + lost
                                    + " dropped="
                                    + dropped);
            case RecordingEvent.Failed(var id, var reason) ->
                    LOG.log(Level.WARNING, "recording=" + id + " failed reason=\"" + reason + "\"");
            case RecordingEvent.StorageFailing(var reason) ->
                    LOG.log(
                            Level.ERROR,
                            "recordings cannot be written, calls go on reason=\"" + reason + "\"");
            case RecordingEvent.StorageWell() -> info("recordings can be written again");
        }
    }

    private static void media(String call, MediaEvent media) {
        switch (media) {
            case MediaEvent.DtlsFailed(var leg, var reason, _) ->
                    LOG.log(
                            Level.WARNING,
                            "call="
                                    + call
                                    + " leg="
                                    + leg
                                    + " dtls failed reason=\""
                                    + reason
                                    + "\"");
            case MediaEvent.Silent(var leg, var since, _) ->
                    LOG.log(
                            Level.WARNING,
                            "call=" + call + " leg=" + leg + " silent_ms=" + since.toMillis());
            case MediaEvent.ConsentLost(var leg) ->
                    LOG.log(Level.WARNING, "call=" + call + " leg=" + leg + " consent lost");
            case MediaEvent.DtlsConnected(var leg, var profile, var cipher, var since) ->
                    info(
                            "call="
                                    + call
                                    + " leg="
                                    + leg
                                    + " dtls="
                                    + cipher
                                    + " srtp="
                                    + profile
                                    + " after_ms="
                                    + since.toMillis());
            case MediaEvent.IceConnected(var leg, _, _, var type, var since) ->
                    info(
                            "call="
                                    + call
                                    + " leg="
                                    + leg
                                    + " ice="
                                    + type
                                    + " after_ms="
                                    + since.toMillis());
            case MediaEvent.DtmfReceived(var leg, _, _) ->
                    info("call=" + call + " leg=" + leg + " key pressed");
            case MediaEvent.LossReported(var leg, var lost, var rtt) ->
                    info(
                            "call="
                                    + call
                                    + " leg="
                                    + leg
                                    + " peer misses_percent="
                                    + Math.round(lost * 100)
                                    + (rtt.isPresent()
                                            ? " rtt_ms=" + Math.round(rtt.getAsDouble())
                                            : ""));
            case MediaEvent.RtcpSeen _,
                    MediaEvent.LinkMeasured _,
                    MediaEvent.QualityMeasured _,
                    MediaEvent.DtlsClosed _,
                    MediaEvent.FirstPacket _,
                    MediaEvent.Resumed _,
                    MediaEvent.Closed _ -> {}
        }
    }

    private static String where(Flow flow) {
        return "flow=" + flow.id() + " ip=" + flow.remote().getAddress().getHostAddress();
    }

    /** What came out of a database may hold anything; a line of the log holds one fact. */
    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("[\\p{Cntrl}\\p{Cf}]", "?")
                .replace('"', '\'');
    }

    private static void info(String text) {
        LOG.log(Level.INFO, text);
    }

    // ---- the floor

    @Override
    public void told(FloorEffect.Told what) {
        switch (what) {
            case FloorEffect.AgentChanged(var change) -> info(words(change));
            case FloorEffect.VisitEnded visit ->
                    info(
                            "call="
                                    + visit.call().value()
                                    + " left queue="
                                    + visit.queue().number()
                                    + " outcome="
                                    + visit.outcome().name().toLowerCase(Locale.ROOT)
                                    + " waited_ms="
                                    + visit.waited().toMillis());
            case FloorEffect.RequestRefused(var agent, _, _, var reason) ->
                    info(
                            "agent="
                                    + Pii.of(agent.name())
                                    + " state refused reason=\""
                                    + reason
                                    + "\"");
            case FloorEffect.CallbackEnded ended ->
                    info(
                            "call back queue="
                                    + ended.queue().number()
                                    + " ended outcome="
                                    + ended.outcome().name().toLowerCase(Locale.ROOT));
            case FloorEffect.Figures _ -> {}
        }
    }

    private static String words(AgentChange change) {
        return "agent="
                + Pii.of(change.agent().name())
                + " state="
                + change.to().status().name().toLowerCase(Locale.ROOT)
                + " cause="
                + change.cause().name().toLowerCase(Locale.ROOT)
                + " lasted_ms="
                + change.lasted().toMillis();
    }
}
