package io.jackfield.protocol.sdp;

import java.util.List;

/**
 * Offer and answer (RFC 3264) for a B2BUA whose legs have one audio stream each and pass it through
 * without decoding.
 *
 * <p>Pure functions of their arguments; any thread. What the peer sent never makes them throw: the
 * result is a {@link Refusal}. An {@link IllegalArgumentException} is a mistake of the caller.
 */
public final class Negotiation {
    private Negotiation() {}

    /**
     * Reads an offer, first or later. Our audio is the first usable {@code m=audio} line.
     *
     * @return the offer, or why it cannot be answered
     */
    public static OfferReading readOffer(SessionDescription remote) {
        return OfferReader.read(remote);
    }

    /**
     * The codecs both know, in the order wished for. Empty means 488: nothing is common.
     *
     * @param allowed ours, by preference; events are never listed here, comfort noise only where
     *     both legs take it
     */
    public static List<Codec> common(MediaOffer offer, List<Codec> allowed, CodecOrder order) {
        List<Codec> offered =
                offer.formats().stream()
                        .map(AudioFormat::codec)
                        .filter(c -> !c.isTelephoneEvent())
                        .distinct()
                        .toList();
        return switch (order) {
            case OFFERER -> offered.stream().filter(allowed::contains).toList();
            case OURS -> allowed.stream().filter(offered::contains).distinct().toList();
        };
    }

    /**
     * Writes the answer: our audio accepted, every other line rejected with port 0.
     *
     * @param local of the kind the offer asks for ({@link MediaOffer#isWebRtc})
     * @param chosen codecs to accept, most preferred first; those the offer lacks are left out, at
     *     least one must remain. Events are accepted by themselves, comfort noise when listed
     * @param wanted what we are ready to do; what the offer does not allow falls away (§6.1)
     * @throws IllegalArgumentException when kinds differ or no codec remains
     */
    public static LocalAnswer writeAnswer(
            MediaOffer offer,
            LocalMedia local,
            List<Codec> chosen,
            Direction wanted,
            Previous previous) {
        return AnswerWriter.write(offer, local, chosen, wanted, previous);
    }

    /**
     * Writes an offer, first or later. A later one keeps the lines, mids, payload types and
     * protocol of what we said before (§8), and its version, when nothing has changed.
     *
     * @param codecs to offer, most preferred first, at least one; events are added by themselves,
     *     comfort noise when listed
     * @param local new ICE credentials restart ICE (RFC 8839 §4.4.1.1.1)
     */
    public static SessionDescription writeOffer(
            LocalMedia local, List<Codec> codecs, Direction direction, Previous previous) {
        return OfferWriter.write(local, codecs, direction, previous);
    }

    /**
     * Reads the answer to an offer of ours.
     *
     * @param sent exactly what we offered
     * @return what is settled, or why the answer does not fit the offer; {@code sipStatus} means
     *     nothing then, the call is ended with the reason
     */
    public static AnswerReading readAnswer(SessionDescription sent, SessionDescription answer) {
        return AnswerReader.read(sent, answer);
    }

    /**
     * True when the peer's media restarts ICE (RFC 8839 §4.4.1.1.1); never on plain legs. Then our
     * description needs new credentials as well, and the old pair stays in use until the new one
     * works (RFC 8445 §9).
     */
    public static boolean restartsIce(RemoteMedia before, RemoteMedia now) {
        return before instanceof RemoteMedia.WebRtc was
                && now instanceof RemoteMedia.WebRtc is
                && is.ice().restarts(was.ice());
    }
}
