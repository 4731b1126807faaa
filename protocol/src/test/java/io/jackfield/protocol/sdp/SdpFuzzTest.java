package io.jackfield.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random input. The seed is printed and can be given back: {@code -Dsdp.fuzz.seed=…}; so can the
 * number of inputs: {@code -Dsdp.fuzz.count=1000000}.
 */
@DisplayName("Whatever a stranger sends as a description")
class SdpFuzzTest {
    private static final int COUNT = Integer.getInteger("sdp.fuzz.count", 100_000);
    private static final long SEED = Long.getLong("sdp.fuzz.seed", System.nanoTime());

    /**
     * An input with all that follows from it: a hundred times what the slowest honest one takes.
     */
    private static final long NANOS_MAX = 50_000_000;

    /** A pause of the machine is not the input's fault: only what is slow each time counts. */
    private static final int TRIES = 5;

    private static final List<String> SEEDS =
            List.of(
                    "rfc8866/section-5.sdp",
                    "browser/chromium-156-audio-offer.sdp",
                    "browser/chromium-156-hold-offer.sdp",
                    "browser/firefox-153-audio-video-data-offer.sdp",
                    "browser/safari-like-audio-offer.sdp",
                    "browser/chromium-156-answer.sdp",
                    "asterisk/22-webrtc-offer.sdp",
                    "trunk/srtp-or-plain-offer.sdp");

    private static final List<String> PIECES =
            List.of(
                    "\r\n",
                    "\n",
                    "\r",
                    "\0",
                    " ",
                    ":",
                    "/",
                    "=",
                    "-1",
                    "0",
                    "65536",
                    "4294967296",
                    "99999999999999999999",
                    "a=",
                    "m=audio 0 RTP/AVP 0\r\n",
                    "a=sendonly\r\n",
                    "c=IN IP4 0.0.0.0\r\n",
                    "c=IN IP6 ::\r\n",
                    "a=setup:passive\r\n",
                    "a=rtpmap:999 x/1\r\n",
                    "a=mid:0\r\n",
                    "a=bundle-only\r\n",
                    "\u2028",
                    "é",
                    "٣",
                    "RTP/AVP",
                    "a=group:BUNDLE\r\n",
                    "a=rtcp:65535\r\n",
                    "a=ice-lite\r\n");

    @Test
    @DisplayName("never throws, and never takes long")
    void neverThrows() {
        SplittableRandom random = seeded("mutations");
        List<byte[]> seeds =
                SEEDS.stream()
                        .map(s -> Descriptions.resource(s).getBytes(StandardCharsets.UTF_8))
                        .toList();
        SessionDescription sent =
                Negotiation.writeOffer(
                        Descriptions.webRtc(),
                        List.of(Codec.OPUS, Codec.PCMU),
                        Direction.SENDRECV,
                        Previous.none(1));
        int parsed = 0;
        int answered = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] input = mutated(seeds.get(random.nextInt(seeds.size())), random);
            long start = System.nanoTime();
            try {
                if (SdpParser.parse(input) instanceof SdpParser.Parsed(var description)) {
                    parsed++;
                    answered += useAll(description, sent) ? 1 : 0;
                }
            } catch (RuntimeException | Error e) {
                fail("input %d of seed %d: %s".formatted(i, SEED, text(input)), e);
            }
            if (System.nanoTime() - start > NANOS_MAX) {
                assertThat(fastest(input, sent))
                        .as("input %d: %s", i, text(input))
                        .isLessThan(NANOS_MAX);
            }
        }
        System.out.printf("%d inputs, %d valid, %d answered%n", COUNT, parsed, answered);
        assertThat(answered).as("inputs that reach the deepest code").isGreaterThan(COUNT / 50);
        assertThat(parsed).as("inputs that are refused as well").isLessThan(COUNT);
    }

    private static long fastest(byte[] input, SessionDescription sent) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long start = System.nanoTime();
            if (SdpParser.parse(input) instanceof SdpParser.Parsed(var description)) {
                useAll(description, sent);
            }
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=audio 9 RTP/AVP%s\r\n| 0",
                "a=group:BUNDLE%s m\r\nm=audio 9 RTP/AVP 0\r\na=mid:m\r\n| x",
                "m=audio 9 RTP/AVP 0\r\n%s|a=fmtp:0 x\r\n",
                "m=audio 9 RTP/AVP 0\r\na=candidate:1 1 udp 1 192.0.2.1 1 typ host%s\r\n| x y",
                "m=audio 9 %sR 0\r\n|R/",
                "%s|a=\r",
                "%s|\r\n"
            })
    @DisplayName("takes no long time even when all 32 KiB are of the worst kind")
    void worstInputs(String template) {
        int bar = template.indexOf('|');
        String pattern = template.substring(0, bar);
        String unit = template.substring(bar + 1);
        String head =
                Descriptions.lines(
                        "v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0");
        int room = SdpParser.BYTES_MAX - head.length() - pattern.length();
        String input = head + pattern.formatted(unit.repeat(room / unit.length()));

        assertThat(
                        fastest(
                                input.getBytes(StandardCharsets.UTF_8),
                                Negotiation.writeOffer(
                                        Descriptions.plain(),
                                        List.of(Codec.PCMU),
                                        Direction.SENDRECV,
                                        Previous.none(1))))
                .isLessThan(NANOS_MAX);
    }

    /** All that a server does with a description; true when it could be answered. */
    private static boolean useAll(SessionDescription sdp, SessionDescription sent) {
        assertThat(SdpParser.parse(sdp.text())).isEqualTo(new SdpParser.Parsed(sdp));
        sdp.media().forEach(m -> List.of(m.candidates(), m.msids(), m.ssrcs(), m.audioFormats()));
        sdp.attributes().extMaps();
        Negotiation.readAnswer(sent, sdp);
        if (!(Negotiation.readOffer(sdp) instanceof MediaOffer offer)) {
            return false;
        }
        LocalMedia local = offer.isWebRtc() ? Descriptions.webRtc() : Descriptions.plain();
        LocalAnswer answer =
                Negotiation.writeAnswer(
                        offer,
                        local,
                        offer.codecs().stream().map(AudioFormat::codec).toList(),
                        Direction.SENDRECV,
                        Previous.none(1));
        assertThat(answer.description().media()).hasSameSizeAs(sdp.media());
        Negotiation.writeOffer(
                local,
                List.of(Codec.OPUS),
                Direction.SENDRECV,
                Previous.sent(answer.description()));
        return true;
    }

    private static byte[] mutated(byte[] seed, SplittableRandom random) {
        StringBuilder text = new StringBuilder(new String(seed, StandardCharsets.UTF_8));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            mutateOnce(text, random);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void mutateOnce(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(40));
        switch (random.nextInt(6)) {
            case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> text.delete(at, end);
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> swapLines(text, random);
            case 4 -> text.replace(at, Math.min(end, at + 1), "" + (char) random.nextInt(0x180));
            default ->
                    text.insert(atLineStart(text, at), PIECES.get(random.nextInt(PIECES.size())));
        }
    }

    private static int atLineStart(StringBuilder text, int at) {
        int feed = text.lastIndexOf("\n", at);
        return Math.min(text.length(), feed + 1);
    }

    private static void swapLines(StringBuilder text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.toString().lines().toList());
        if (lines.size() > 1) {
            int one = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            lines.set(one, lines.set(other, lines.get(one)));
            text.setLength(0);
            text.append(String.join("\r\n", lines)).append("\r\n");
        }
    }

    @Test
    @DisplayName("and whatever we can describe is read back equal")
    void roundTrip() {
        SplittableRandom random = seeded("descriptions");
        for (int i = 0; i < COUNT / 10; i++) {
            SessionDescription sdp = randomDescription(random);

            assertThat(SdpParser.parse(sdp.text()))
                    .as("description %d of seed %d", i, SEED)
                    .isEqualTo(new SdpParser.Parsed(sdp));
        }
    }

    private static SessionDescription randomDescription(SplittableRandom random) {
        return new SessionDescription(
                new Origin(
                        field(random),
                        Long.toString(random.nextLong(Long.MAX_VALUE)),
                        Long.toString(random.nextLong(Long.MAX_VALUE)),
                        connection(random)),
                bytes(random),
                Optional.of(connection(random)),
                list(random, 2, () -> new Bandwidth("AS", random.nextLong(1L << 40))),
                List.of(new Timing(random.nextLong(1L << 40), random.nextLong(1L << 40))),
                attributes(random),
                list(random, SdpParser.MEDIA_MAX, () -> media(random)));
    }

    private static MediaDescription media(SplittableRandom random) {
        List<String> formats = new ArrayList<>(list(random, 5, () -> field(random)));
        formats.add(field(random));
        return new MediaDescription(
                random.nextBoolean() ? "audio" : "x-" + random.nextInt(9),
                random.nextInt(65536),
                1 + random.nextInt(3),
                random.nextBoolean() ? "RTP/AVP" : "UDP/TLS/RTP/SAVPF",
                formats,
                list(random, 2, () -> connection(random)),
                list(random, 2, () -> new Bandwidth("TIAS", random.nextLong(1L << 40))),
                attributes(random));
    }

    private static Attributes attributes(SplittableRandom random) {
        return new Attributes(
                list(
                        random,
                        10,
                        () ->
                                random.nextBoolean()
                                        ? Attribute.flag("flag-" + random.nextInt(9))
                                        : Attribute.of("name", bytes(random))));
    }

    private static Connection connection(SplittableRandom random) {
        return new Connection(
                random.nextBoolean() ? Connection.Family.IP4 : Connection.Family.IP6,
                field(random));
    }

    private static String bytes(SplittableRandom random) {
        return characters(random, random.nextInt(20)).replaceAll("[\\r\\n\\x00]", " ");
    }

    private static String field(SplittableRandom random) {
        String text = characters(random, 1 + random.nextInt(12));
        return SdpText.isField(text) ? text : "f" + random.nextInt(100);
    }

    private static String characters(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(
                    (char)
                            (random.nextInt(10) == 0
                                    ? random.nextInt(0x3100)
                                    : 32 + random.nextInt(96)));
        }
        return text.toString();
    }

    private static <T> List<T> list(
            SplittableRandom random, int sizeMax, java.util.function.Supplier<T> element) {
        return IntStream.range(0, random.nextInt(sizeMax + 1))
                .mapToObj(_ -> element.get())
                .toList();
    }

    private static SplittableRandom seeded(String what) {
        System.out.printf("SDP %s: -Dsdp.fuzz.seed=%d%n", what, SEED);
        return new SplittableRandom(SEED);
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
