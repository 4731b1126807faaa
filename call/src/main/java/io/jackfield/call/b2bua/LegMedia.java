package io.jackfield.call.b2bua;

import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sdp.AnswerReading;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.CodecOrder;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.LocalAnswer;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.MediaAnswer;
import io.jackfield.protocol.sdp.MediaOffer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.Previous;
import io.jackfield.protocol.sdp.Refusal;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SdpWriter;
import io.jackfield.protocol.sdp.SessionDescription;
import io.jackfield.protocol.sdp.SetupRole;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one leg has said and heard in SDP (RFC 3264), and what follows for its media. Immutable.
 *
 * @param webRtc true for a browser
 * @param weOffer true when the first offer is ours
 * @param previous what we said last; a random session id before
 * @param codecs what this leg may use; the caller's in the order offered
 * @param local our own address and keys, once the media is open
 * @param offer the peer's latest offer
 * @param settled what offer and answer agreed on
 * @param presented the direction in our last description
 * @param meant the direction we would like; an answer may show less of it than we mean
 * @param wish the direction the peer asked for by itself: not {@code SENDRECV} while it holds
 */
record LegMedia(
        boolean webRtc,
        boolean weOffer,
        Previous previous,
        List<Codec> codecs,
        Optional<LocalMedia> local,
        Optional<MediaOffer> offer,
        Optional<Settled> settled,
        Direction presented,
        Direction meant,
        Direction wish) {

    /** The outcome of the last offer and answer. */
    record Settled(
            RemoteMedia remote, CodecMap codecs, Direction direction, Optional<SetupRole> setup) {}

    /** A description to be sent, and the leg after it. */
    record Said(LegMedia next, String sdp) {}

    /** What reading a peer's description gave. */
    sealed interface Read {
        record Understood(LegMedia media) implements Read {}

        record Refused(int status, String reason) implements Read {}
    }

    private static final Read.Refused NOTHING_COMMON = new Read.Refused(488, "no common codec");

    /** A leg that waits for the peer's offer. */
    static LegMedia expectingOffer(long sessionId) {
        return new LegMedia(
                false,
                false,
                Previous.none(sessionId),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Direction.SENDRECV,
                Direction.SENDRECV,
                Direction.SENDRECV);
    }

    /** A leg to which we make the first offer, of these codecs. */
    static LegMedia offering(List<Codec> codecs, boolean webRtc, long sessionId) {
        return new LegMedia(
                webRtc,
                true,
                Previous.none(sessionId),
                codecs,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Direction.SENDRECV,
                Direction.SENDRECV,
                Direction.SENDRECV);
    }

    /** True once anything has been said or heard about media on this leg. */
    boolean known() {
        return offer.isPresent() || weOffer;
    }

    LegMedia opened(LocalMedia next) {
        return new LegMedia(
                webRtc,
                weOffer,
                previous,
                codecs,
                Optional.of(next),
                offer,
                settled,
                presented,
                meant,
                wish);
    }

    /** The codec that this leg speaks, once one is settled. */
    List<Codec> chosen() {
        return settled.map(s -> List.of(s.codecs().chosen().codec())).orElse(codecs);
    }

    /** Reads the first offer. */
    Read read(String sdp) {
        return readOffer(sdp, this::firstOffer);
    }

    /** Reads a later offer: hold, resume, refresh, ICE restart, another codec. */
    Read readReoffer(String sdp) {
        return readOffer(sdp, this::laterOffer);
    }

    private static Read readOffer(String sdp, Function<MediaOffer, Read> then) {
        return switch (parse(sdp)) {
            case Parsed.Bad(var refused) -> refused;
            case Parsed.Good(var description) ->
                    switch (Negotiation.readOffer(description)) {
                        case Refusal(var status, var reason) -> new Read.Refused(status, reason);
                        case MediaOffer heard -> then.apply(heard);
                    };
        };
    }

    private Read firstOffer(MediaOffer heard) {
        List<Codec> common = Negotiation.common(heard, Codecs.ALL, CodecOrder.OFFERER);
        if (common.isEmpty()) {
            return NOTHING_COMMON;
        }
        return new Read.Understood(
                new LegMedia(
                        heard.isWebRtc(),
                        false,
                        previous,
                        common,
                        local,
                        Optional.of(heard),
                        settled,
                        presented,
                        meant,
                        heard.remoteDirection()));
    }

    private Read laterOffer(MediaOffer heard) {
        boolean sameKind = heard.isWebRtc() == webRtc;
        if (!sameKind || Negotiation.common(heard, later(), CodecOrder.OURS).isEmpty()) {
            return NOTHING_COMMON;
        }
        return new Read.Understood(
                new LegMedia(
                        webRtc,
                        weOffer,
                        previous,
                        codecs,
                        local,
                        Optional.of(heard),
                        settled,
                        presented,
                        meant,
                        wishBehind(heard.remoteDirection())));
    }

    /** The codec stays where it can; else any other is transcoded. */
    private List<Codec> later() {
        return Codecs.together(Codecs.together(chosen(), codecs), Codecs.ALL);
    }

    /**
     * What the peer wishes by itself. Where our own description keeps it from hearing or speaking,
     * its silence about that says nothing, and what it wished before still holds.
     */
    private Direction wishBehind(Direction remote) {
        boolean sends = remote.sends() || !presented.receives() && wish.sends();
        boolean receives = remote.receives() || !presented.sends() && wish.receives();
        return Direction.of(sends, receives);
    }

    /** True when the peer's latest offer restarts ICE (RFC 8839 §4.4.1.1.1). */
    boolean iceRestarts() {
        return offer.isPresent()
                && settled.isPresent()
                && Negotiation.restartsIce(settled.get().remote(), offer.get().transport());
    }

    /**
     * Answers the peer's first offer with these codecs.
     *
     * @return empty when none of them was offered
     */
    Optional<Said> answer(List<Codec> wanted) {
        List<Codec> common = Negotiation.common(heard(), wanted, CodecOrder.OURS);
        return common.isEmpty()
                ? Optional.empty()
                : Optional.of(answer(common.subList(0, 1), Direction.SENDRECV));
    }

    /**
     * Answers a later offer.
     *
     * @param other the leg it talks with: what that one does not send or want, we can't offer
     */
    Said answerReoffer(Optional<LegMedia> other) {
        List<Codec> common = Negotiation.common(heard(), later(), CodecOrder.OURS);
        return answer(common.subList(0, 1), other.map(LegMedia::wish).orElse(Direction.SENDRECV));
    }

    private Said answer(List<Codec> accepted, Direction wanted) {
        LocalAnswer answer = Negotiation.writeAnswer(heard(), ours(), accepted, wanted, previous);
        Settled next =
                new Settled(
                        heard().transport(),
                        answer.codecs(),
                        answer.direction(),
                        answer.localSetup());
        return said(answer.description(), Optional.of(next), answer.direction(), wanted);
    }

    /** The first offer, or a later one that changes nothing. */
    Said offerAgain() {
        return offer(chosen(), meant);
    }

    /** The first offer of just these codecs. */
    Said offerOf(List<Codec> wanted) {
        return offer(wanted, Direction.SENDRECV);
    }

    /** A later offer that would rather have that codec, and can do with the present one. */
    Said offerRather(Codec codec) {
        return offer(Codecs.together(List.of(codec), chosen()), meant);
    }

    /** A new offer to this leg when the other one's wish changes its direction. */
    Optional<Said> reofferFor(LegMedia other) {
        return other.wish() == meant
                ? Optional.empty()
                : Optional.of(offer(chosen(), other.wish()));
    }

    private Said offer(List<Codec> wanted, Direction direction) {
        SessionDescription description =
                Negotiation.writeOffer(ours(), wanted, direction, previous);
        return said(description, settled, direction, direction);
    }

    private Said said(
            SessionDescription description,
            Optional<Settled> next,
            Direction shown,
            Direction wanted) {
        LegMedia after =
                new LegMedia(
                        webRtc,
                        weOffer,
                        Previous.sent(description),
                        codecs,
                        local,
                        offer,
                        next,
                        shown,
                        wanted,
                        wish);
        return new Said(after, SdpWriter.write(description));
    }

    /** Reads the answer to what we offered last. */
    Read readAnswer(String sdp) {
        if (!(previous instanceof Previous.Sent(var sent))) {
            return new Read.Refused(500, "answer without an offer");
        }
        return switch (parse(sdp)) {
            case Parsed.Bad(var refused) -> refused;
            case Parsed.Good(var description) -> {
                AnswerReading reading = Negotiation.readAnswer(sent, description);
                yield switch (reading) {
                    case Refusal(var status, var reason) -> new Read.Refused(status, reason);
                    case MediaAnswer answer -> new Read.Understood(answered(answer));
                };
            }
        };
    }

    private LegMedia answered(MediaAnswer answer) {
        return new LegMedia(
                webRtc,
                weOffer,
                previous,
                codecs,
                local,
                offer,
                Optional.of(
                        new Settled(
                                answer.transport(),
                                answer.codecs(),
                                answer.direction(),
                                answer.localSetup())),
                presented,
                meant,
                wishBehind(answer.remoteDirection()));
    }

    /** True once an offer has been answered on this leg. */
    boolean agreed() {
        return settled.isPresent();
    }

    /** True when the peer asked us not to send: it holds. */
    boolean holds() {
        return !wish.receives();
    }

    /** What the media engine has to know, once it is settled. */
    Optional<LegParameters> parameters(LegParameters.SourceRule rule) {
        return settled.map(
                s -> new LegParameters(s.remote(), s.codecs(), s.direction(), s.setup(), rule));
    }

    private MediaOffer heard() {
        return offer.orElseThrow(() -> new IllegalStateException("no offer to answer"));
    }

    private LocalMedia ours() {
        return local.orElseThrow(() -> new IllegalStateException("media is not open"));
    }

    private sealed interface Parsed {
        record Good(SessionDescription description) implements Parsed {}

        record Bad(Read.Refused refused) implements Parsed {}
    }

    private static Parsed parse(String sdp) {
        return switch (SdpParser.parse(sdp)) {
            case SdpParser.Parsed(var description) -> new Parsed.Good(description);
            case SdpParser.Rejected(var line, var reason) ->
                    new Parsed.Bad(new Read.Refused(400, "SDP line " + line + ": " + reason));
        };
    }
}
