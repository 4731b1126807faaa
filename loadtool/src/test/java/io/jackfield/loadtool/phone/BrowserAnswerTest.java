package io.jackfield.loadtool.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.sdp.IceCredentials;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.MediaAnswer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.Previous;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SdpWriter;
import io.jackfield.protocol.sdp.SessionDescription;
import io.jackfield.protocol.sdp.SetupRole;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The answer of a headless phone")
class BrowserAnswerTest {
    private static LocalMedia.WebRtc at(int port) {
        return new LocalMedia.WebRtc(
                new IceCredentials("abcd", "abcdefghijklmnopqrstuv"),
                Fingerprint.of(Fingerprint.Hash.SHA_256, new byte[32]),
                SetupRole.ACTPASS,
                List.of(new LocalCandidate(InetAddress.ofLiteral("127.0.0.1"), port)));
    }

    private static SessionDescription offer(Codec... codecs) {
        return Negotiation.writeOffer(
                at(4_000), List.of(codecs), Direction.SENDRECV, Previous.none(1));
    }

    private static Optional<BrowserAnswer> answer(SessionDescription offer, PhoneCodecs codecs) {
        return BrowserAnswer.to(SdpWriter.write(offer), at(5_000), codecs.codecs(), 2);
    }

    @Test
    @DisplayName("is read by the server as a full agent's that begins DTLS, with the wished codec")
    void read() {
        SessionDescription offer = offer(Codec.PCMU, Codec.OPUS);
        BrowserAnswer answer =
                answer(offer, PhoneCodecs.preferring(OfferedCodec.OPUS)).orElseThrow();

        SdpParser.Parsed parsed = (SdpParser.Parsed) SdpParser.parse(answer.sdp());
        MediaAnswer read = (MediaAnswer) Negotiation.readAnswer(offer, parsed.description());
        assertThat(read.codecs().chosen().codec()).isEqualTo(Codec.OPUS);
        assertThat(read.localSetup()).contains(SetupRole.PASSIVE);
        RemoteMedia.WebRtc transport = (RemoteMedia.WebRtc) read.transport();
        assertThat(transport.iceLite()).isFalse();
        assertThat(transport.candidates()).hasSize(1);
        assertThat(answer.agreed().localSetup()).contains(SetupRole.ACTIVE);
        assertThat(answer.agreed().codecs().chosen().codec()).isEqualTo(Codec.OPUS);
    }

    @Test
    @DisplayName("is none where the phone takes one codec only, and that is not offered")
    void nothingCommon() {
        PhoneCodecs only = new PhoneCodecs(OfferedCodec.PCMA, OfferedCodec.Breadth.ONLY);

        assertThat(answer(offer(Codec.PCMU, Codec.OPUS), only)).isEmpty();
    }

    @Test
    @DisplayName("is none to what cannot be read, or is plain RTP")
    void notWebRtc() {
        List<Codec> all = PhoneCodecs.preferring(OfferedCodec.PCMU).codecs();
        SessionDescription plain =
                Negotiation.writeOffer(
                        new LocalMedia.Plain(InetAddress.getLoopbackAddress(), 4_000, 4_001),
                        List.of(Codec.PCMU),
                        Direction.SENDRECV,
                        Previous.none(1));

        assertThat(BrowserAnswer.to("nonsense", at(5_000), all, 2)).isEmpty();
        assertThat(BrowserAnswer.to(SdpWriter.write(plain), at(5_000), all, 2)).isEmpty();
    }
}
