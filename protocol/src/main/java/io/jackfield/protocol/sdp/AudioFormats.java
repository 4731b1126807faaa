package io.jackfield.protocol.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the formats of an RTP stream. */
final class AudioFormats {
    private AudioFormats() {}

    /** The formats in the order of the {@code m=} line; a number named twice counts once. */
    static List<AudioFormat> read(MediaDescription line) {
        Map<Integer, String> maps = byPayloadType(line.attributes().all("rtpmap"));
        Map<Integer, String> parameters = byPayloadType(line.attributes().all("fmtp"));
        Map<Integer, AudioFormat> formats = new LinkedHashMap<>();
        for (String text : line.formats()) {
            int number = SdpText.smallNumber(text, 127);
            if (number < 0) {
                continue;
            }
            codec(number, maps)
                    .ifPresent(codec ->
                            formats.putIfAbsent(
                                    number,
                                    new AudioFormat(
                                            number, codec, parameters.getOrDefault(number, ""))));
        }
        return List.copyOf(formats.values());
    }

    private static Optional<Codec> codec(int number, Map<Integer, String> maps) {
        return Optional.ofNullable(maps.get(number))
                .map(text -> Codec.parse(text.strip()))
                .orElseGet(() -> Codec.ofStatic(number));
    }

    /** "111 opus/48000/2" under 111; of several the first holds. */
    private static Map<Integer, String> byPayloadType(List<String> values) {
        Map<Integer, String> result = new HashMap<>();
        for (String value : values) {
            int space = value.indexOf(' ');
            if (space > 0) {
                int number = SdpText.smallNumber(value.substring(0, space), 127);
                result.putIfAbsent(number, value.substring(space + 1).strip());
            }
        }
        return result;
    }

    /** The {@code a=rtpmap} and {@code a=fmtp} lines of these formats. */
    static List<Attribute> write(List<AudioFormat> formats) {
        List<Attribute> lines = new ArrayList<>();
        for (AudioFormat format : formats) {
            lines.add(Attribute.of("rtpmap", format.payloadType() + " " + format.codec()));
            if (!format.fmtp().isEmpty()) {
                lines.add(Attribute.of("fmtp", format.payloadType() + " " + format.fmtp()));
            }
        }
        return lines;
    }

    /** What we say of a codec by ourselves. */
    static String ourParameters(Codec codec) {
        if (codec.equals(Codec.OPUS)) {
            // In-band FEC is off unless asked for (RFC 7587 §6.1), and bad networks need it.
            return "minptime=10;useinbandfec=1";
        }
        return codec.isTelephoneEvent() ? "0-16" : "";
    }
}
