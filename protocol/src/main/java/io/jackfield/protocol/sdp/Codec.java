package io.jackfield.protocol.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a payload type stands for (RFC 8866 §6.6), whatever number it has on a leg. Two are equal
 * when name (without case), clock rate and channels are.
 *
 * @param name of the encoding; well-known ones in their usual spelling, others in lower case
 * @param clockRate RTP ticks a second, 1 to 384000; 8000 for G.722 by an old mistake (RFC 3551
 *     §4.5.2)
 * @param channels 1 to 8; always 2 for Opus (RFC 7587 §7)
 */
public record Codec(String name, int clockRate, int channels) {
    public static final Codec PCMU = new Codec("PCMU", 8000, 1);
    public static final Codec PCMA = new Codec("PCMA", 8000, 1);
    public static final Codec G722 = new Codec("G722", 8000, 1);
    public static final Codec OPUS = new Codec("opus", 48000, 2);

    /** Comfort noise for the codecs of 8 kHz (RFC 3389). */
    public static final Codec CN = new Codec("CN", 8000, 1);

    /** DTMF (RFC 4733) beside a codec of 8 kHz. */
    public static final Codec TELEPHONE_EVENT = new Codec("telephone-event", 8000, 1);

    private static final int CLOCK_MAX = 384_000;
    private static final int CHANNELS_MAX = 8;

    /** RFC 3551 §6: the numbers that need no {@code a=rtpmap}. */
    private static final Map<Integer, Codec> STATIC =
            Map.of(
                    0,
                    PCMU,
                    3,
                    new Codec("GSM", 8000, 1),
                    4,
                    new Codec("G723", 8000, 1),
                    8,
                    PCMA,
                    9,
                    G722,
                    13,
                    CN,
                    15,
                    new Codec("G728", 8000, 1),
                    18,
                    new Codec("G729", 8000, 1));

    public Codec {
        name = Spelling.of(name);
        channels = name.equals("opus") ? 2 : channels;
        SdpText.check(isValid(name, clockRate, channels), "codec", name);
    }

    /** The codec of a static payload type that telephony still meets. */
    public static Optional<Codec> ofStatic(int payloadType) {
        return Optional.ofNullable(STATIC.get(payloadType));
    }

    /** DTMF with the clock of the codec it goes beside (RFC 4733 §2.1: one clock a stream). */
    public static Codec telephoneEvent(int clockRate) {
        return new Codec("telephone-event", clockRate, 1);
    }

    /** The number this codec has without {@code a=rtpmap}, if any. */
    public OptionalInt staticPayloadType() {
        return STATIC.entrySet().stream()
                .filter(e -> e.getValue().equals(this))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    public boolean isTelephoneEvent() {
        return name.equals("telephone-event");
    }

    public boolean isComfortNoise() {
        return name.equals("CN");
    }

    /** True for what carries speech by itself: neither events, nor noise, nor redundancy. */
    public boolean isSpeech() {
        return !isTelephoneEvent() && !isComfortNoise() && !name.equals("red");
    }

    private static boolean isValid(String name, int clockRate, int channels) {
        return SdpText.isToken(name)
                && clockRate >= 1
                && clockRate <= CLOCK_MAX
                && channels >= 1
                && channels <= CHANNELS_MAX;
    }

    /** Reads {@code opus/48000/2}. */
    static Optional<Codec> parse(String text) {
        String[] f = text.split("/", -1);
        if (f.length < 2 || f.length > 3) {
            return Optional.empty();
        }
        int clock = SdpText.smallNumber(f[1], CLOCK_MAX);
        int channels = f.length == 3 ? SdpText.smallNumber(f[2], CHANNELS_MAX) : 1;
        return isValid(f[0], clock, channels)
                ? Optional.of(new Codec(f[0], clock, channels))
                : Optional.empty();
    }

    /** As in {@code a=rtpmap}: {@code opus/48000/2}, {@code PCMU/8000}. */
    @Override
    public String toString() {
        return name + "/" + clockRate + (channels == 1 ? "" : "/" + channels);
    }

    /** How the well-known names are written. */
    private static final class Spelling {
        private static final Map<String, String> USUAL =
                List.of("PCMU", "PCMA", "G722", "CN", "GSM", "G723", "G728", "G729", "iLBC", "L16")
                        .stream()
                        .collect(Collectors.toMap(Spelling::key, Function.identity()));

        static String of(String name) {
            return USUAL.getOrDefault(key(name), key(name));
        }

        private static String key(String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
