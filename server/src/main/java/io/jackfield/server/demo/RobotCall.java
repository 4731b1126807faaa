package io.jackfield.server.demo;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.signaling.TransactionUser;
import io.jackfield.media.LegParameters;
import io.jackfield.media.MediaEngine;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaPortsExhausted;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecOrder;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.LocalAnswer;
import io.jackfield.protocol.sdp.MediaAnswer;
import io.jackfield.protocol.sdp.MediaOffer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.Previous;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SdpWriter;
import io.jackfield.protocol.sdp.SessionDescription;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.Phase;
import io.jackfield.protocol.sip.dialog.UsageEffect;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One call of the robot, in or out, on a virtual thread of its own.
 *
 * <p>Thread-safety: {@link #offer} from any thread.
 */
final class RobotCall implements Runnable, TransactionUser {
    private static final int MAILBOX_MAX = 64;
    private static final int KEY_MILLIS = 160;
    private static final List<Codec> CODECS = List.of(Codec.PCMA, Codec.PCMU);
    private static final long SESSION_ID = 1;

    /** What a robot's call can be told. */
    sealed interface Event {
        record Sip(UsageEvent event) implements Event {}

        record Media(MediaEvent event) implements Event {}
    }

    /** How the first step is made, once the media is open: calling, or being called. */
    interface Beginning {
        InviteUsage.Step begin(Optional<String> ownOffer, long nowNanos);
    }

    private final String id;
    private final RobotScript script;
    private final boolean calls;
    private final Beginning beginning;
    private final Flow flow;
    private final SipEdge edge;
    private final MediaEngine media;
    private final RobotCarrier carrier;
    private final Prompt music;
    private final BlockingQueue<Event> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);

    private Optional<InviteUsage> usage = Optional.empty();
    private Previous said = Previous.none(SESSION_ID);
    private Optional<TrunkLeg> leg = Optional.empty();
    private Optional<String> answer = Optional.empty();
    private OptionalLong decideAtNanos = OptionalLong.empty();
    private OptionalLong echoAtNanos = OptionalLong.empty();

    RobotCall(
            String id,
            RobotScript script,
            boolean calls,
            Beginning beginning,
            Flow flow,
            SipEdge edge,
            MediaEngine media,
            RobotCarrier carrier,
            Prompt music) {
        this.id = id;
        this.script = script;
        this.calls = calls;
        this.beginning = beginning;
        this.flow = flow;
        this.edge = edge;
        this.media = media;
        this.carrier = carrier;
        this.music = music;
    }

    boolean offer(UsageEvent event) {
        return mailbox.offer(new Event.Sip(event));
    }

    @Override
    public void onResponse(ClientTransactionId tx, SipResponse response) {
        offer(new UsageEvent.ResponseReceived(tx, response));
    }

    @Override
    public void onFailure(ClientTransactionId tx, Failure failure) {
        offer(
                new UsageEvent.RequestFailed(
                        tx,
                        failure == Failure.TIMEOUT ? FailureKind.TIMEOUT : FailureKind.TRANSPORT));
    }

    @Override
    public void run() {
        try {
            leg =
                    Optional.of(
                            media.openTrunkLeg(
                                    id,
                                    flow.local().getAddress(),
                                    event -> mailbox.offer(new Event.Media(event))));
            Optional<String> offer = calls ? Optional.of(ownOffer()) : Optional.empty();
            InviteUsage.Step first = beginning.begin(offer, System.nanoTime());
            carrier.listen(first.next(), this);
            step(first);
            while (usage().phase() != Phase.ENDED) {
                Event event = mailbox.poll(nanosToDeadline(), TimeUnit.NANOSECONDS);
                if (event != null) {
                    handle(event);
                }
                doWhatIsDue();
            }
        } catch (MediaPortsExhausted | InterruptedException cannot) {
            Thread.currentThread().interrupt();
        } finally {
            leg.ifPresent(TrunkLeg::close);
            carrier.over(this);
        }
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Sip(var sip) -> tell(sip);
            case Event.Media(MediaEvent.DtmfReceived(_, var digit, _)) ->
                    ownLeg().sendDtmf(digit, KEY_MILLIS);
            case Event.Media(_) -> {}
        }
    }

    private void doWhatIsDue() {
        long now = System.nanoTime();
        if (due(usage().deadlineNanos(), now)) {
            tell(new UsageEvent.Tick());
        }
        if (due(decideAtNanos, now)) {
            decideAtNanos = OptionalLong.empty();
            decide();
        }
        if (due(echoAtNanos, now)) {
            echoAtNanos = OptionalLong.empty();
            media.echo(ownLeg());
        }
    }

    private void decide() {
        if (script.status() == 200) {
            tell(new UsageEvent.Accept(answer.orElseThrow()));
            playThenEcho();
        } else {
            tell(new UsageEvent.Reject(script.status(), "", List.of()));
        }
    }

    private void playThenEcho() {
        if (script.playFor().isZero()) {
            media.echo(ownLeg());
            return;
        }
        media.play(ownLeg(), music, true);
        echoAtNanos = OptionalLong.of(System.nanoTime() + script.playFor().toNanos());
    }

    private void tell(UsageEvent event) {
        step(usage().on(event, System.nanoTime()));
    }

    private void step(InviteUsage.Step step) {
        usage = Optional.of(step.next());
        for (UsageEffect effect : step.effects()) {
            switch (effect) {
                case UsageEffect.SendRequest(var tx, var request) ->
                        edge.send(tx, request, flow, this);
                case UsageEffect.SendAck(var ack) -> edge.sendDirect(ack, flow);
                case UsageEffect.SendResponse(var tx, var response) -> edge.respond(tx, response);
                case UsageEffect.CancelRequest(var invite, var reason) ->
                        edge.cancel(invite, step.next().callId(), reason);
                case UsageEffect.Tell(var notice) -> onNotice(notice);
            }
        }
    }

    private void onNotice(UsageNotice notice) {
        switch (notice) {
            case UsageNotice.OfferReceived(var sdp) -> onOffer(sdp);
            case UsageNotice.OfferWanted() -> tell(new UsageEvent.RefuseOffer(488));
            case UsageNotice.AnswerReceived(var sdp, _) -> onAnswer(sdp);
            case UsageNotice.Answered() -> {
                if (calls) {
                    playThenEcho();
                }
            }
            case UsageNotice.Challenged(var tx, _, _) -> tell(new UsageEvent.GiveUp(tx));
            case UsageNotice.ReferReceived(var tx, var refer, _) ->
                    tell(new UsageEvent.AnswerRefer(tx, refer, 603, ""));
            case UsageNotice.Progress _,
                    UsageNotice.OfferWithdrawn _,
                    UsageNotice.Confirmed _,
                    UsageNotice.OfferRefused _,
                    UsageNotice.InfoReceived _,
                    UsageNotice.Redirected _,
                    UsageNotice.Failed _,
                    UsageNotice.Ended _ -> {}
        }
    }

    private void onOffer(String sdp) {
        boolean first = answer.isEmpty();
        Optional<String> next = answerTo(sdp);
        if (next.isEmpty()) {
            tell(
                    first
                            ? new UsageEvent.Reject(488, "", List.of())
                            : new UsageEvent.RefuseOffer(488));
            return;
        }
        answer = next;
        if (!first) {
            tell(new UsageEvent.AnswerOffer(next.get()));
            return;
        }
        tell(
                script.early()
                        ? new UsageEvent.Ring(183, next)
                        : new UsageEvent.Ring(180, Optional.empty()));
        if (script.early()) {
            media.play(ownLeg(), music, true);
        }
        decideAtNanos = OptionalLong.of(System.nanoTime() + script.ringFor().toNanos());
    }

    private Optional<String> answerTo(String sdp) {
        if (!(SdpParser.parse(sdp) instanceof SdpParser.Parsed(var description))
                || !(Negotiation.readOffer(description) instanceof MediaOffer offer)
                || offer.isWebRtc()) {
            return Optional.empty();
        }
        List<Codec> common = Negotiation.common(offer, CODECS, CodecOrder.OFFERER);
        if (common.isEmpty()) {
            return Optional.empty();
        }
        LocalAnswer local =
                Negotiation.writeAnswer(
                        offer, ownLeg().local(), common.subList(0, 1), Direction.SENDRECV, said);
        said = Previous.sent(local.description());
        ownLeg().apply(LegParameters.of(offer, local));
        return Optional.of(SdpWriter.write(local.description()));
    }

    private String ownOffer() {
        SessionDescription offer =
                Negotiation.writeOffer(ownLeg().local(), CODECS, Direction.SENDRECV, said);
        said = Previous.sent(offer);
        return SdpWriter.write(offer);
    }

    private void onAnswer(String sdp) {
        if (said instanceof Previous.Sent(var offer)
                && SdpParser.parse(sdp) instanceof SdpParser.Parsed(var description)
                && Negotiation.readAnswer(offer, description) instanceof MediaAnswer heard) {
            ownLeg().apply(LegParameters.of(heard));
        } else {
            tell(new UsageEvent.Hangup(Optional.empty()));
        }
    }

    private long nanosToDeadline() {
        long now = System.nanoTime();
        long next = TimeUnit.MINUTES.toNanos(1);
        for (OptionalLong deadline : List.of(usage().deadlineNanos(), decideAtNanos, echoAtNanos)) {
            if (deadline.isPresent()) {
                next = Math.min(next, Math.max(0, deadline.getAsLong() - now));
            }
        }
        return next;
    }

    private static boolean due(OptionalLong deadline, long now) {
        return deadline.isPresent() && deadline.getAsLong() - now <= 0;
    }

    private InviteUsage usage() {
        return usage.orElseThrow();
    }

    private TrunkLeg ownLeg() {
        return leg.orElseThrow();
    }
}
