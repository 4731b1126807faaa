package io.jackfield.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the tests of this package speak about. */
final class Descriptions {
    static final IceCredentials OUR_ICE =
            new IceCredentials("ourUfrag", "ourPasswordOf24Characters");
    static final IceCredentials OUR_NEW_ICE =
            new IceCredentials("newUfrag", "newPasswordOf24Characters");
    static final InetAddress ADVERTISED = InetAddress.ofLiteral("203.0.113.5");
    static final InetAddress ADVERTISED_6 = InetAddress.ofLiteral("2001:db8::5");

    private Descriptions() {}

    static LocalMedia.WebRtc webRtc() {
        return webRtc(OUR_ICE, SetupRole.ACTPASS);
    }

    static LocalMedia.WebRtc webRtc(IceCredentials ice, SetupRole setup) {
        byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) 0xab);
        return new LocalMedia.WebRtc(
                ice,
                Fingerprint.of(Fingerprint.Hash.SHA_256, digest),
                setup,
                List.of(
                        new LocalCandidate(ADVERTISED, 10_000),
                        new LocalCandidate(ADVERTISED_6, 10_000)));
    }

    static LocalMedia.Plain plain() {
        return new LocalMedia.Plain(ADVERTISED, 10_002, 10_003);
    }

    /** Lines as one would write them, ended by CRLF. */
    static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** A description whose one media line has these lines. */
    static SessionDescription withMedia(String... media) {
        return parsed(
                lines("v=0", "o=- 1 1 IN IP4 198.51.100.1", "s=-", "c=IN IP4 198.51.100.1", "t=0 0")
                        + lines(media));
    }

    static SessionDescription parsed(String text) {
        SdpParser.Result result = SdpParser.parse(text);
        assertThat(result).isInstanceOf(SdpParser.Parsed.class);
        return ((SdpParser.Parsed) result).description();
    }

    static SdpParser.Rejected rejected(String text) {
        SdpParser.Result result = SdpParser.parse(text);
        assertThat(result).isInstanceOf(SdpParser.Rejected.class);
        return (SdpParser.Rejected) result;
    }

    static MediaOffer offer(SessionDescription description) {
        OfferReading reading = Negotiation.readOffer(description);
        assertThat(reading).isInstanceOf(MediaOffer.class);
        return (MediaOffer) reading;
    }

    static MediaOffer offer(String resource) {
        return offer(parsed(resource(resource)));
    }

    static Refusal refusal(SessionDescription description) {
        OfferReading reading = Negotiation.readOffer(description);
        assertThat(reading).isInstanceOf(Refusal.class);
        return (Refusal) reading;
    }

    static MediaAnswer answer(SessionDescription sent, SessionDescription answer) {
        AnswerReading reading = Negotiation.readAnswer(sent, answer);
        assertThat(reading).isInstanceOf(MediaAnswer.class);
        return (MediaAnswer) reading;
    }

    /** The description with each occurrence of a text in it changed to another. */
    static SessionDescription changed(SessionDescription description, String from, String to) {
        assertThat(description.text()).contains(from);
        return parsed(description.text().replace(from, to));
    }

    static String resource(String name) {
        try (InputStream in = Descriptions.class.getResourceAsStream("/sdp/" + name)) {
            assertThat(in).as("test resource %s", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of shared corpora, where this machine has one beside the checkout. */
    static Optional<Path> shared() {
        String named =
                System.getProperty(
                        "JACKFIELD_SHARED",
                        System.getenv().getOrDefault("JACKFIELD_SHARED", "../../shared"));
        return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
}
