package io.jackfield.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Negotiation#readAnswer}. */
final class AnswerReader {
    private AnswerReader() {}

    static AnswerReading read(SessionDescription sent, SessionDescription answer) {
        int index = OfferWriter.audioIndex(sent.media());
        if (index == sent.media().size()) {
            throw new IllegalArgumentException("what was sent has no audio line");
        }
        return structuralFault(sent, answer, index)
                .map(reason -> (AnswerReading) Refusal.notAcceptable(reason))
                .orElseGet(() -> readLine(sent, answer, index));
    }

    /** "the answer MUST contain exactly the same number of m= lines as the offer" (§6). */
    private static Optional<String> structuralFault(
            SessionDescription sent, SessionDescription answer, int index) {
        if (answer.media().size() != sent.media().size()) {
            return Optional.of(
                    answer.media().size() < sent.media().size()
                            ? "answer has fewer media lines than the offer"
                            : "answer has more media lines than the offer");
        }
        for (int i = 0; i < answer.media().size(); i++) {
            if (!answer.media().get(i).media().equals(sent.media().get(i).media())) {
                return Optional.of("answer has its media lines in another order than the offer");
            }
            if (i != index && answer.media().get(i).port() != 0) {
                return Optional.of("answer accepts a stream that the offer did not open");
            }
        }
        return answer.media().get(index).port() == 0
                ? Optional.of("answer rejects the audio stream")
                : Optional.empty();
    }

    private static AnswerReading readLine(
            SessionDescription sent, SessionDescription answer, int index) {
        MediaDescription offered = sent.media().get(index);
        MediaDescription line = answer.media().get(index);
        Profile profile = Profile.of(answer, line);
        if (profile != Profile.of(sent, offered) || profile == Profile.OTHER) {
            return Refusal.notAcceptable("answer has another transport protocol than the offer");
        }
        Optional<CodecMap> codecs = codecs(offered, line);
        if (codecs.isEmpty()) {
            return Refusal.notAcceptable("answer has no codec of the offer");
        }
        return switch (TransportReading.of(answer, line)) {
            case TransportReading.Unusable(String reason) -> Refusal.notAcceptable(reason);
            case TransportReading.Usable(RemoteMedia media) ->
                    settle(sent, offered, answer, line, codecs.get(), media);
        };
    }

    private static AnswerReading settle(
            SessionDescription sent,
            MediaDescription offered,
            SessionDescription answer,
            MediaDescription line,
            CodecMap codecs,
            RemoteMedia media) {
        Optional<SetupRole> setup = Optional.empty();
        if (media instanceof RemoteMedia.WebRtc remote) {
            setup = localSetup(offered, remote.setup());
            if (setup.isEmpty()) {
                return Refusal.notAcceptable("setup of the answer does not fit the offer's");
            }
        }
        Direction remoteDirection = OfferReader.direction(answer, line, media);
        return new MediaAnswer(
                codecs,
                media,
                remoteDirection,
                sent.directionOf(offered).intersect(remoteDirection.reversed()),
                setup,
                line.ptimeMillis());
    }

    /** Our part, where offer and answer together leave exactly one (RFC 8842 §5.3). */
    private static Optional<SetupRole> localSetup(MediaDescription offered, SetupRole answered) {
        SetupRole ours = offered.attributes().setup().orElse(SetupRole.ACTPASS);
        SetupRole left = answered == SetupRole.ACTIVE ? SetupRole.PASSIVE : SetupRole.ACTIVE;
        boolean decided = answered == SetupRole.ACTIVE || answered == SetupRole.PASSIVE;
        return decided && (ours == SetupRole.ACTPASS || ours == left)
                ? Optional.of(left)
                : Optional.empty();
    }

    /**
     * The answered formats that we offered, in the answer's order. An answer may list others "to
     * indicate" what it could do (RFC 3264 §6.1); they are not in use.
     */
    private static Optional<CodecMap> codecs(MediaDescription offered, MediaDescription answered) {
        List<CodecMap.Entry> entries = new ArrayList<>();
        List<AudioFormat> ours = offered.audioFormats();
        for (AudioFormat theirs : answered.audioFormats()) {
            ours.stream()
                    .filter(f -> f.codec().equals(theirs.codec()))
                    .findFirst()
                    .map(f -> new CodecMap.Entry(f.codec(), theirs.payloadType(), f.payloadType()))
                    .ifPresent(entries::add);
        }
        return CodecMap.of(entries);
    }
}
