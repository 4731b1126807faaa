package io.jackfield.protocol.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@link Negotiation#writeOffer}. */
final class OfferWriter {
    private static final String FIRST_MID = "0";

    /** The number Chromium gives events of 8 kHz. */
    private static final int WEBRTC_EVENT = 126;

    /** The number telephony expects for events. */
    private static final int PLAIN_EVENT = 101;

    private static final int OPUS = 111;
    private static final int WIDE_EVENT = 110;

    /** RFC 5761 §4: with RTP and RTCP on one port, the dynamic numbers are 96 to 127. */
    private static final int DYNAMIC_MIN = 96;

    private OfferWriter() {}

    static SessionDescription write(
            LocalMedia local, List<Codec> codecs, Direction direction, Previous previous) {
        if (codecs.stream().noneMatch(Codec::isSpeech)) {
            throw new IllegalArgumentException("an offer needs a codec");
        }
        List<MediaDescription> before =
                switch (previous) {
                    case Previous.None _ -> List.of();
                    case Previous.Sent(SessionDescription sent) -> sent.media();
                };
        int index = audioIndex(before);
        Optional<MediaDescription> ours =
                index < before.size() ? Optional.of(before.get(index)) : Optional.empty();
        MediaDescription audio = audio(local, codecs, direction, ours).line();

        List<MediaDescription> lines =
                new ArrayList<>(before.stream().map(LocalLines::rejected).toList());
        if (ours.isPresent()) {
            lines.set(index, audio);
        } else {
            lines.add(audio);
        }
        return LocalLines.session(local, previous, lines, groups(local, audio));
    }

    /** Our line among what we said: the audio that is on, else any audio, else a new last line. */
    static int audioIndex(List<MediaDescription> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).isAudio() && lines.get(i).port() != 0)
                .findFirst()
                .orElseGet(() ->
                        IntStream.range(0, lines.size())
                                .filter(i -> lines.get(i).isAudio())
                                .findFirst()
                                .orElse(lines.size()));
    }

    private static LocalLines.Audio audio(
            LocalMedia local,
            List<Codec> codecs,
            Direction direction,
            Optional<MediaDescription> before) {
        Optional<String> mid = before.flatMap(MediaDescription::mid);
        return switch (local) {
            case LocalMedia.WebRtc webRtc ->
                    new LocalLines.Audio(
                            local,
                            before.map(MediaDescription::protocol).orElse(Profile.WEBRTC_NAME),
                            before.isPresent() ? mid : Optional.of(FIRST_MID),
                            formats(codecs, before, WEBRTC_EVENT),
                            direction,
                            webRtc.setup(),
                            before.map(MediaDescription::rtcpReducedSize).orElse(true));
            case LocalMedia.Plain _ ->
                    new LocalLines.Audio(
                            local,
                            before.map(MediaDescription::protocol).orElse(Profile.PLAIN_NAME),
                            mid,
                            formats(codecs, before, PLAIN_EVENT),
                            direction,
                            SetupRole.ACTPASS,
                            false);
        };
    }

    private static List<Group> groups(LocalMedia local, MediaDescription audio) {
        return local instanceof LocalMedia.WebRtc
                ? audio.mid().stream().map(mid -> new Group("BUNDLE", List.of(mid))).toList()
                : List.of();
    }

    /** The formats to offer: these codecs, then events of 8 kHz and of each other clock. */
    private static List<AudioFormat> formats(
            List<Codec> codecs, Optional<MediaDescription> before, int event) {
        List<AudioFormat> known = before.map(MediaDescription::audioFormats).orElse(List.of());
        List<Codec> events =
                Stream.concat(
                                codecs.stream().filter(Codec::isSpeech).map(Codec::clockRate),
                                Stream.of(Codec.TELEPHONE_EVENT.clockRate()))
                        .distinct()
                        .map(Codec::telephoneEvent)
                        .toList();
        List<Codec> all =
                Stream.concat(codecs.stream().filter(c -> !c.isTelephoneEvent()), events.stream())
                        .distinct()
                        .toList();

        Set<Integer> taken = new HashSet<>(known.stream().map(AudioFormat::payloadType).toList());
        List<AudioFormat> formats = new ArrayList<>();
        for (Codec codec : all) {
            // "the mapping … MUST NOT change for the duration of a session" (RFC 3264 §8.3.2).
            int number =
                    known.stream()
                            .filter(f -> f.codec().equals(codec))
                            .map(AudioFormat::payloadType)
                            .findFirst()
                            .orElseGet(() -> newNumber(codec, taken, event));
            taken.add(number);
            formats.add(new AudioFormat(number, codec, AudioFormats.ourParameters(codec)));
        }
        return formats;
    }

    private static int newNumber(Codec codec, Set<Integer> taken, int event) {
        int usual = usualNumber(codec, event);
        if (usual >= 0 && !taken.contains(usual)) {
            return usual;
        }
        return IntStream.rangeClosed(DYNAMIC_MIN, 127)
                .filter(n -> !taken.contains(n) && n != OPUS && n != WIDE_EVENT && n != event)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("too many codecs: " + codec));
    }

    private static int usualNumber(Codec codec, int event) {
        if (codec.equals(Codec.OPUS)) {
            return OPUS;
        }
        if (codec.isTelephoneEvent()) {
            return codec.equals(Codec.TELEPHONE_EVENT) ? event : WIDE_EVENT;
        }
        return codec.staticPayloadType().orElse(-1);
    }
}
