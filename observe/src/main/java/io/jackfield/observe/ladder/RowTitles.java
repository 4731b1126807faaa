package io.jackfield.observe.ladder;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.recording.RecordingEvent;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.storage.ladder.LadderRow;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events that are no messages, as rows: one line each. Pure. */
final class RowTitles {
    /**
     * @param leg empty where it is the call itself
     * @param text more, for who opens the row; may be empty
     */
    record Said(
            LadderRow.Kind kind,
            String leg,
            String local,
            String remote,
            String title,
            String text) {
        static Said of(LadderRow.Kind kind, String leg, String title) {
            return new Said(kind, leg, "", "", title, "");
        }

        static Said of(LadderRow.Kind kind, String leg, String title, String text) {
            return new Said(kind, leg, "", "", title, text);
        }
    }

    /** What belongs to which call. */
    record OfCall(String callId, Said said) {}

    private RowTitles() {}

    /** {@code INVITE}, {@code 180 Ringing}. */
    static String of(SipMessage message) {
        return switch (message) {
            case SipRequest request -> request.method().toString();
            case SipResponse response -> response.status() + " " + response.reason();
        };
    }

    /** Empty for what makes no row. */
    static Optional<OfCall> of(PbxEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case PbxEvent.CallStarted e ->
                            call(
                                    e.callId(),
                                    "",
                                    "call begins",
                                    e.caller() + " calls " + e.callee());
                    case PbxEvent.LegStarted(var call, var leg, var party) ->
                            call(call, leg, "leg begins", party);
                    case PbxEvent.CallAnswered(var call, var leg) ->
                            call(call, leg, "answered", "");
                    case PbxEvent.CallHeld(var call, var leg, var held) ->
                            call(call, leg, held ? "holds" : "takes back", "");
                    case PbxEvent.AgentJoined(var call, var leg, var agent, _) ->
                            call(call, leg, "agent joined", agent);
                    case PbxEvent.AgentLeft(var call, var leg, var agent) ->
                            call(call, leg, "agent left", agent);
                    case PbxEvent.PartyJoined(var call, var leg, var part) ->
                            call(call, leg, "takes part", part);
                    case PbxEvent.JoinFailed(var call, var why) ->
                            call(call, "", "nobody joined", why);
                    case PbxEvent.TransferBegan(var call, var leg) ->
                            call(call, leg, "transfers", "");
                    case PbxEvent.Transferred(var call, var from, var to, var party) ->
                            call(call, from, "transferred", "to " + party + " (" + to + ")");
                    case PbxEvent.TransferFailed(var call, var leg, var why) ->
                            call(call, leg, "transfer failed", why);
                    case PbxEvent.LegLost(var call, var leg) ->
                            call(call, leg, "connection lost", "waits for the phone to return");
                    case PbxEvent.LegReturned(var call, var leg) ->
                            call(call, leg, "phone is back", "");
                    case PbxEvent.LegEnded(var call, var leg, var cause) ->
                            call(call, leg, "leg ends", cause);
                    case PbxEvent.CustomerReached(var call, var leg) ->
                            call(call, leg, "customer reached", "");
                    case PbxEvent.CallEnded(var call, var cdr) ->
                            call(
                                    call,
                                    "",
                                    "call ends",
                                    cdr.cause()
                                            + "; ended by "
                                            + word(cdr.hangupSide())
                                            + "; talked "
                                            + cdr.talkMillis() / 1000
                                            + " s");
                    case PbxEvent.CallerWaits(var call, var queue, _) ->
                            floor(call, "waits", "queue " + queue);
                    case PbxEvent.CallerInMenu(var call, var menu, _) ->
                            floor(call, "in a menu", menu);
                    case PbxEvent.MenuLeft(var call, var choices, _) ->
                            floor(call, "left menus", String.join(", ", choices));
                    case PbxEvent.OfferRang(var call, var offer) ->
                            floor(call, "offer rings", "offer " + offer);
                    case PbxEvent.OfferAnswered(var call, var offer) ->
                            floor(call, "offer answered", "offer " + offer);
                    case PbxEvent.OfferMissed(var call, var offer, var why) ->
                            floor(call, "offer missed", "offer " + offer + ": " + word(why));
                    case PbxEvent.RecordingHappened(var recording) -> of(recording);
                    case PbxEvent.MediaHappened(var call, var media) ->
                            of(media).map(said -> new OfCall(call, said)).orElse(null);
                    default -> null;
                });
    }

    private static OfCall call(String call, String leg, String title, String text) {
        return new OfCall(call, Said.of(LadderRow.Kind.CALL, leg, title, text));
    }

    private static OfCall floor(String call, String title, String text) {
        return new OfCall(call, Said.of(LadderRow.Kind.FLOOR, "", title, text));
    }

    /** A recording has the id of its call. */
    private static @Nullable OfCall of(RecordingEvent event) {
        return switch (event) {
            case RecordingEvent.Started(var id) -> recording(id, "recording begins", "");
            case RecordingEvent.Ready(var id, _, var length, var bytes, var lost, var dropped) ->
                    recording(
                            id,
                            "recording is ready",
                            length.toSeconds()
                                    + " s, "
                                    + bytes
                                    + " bytes, lost "
                                    + lost
                                    + ", dropped "
                                    + dropped);
            case RecordingEvent.Failed(var id, var why) -> recording(id, "recording failed", why);
            case RecordingEvent.StorageFailing _, RecordingEvent.StorageWell _ -> null;
        };
    }

    private static OfCall recording(String id, String title, String text) {
        return new OfCall(id, Said.of(LadderRow.Kind.RECORDING, "", title, text));
    }

    private static Optional<Said> of(MediaEvent event) {
        return switch (event) {
            case MediaEvent.IceConnected(var leg, var local, var remote, var type, var after) ->
                    Optional.of(
                            new Said(
                                    LadderRow.Kind.ICE,
                                    leg,
                                    address(local),
                                    address(remote),
                                    "ICE connected",
                                    "a check from "
                                            + address(remote)
                                            + " ("
                                            + word(type)
                                            + ") was answered"
                                            + after(after)));
            case MediaEvent.DtlsConnected(var leg, var profile, var cipher, var after) ->
                    Optional.of(
                            Said.of(
                                    LadderRow.Kind.DTLS,
                                    leg,
                                    "DTLS connected",
                                    profile + ", " + cipher + after(after)));
            case MediaEvent.DtlsFailed(var leg, var why, var after) ->
                    Optional.of(
                            Said.of(LadderRow.Kind.DTLS, leg, "DTLS failed", why + after(after)));
            case MediaEvent.DtlsClosed(var leg, var why) ->
                    Optional.of(Said.of(LadderRow.Kind.DTLS, leg, "DTLS closed", why));
            case MediaEvent.FirstPacket(var leg, var after) ->
                    Optional.of(
                            Said.of(
                                    LadderRow.Kind.RTP,
                                    leg,
                                    "first RTP packet",
                                    after(after).strip()));
            // which key it was may be a card's number
            case MediaEvent.DtmfReceived(var leg, _, var millis) ->
                    Optional.of(
                            Said.of(LadderRow.Kind.RTP, leg, "a key was pressed", millis + " ms"));
            case MediaEvent.Silent(var leg, var since, var expected) ->
                    Optional.of(
                            Said.of(
                                    LadderRow.Kind.RTP,
                                    leg,
                                    "no RTP comes",
                                    "since "
                                            + since.toMillis()
                                            + " ms, although our side is "
                                            + word(expected)));
            case MediaEvent.Resumed(var leg) ->
                    Optional.of(Said.of(LadderRow.Kind.RTP, leg, "RTP comes again"));
            case MediaEvent.ConsentLost(var leg) ->
                    Optional.of(
                            Said.of(
                                    LadderRow.Kind.ICE,
                                    leg,
                                    "consent lost",
                                    "no check for 30 s; nothing is sent until one comes (RFC"
                                            + " 7675)"));
            case MediaEvent.LossReported(var leg, var lost, var rtt) ->
                    Optional.of(
                            Said.of(
                                    LadderRow.Kind.RTCP,
                                    leg,
                                    "the peer reports loss",
                                    String.format(
                                            Locale.ROOT,
                                            "%.1f %% of what we sent%s",
                                            lost * 100,
                                            rtt.isPresent()
                                                    ? String.format(
                                                            Locale.ROOT,
                                                            "; round trip %.0f ms",
                                                            rtt.getAsDouble())
                                                    : "")));
            // by itself: only the first of each leg and direction is kept
            case MediaEvent.RtcpSeen _, MediaEvent.LinkMeasured _ -> Optional.empty();
            case MediaEvent.QualityMeasured(var leg, _) ->
                    Optional.of(Said.of(LadderRow.Kind.RTCP, leg, "quality echo has measured"));
            case MediaEvent.Closed(var leg, var statistics) ->
                    Optional.of(
                            Said.of(
                                    LadderRow.Kind.RTP,
                                    leg,
                                    "media closed",
                                    "received "
                                            + statistics.received().packets()
                                            + ", lost "
                                            + statistics.received().lost()
                                            + ", sent "
                                            + statistics.sent().packets()));
        };
    }

    private static String after(Duration sinceOpen) {
        return String.format(
                Locale.ROOT, " %.1f ms after the leg was opened", sinceOpen.toNanos() / 1e6);
    }

    static String address(InetSocketAddress address) {
        String host =
                address.getAddress() == null
                        ? address.getHostString()
                        : address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
