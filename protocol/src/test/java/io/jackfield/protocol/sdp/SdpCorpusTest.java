package io.jackfield.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Descriptions collected from other projects")
class SdpCorpusTest {
    private static Path folder(String name) {
        Path folder = Descriptions.shared().map(s -> s.resolve(name)).orElse(Path.of(name));
        assumeTrue(Files.isDirectory(folder), "no shared corpora beside this checkout: " + name);
        return folder;
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(f -> f.toString().endsWith(".sdp")).sorted().toList();
        }
    }

    private static SdpParser.Result parse(Path file) throws IOException {
        return SdpParser.parse(Files.readAllBytes(file));
    }

    /** Whatever it is: valid, written and read equal; or refused with a reason. */
    private static boolean holds(Path file) throws IOException {
        switch (parse(file)) {
            case SdpParser.Parsed(SessionDescription sdp) -> {
                assertThat(SdpParser.parse(sdp.text()))
                        .as("%s", file.getFileName())
                        .isEqualTo(new SdpParser.Parsed(sdp));
                OfferReading reading = Negotiation.readOffer(sdp);
                if (reading instanceof MediaOffer offer) {
                    answer(offer);
                }
                return true;
            }
            case SdpParser.Rejected(_, String reason) -> {
                assertThat(reason).as("%s", file.getFileName()).isNotBlank();
                return false;
            }
        }
    }

    private static void answer(MediaOffer offer) {
        LocalMedia local = offer.isWebRtc() ? Descriptions.webRtc() : Descriptions.plain();
        LocalAnswer answer =
                Negotiation.writeAnswer(
                        offer,
                        local,
                        List.of(offer.codecs().getFirst().codec()),
                        Direction.SENDRECV,
                        Previous.none(1));
        assertThat(SdpParser.parse(answer.description().text()))
                .isEqualTo(new SdpParser.Parsed(answer.description()));
    }

    @ParameterizedTest
    @CsvSource({"corpora/sdp/samples, 56", "corpora/fuzz-seeds/sdp, 40", "corpora/sdp/browser, 3"})
    @DisplayName("are accepted or refused with a reason, and what is accepted comes back equal")
    void samples(String folder, int filesMin) throws IOException {
        List<Path> files = files(folder);
        int accepted = 0;
        for (Path file : files) {
            accepted += holds(file) ? 1 : 0;
        }

        System.out.printf("%s: %d files, %d accepted%n", folder, files.size(), accepted);
        assertThat(files).hasSizeGreaterThanOrEqualTo(filesMin);
        assertThat(accepted).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "firefox-unittest-08.sdp, 1", // comments before v=
        "sofia-message-1.sdp, 1", // v=1
        "sofia-message-4.sdp, 3", // no s=
        "sdp-transform-invalid.sdp, 10" // a type letter that there is not
    })
    @DisplayName("that are broken are refused at the line that is broken")
    void broken(String file, int line) throws IOException {
        SdpParser.Result result = parse(folder("corpora/sdp/samples").resolve(file));

        assertThat(result).isInstanceOf(SdpParser.Rejected.class);
        assertThat(((SdpParser.Rejected) result).line()).isEqualTo(line);
    }

    @Test
    @DisplayName("by browsers can be offered to us")
    void browsers() throws IOException {
        for (Path file : files("corpora/sdp/browser")) {
            MediaOffer offer = Descriptions.offer(((SdpParser.Parsed) parse(file)).description());

            assertThat(offer.remoteDirection()).isEqualTo(Direction.SENDONLY);
            assertThat(offer.codecs().getFirst().codec()).isEqualTo(Codec.OPUS);
        }
    }

    @Test
    @DisplayName("between a browser and Asterisk are an offer and its answer to us as well")
    void offerAndAnswer() throws IOException {
        Path folder = folder("fixtures/browser-jssip-asterisk");
        SessionDescription sent =
                ((SdpParser.Parsed) parse(folder.resolve("offer.sdp"))).description();
        SessionDescription answered =
                ((SdpParser.Parsed) parse(folder.resolve("answer.sdp"))).description();

        MediaAnswer answer = Descriptions.answer(sent, answered);

        assertThat(Descriptions.offer(sent).isWebRtc()).isTrue();
        assertThat(answer.codecs().chosen()).isEqualTo(new CodecMap.Entry(Codec.OPUS, 111, 111));
        assertThat(answer.localSetup()).contains(SetupRole.PASSIVE);
    }
}
