package io.jackfield.loadtool.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.sdp.IceCredentials;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.MediaOffer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SetupRole;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The offer of a headless phone")
class BrowserOfferTest {
    private static LocalMedia.WebRtc at(String address) {
        return new LocalMedia.WebRtc(
                new IceCredentials("abcd", "abcdefghijklmnopqrstuv"),
                Fingerprint.of(Fingerprint.Hash.SHA_256, new byte[32]),
                SetupRole.ACTPASS,
                List.of(new LocalCandidate(InetAddress.ofLiteral(address), 4000)));
    }

    private static MediaOffer read(LocalMedia.WebRtc local, OfferedCodec codec) {
        String text =
                BrowserOffer.write(
                        local, PhoneCodecs.preferring(codec), Long.MAX_VALUE / 2, 0xFFFF_FFFFL);
        assertThat(SdpParser.parse(text)).isInstanceOf(SdpParser.Parsed.class);
        SdpParser.Parsed parsed = (SdpParser.Parsed) SdpParser.parse(text);
        return (MediaOffer) Negotiation.readOffer(parsed.description());
    }

    @ParameterizedTest
    @EnumSource(OfferedCodec.class)
    @DisplayName("is read as WebRTC with full ICE, the wished codec first, and DTMF")
    void codecs(OfferedCodec codec) {
        MediaOffer offer = read(at("127.0.0.1"), codec);

        assertThat(offer.codecs().getFirst().codec().name()).isEqualTo(codec.toString());
        assertThat(offer.codecs()).hasSize(3);
        assertThat(offer.events())
                .extracting(e -> e.codec())
                .containsExactlyInAnyOrder(Codec.TELEPHONE_EVENT, Codec.telephoneEvent(48_000));
        assertThat(offer.transport())
                .isInstanceOfSatisfying(
                        RemoteMedia.WebRtc.class,
                        remote -> {
                            assertThat(remote.iceLite()).isFalse();
                            assertThat(remote.setup()).isEqualTo(SetupRole.ACTPASS);
                        });
    }

    @Test
    @DisplayName("shows the phone's one address, of either family (RFC 8839 §5.1)")
    void candidate() {
        assertThat(read(at("::1"), OfferedCodec.OPUS).transport())
                .isInstanceOfSatisfying(
                        RemoteMedia.WebRtc.class,
                        remote ->
                                assertThat(remote.candidates())
                                        .singleElement()
                                        .satisfies(c -> {
                                            assertThat(c.literal())
                                                    .contains(InetAddress.ofLiteral("::1"));
                                            assertThat(c.port()).isEqualTo(4000);
                                        }));
    }
}
