package io.jackfield.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Negotiation#writeAnswer}. */
final class AnswerWriter {
    private AnswerWriter() {}

    static LocalAnswer write(
            MediaOffer offer,
            LocalMedia local,
            List<Codec> chosen,
            Direction wanted,
            Previous previous) {
        List<AudioFormat> accepted = accepted(offer, chosen);
        // "the payload type numbers … SHOULD be the same" as the offer's (RFC 3264 §6.1).
        CodecMap codecs =
                CodecMap.of(accepted.stream().map(AnswerWriter::entry).toList())
                        .orElseThrow(
                                () -> new IllegalArgumentException("no codec of the offer chosen"));
        Direction direction = offer.remoteDirection().reversed().intersect(wanted);
        Optional<SetupRole> setup = setup(offer, local);
        LocalLines.Audio audio =
                new LocalLines.Audio(
                        local,
                        offer.line().protocol(),
                        offer.line().mid(),
                        accepted,
                        direction,
                        setup.orElse(SetupRole.PASSIVE),
                        offer.line().rtcpReducedSize());
        SessionDescription description =
                LocalLines.session(local, previous, lines(offer, audio), groups(offer));
        return new LocalAnswer(description, codecs, direction, setup);
    }

    private static CodecMap.Entry entry(AudioFormat format) {
        return new CodecMap.Entry(format.codec(), format.payloadType(), format.payloadType());
    }

    /** The chosen formats under the offer's numbers, and the events that go with them. */
    private static List<AudioFormat> accepted(MediaOffer offer, List<Codec> chosen) {
        List<AudioFormat> accepted = new ArrayList<>();
        for (Codec codec : chosen.stream().distinct().toList()) {
            offer.formats().stream()
                    .filter(f -> f.codec().equals(codec) && !codec.isTelephoneEvent())
                    .findFirst()
                    .map(AnswerWriter::withOurParameters)
                    .ifPresent(accepted::add);
        }
        offer.events().stream()
                .filter(event -> goesWith(event.codec(), accepted))
                .map(AnswerWriter::withOurParameters)
                .forEach(accepted::add);
        return accepted;
    }

    /** Events of 8 kHz are taken beside any codec: Firefox offers no others with Opus. */
    private static boolean goesWith(Codec event, List<AudioFormat> accepted) {
        return event.clockRate() == Codec.TELEPHONE_EVENT.clockRate()
                || accepted.stream().anyMatch(f -> f.codec().clockRate() == event.clockRate());
    }

    /** Ours for Opus and events; others' parameters are symmetric and are given back. */
    private static AudioFormat withOurParameters(AudioFormat offered) {
        String ours = AudioFormats.ourParameters(offered.codec());
        return ours.isEmpty()
                ? offered
                : new AudioFormat(offered.payloadType(), offered.codec(), ours);
    }

    /** RFC 8842 §5.3: the answer settles it; active and passive answer each other. */
    private static Optional<SetupRole> setup(MediaOffer offer, LocalMedia local) {
        return switch (offer.transport()) {
            case RemoteMedia.Plain _ when local instanceof LocalMedia.Plain -> Optional.empty();
            case RemoteMedia.WebRtc remote when local instanceof LocalMedia.WebRtc webRtc ->
                    Optional.of(
                            switch (remote.setup()) {
                                case ACTIVE -> SetupRole.PASSIVE;
                                case PASSIVE -> SetupRole.ACTIVE;
                                case ACTPASS, HOLDCONN ->
                                        webRtc.setup() == SetupRole.ACTIVE
                                                ? SetupRole.ACTIVE
                                                : SetupRole.PASSIVE;
                            });
            case RemoteMedia.Plain _, RemoteMedia.WebRtc _ ->
                    throw new IllegalArgumentException("local media is not of the offer's kind");
        };
    }

    private static List<MediaDescription> lines(MediaOffer offer, LocalLines.Audio audio) {
        List<MediaDescription> lines = new ArrayList<>();
        for (int i = 0; i < offer.description().media().size(); i++) {
            lines.add(
                    i == offer.mediaIndex()
                            ? audio.line()
                            : LocalLines.rejected(offer.description().media().get(i)));
        }
        return lines;
    }

    /** Our line alone stays in its BUNDLE group: "rejected" ones must leave (RFC 9143 §7.3.3). */
    private static List<Group> groups(MediaOffer offer) {
        return offer.line().mid().stream()
                .filter(_ -> offer.description().bundleOf(offer.line()).isPresent())
                .map(mid -> new Group("BUNDLE", List.of(mid)))
                .toList();
    }
}
