package io.jackfield.protocol.sdp;

import static io.jackfield.protocol.sdp.Descriptions.changed;
import static io.jackfield.protocol.sdp.Descriptions.offer;
import static io.jackfield.protocol.sdp.Descriptions.parsed;
import static io.jackfield.protocol.sdp.Descriptions.refusal;
import static io.jackfield.protocol.sdp.Descriptions.resource;
import static io.jackfield.protocol.sdp.Descriptions.withMedia;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Reading an offer (RFC 3264 §6)")
class OfferReadingTest {
    @Nested
    @DisplayName("of a browser")
    class OfBrowser {
        private final SessionDescription chromium =
                parsed(resource("browser/chromium-156-audio-offer.sdp"));

        private RemoteMedia.WebRtc transport(SessionDescription sdp) {
            return (RemoteMedia.WebRtc) offer(sdp).transport();
        }

        @Test
        @DisplayName("finds codecs, events and noise in the browser's order")
        void codecs() {
            MediaOffer offer = offer(chromium);

            assertThat(offer.isWebRtc()).isTrue();
            assertThat(offer.codecs())
                    .extracting(AudioFormat::payloadType)
                    .containsExactly(111, 9, 0, 8);
            assertThat(offer.events())
                    .extracting(AudioFormat::payloadType)
                    .containsExactly(110, 126);
            assertThat(offer.comfortNoise())
                    .extracting(AudioFormat::payloadType)
                    .containsExactly(13);
            assertThat(offer.remoteDirection()).isEqualTo(Direction.SENDRECV);
        }

        @Test
        @DisplayName("finds credentials, certificate, role and candidates")
        void transport() {
            RemoteMedia.WebRtc transport = transport(chromium);

            assertThat(transport.ice())
                    .isEqualTo(new IceCredentials("vpq2", "oKpKnu3iluzb46QQU3qEYxO1"));
            assertThat(transport.iceLite()).isFalse();
            assertThat(transport.setup()).isEqualTo(SetupRole.ACTPASS);
            assertThat(transport.fingerprints()).hasSize(1);
            assertThat(transport.candidates()).hasSize(4);
            assertThat(transport.reducedSizeRtcp()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "chromium-156-audio-video-data-offer.sdp, 0, 111, SENDRECV",
            "chromium-156-hold-offer.sdp, 0, 111, SENDONLY",
            "firefox-153-audio-video-data-offer.sdp, 0, 109, SENDRECV",
            "safari-like-audio-offer.sdp, 0, 111, SENDRECV"
        })
        @DisplayName("finds the audio among other lines")
        void findsAudio(String resource, int index, int opus, Direction direction) {
            MediaOffer offer = offer("browser/" + resource);

            assertThat(offer.mediaIndex()).isEqualTo(index);
            assertThat(offer.codecs().getFirst().payloadType()).isEqualTo(opus);
            assertThat(offer.codecs().getFirst().codec()).isEqualTo(Codec.OPUS);
            assertThat(offer.remoteDirection()).isEqualTo(direction);
        }

        @Test
        @DisplayName("takes fingerprint and credentials from the session where the line has none")
        void sessionLevel() {
            // Firefox writes the fingerprint there.
            MediaOffer offer = offer("browser/firefox-153-audio-video-data-offer.sdp");

            assertThat(((RemoteMedia.WebRtc) offer.transport()).fingerprints()).hasSize(1);
        }

        @Test
        @DisplayName("takes them from the tagged line of its BUNDLE group (RFC 9143 §7.1.3)")
        void taggedLine() {
            SessionDescription sdp =
                    parsed(
                            Descriptions.lines(
                                    "v=0",
                                    "o=- 1 1 IN IP4 127.0.0.1",
                                    "s=-",
                                    "c=IN IP4 0.0.0.0",
                                    "t=0 0",
                                    "a=group:BUNDLE v a",
                                    "m=video 9 UDP/TLS/RTP/SAVPF 96",
                                    "a=mid:v",
                                    "a=ice-ufrag:abcd",
                                    "a=ice-pwd:0123456789abcdefghijkl",
                                    "a=fingerprint:" + Descriptions.webRtc().fingerprint(),
                                    "a=setup:actpass",
                                    "a=rtcp-mux",
                                    "m=audio 0 UDP/TLS/RTP/SAVPF 0",
                                    "a=mid:a",
                                    "a=bundle-only"));

            MediaOffer offer = offer(sdp);

            assertThat(offer.mediaIndex()).isEqualTo(1);
            assertThat(((RemoteMedia.WebRtc) offer.transport()).ice().ufrag()).isEqualTo("abcd");
        }

        @Test
        @DisplayName("takes the names that old browsers gave the same protocol (RFC 8829 §5.1.2)")
        void oldProtocolName() {
            assertThat(offer(changed(chromium, "UDP/TLS/RTP/SAVPF", "RTP/SAVPF")).isWebRtc())
                    .isTrue();
        }

        @Test
        @DisplayName("an unspecified address is no hold: candidates come later")
        void notHeld() {
            assertThat(offer("browser/chromium-156-audio-video-data-offer.sdp").remoteDirection())
                    .isEqualTo(Direction.SENDRECV);
        }

        @Test
        @DisplayName("without setup means active (RFC 4145 §4.1)")
        void defaultSetup() {
            assertThat(transport(changed(chromium, "a=setup:actpass\r\n", "")).setup())
                    .isEqualTo(SetupRole.ACTIVE);
        }

        @ParameterizedTest
        @CsvSource({
            "'a=rtcp-mux\r\n', '', rtcp-mux",
            "'a=ice-ufrag:', 'a=x:', ice-ufrag",
            "'a=ice-pwd:', 'a=x:', ice-pwd",
            "'a=fingerprint:sha-256', 'a=fingerprint:sha-384', fingerprint",
            "setup:actpass, setup:holdconn, holdconn",
            "UDP/TLS/RTP/SAVPF, UDP/TLS/UDPTL, transport protocol",
            "m=audio 37679, m=audio 0, no audio",
            "m=audio, m=video, no audio"
        })
        @DisplayName("is refused with 488 and the thing that is missing")
        void refused(String from, String to, String reason) {
            Refusal refusal = refusal(changed(chromium, from, to));

            assertThat(refusal.sipStatus()).isEqualTo(488);
            assertThat(refusal.reason()).contains(reason);
        }

        @Test
        @DisplayName("is refused with nothing but a SHA-1 fingerprint")
        void weakFingerprint() {
            SessionDescription weak =
                    parsed(
                            chromium.text()
                                    .replaceFirst(
                                            "a=fingerprint:.*",
                                            "a=fingerprint:sha-1"
                                                    + " 00:"
                                                            .repeat(19)
                                                            .replace(" 00:", ":00")
                                                            .replaceFirst(":", " ")
                                                    + ":00"));

            assertThat(weak.media().getFirst().attributes().fingerprints()).hasSize(1);
            assertThat(refusal(weak).reason()).contains("sha-256");
        }

        @Test
        @DisplayName("is refused without a codec that carries speech")
        void noSpeech() {
            assertThat(
                            refusal(
                                            changed(
                                                    chromium,
                                                    "SAVPF 111 63 9 0 8 13 110 126",
                                                    "SAVPF 63 13 110 126"))
                                    .reason())
                    .contains("codec");
        }
    }

    @Nested
    @DisplayName("of a trunk")
    class OfTrunk {
        private RemoteMedia.Plain transport(SessionDescription sdp) {
            return (RemoteMedia.Plain) offer(sdp).transport();
        }

        @Test
        @DisplayName("finds the address, and RTCP on the next port (RFC 3550 §11)")
        void address() {
            RemoteMedia.Plain transport = transport(withMedia("m=audio 30000 RTP/AVP 8 0"));

            assertThat(transport.rtp()).isEqualTo(new InetSocketAddress("198.51.100.1", 30000));
            assertThat(transport.rtcp()).isEqualTo(new InetSocketAddress("198.51.100.1", 30001));
        }

        @Test
        @DisplayName("finds RTCP where a=rtcp says (RFC 3605)")
        void rtcp() {
            assertThat(transport(withMedia("m=audio 30000 RTP/AVP 0", "a=rtcp:4000")).rtcp())
                    .isEqualTo(new InetSocketAddress("198.51.100.1", 4000));
            assertThat(
                            transport(
                                            withMedia(
                                                    "m=audio 30000 RTP/AVP 0",
                                                    "a=rtcp:4000 IN IP6 2001:db8::9"))
                                    .rtcp())
                    .isEqualTo(new InetSocketAddress("2001:db8::9", 4000));
        }

        @Test
        @DisplayName("passes by a line with SDES keys for a plain one after it")
        void secondLine() {
            MediaOffer offer = offer("trunk/srtp-or-plain-offer.sdp");

            assertThat(offer.mediaIndex()).isEqualTo(1);
            assertThat(offer.isWebRtc()).isFalse();
            assertThat(offer.ptimeMillis()).hasValue(30);
            assertThat(offer.codecs())
                    .extracting(f -> f.codec().name())
                    .containsExactly("PCMA", "PCMU", "G729");
        }

        @ParameterizedTest
        @CsvSource({
            "'', SENDONLY",
            "a=sendrecv, SENDONLY",
            "a=recvonly, INACTIVE",
            "a=sendonly, SENDONLY"
        })
        @DisplayName("with the unspecified address is held the old way (RFC 3264 §8.4)")
        void heldTheOldWay(String attribute, Direction direction) {
            SessionDescription sdp =
                    attribute.isEmpty()
                            ? withMedia("m=audio 30000 RTP/AVP 0", "c=IN IP4 0.0.0.0")
                            : withMedia("m=audio 30000 RTP/AVP 0", "c=IN IP4 0.0.0.0", attribute);

            assertThat(offer(sdp).remoteDirection()).isEqualTo(direction);
            assertThat(transport(sdp).rtpTarget()).isEmpty();
            assertThat(transport(sdp).rtcpTarget()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "IN IP4 host.example.com",
                    "IN IP4 224.2.1.1/127",
                    "IN IP4 239.1.1.1",
                    "IN IP6 ff02::1",
                    "IN IP4 255.255.255.255",
                    "IN IP4 0x7f.0.0.1",
                    "IN IP6 ::ffff:127.0.0.1"
                })
        @DisplayName("is refused where its address is a name, multicast or oddly spelt")
        void refusedAddress(String address) {
            assertThat(refusal(withMedia("m=audio 30000 RTP/AVP 0", "c=" + address)).reason())
                    .contains("literal unicast");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "m=audio 30000 RTP/SAVP 0",
                    "m=audio 30000 udp 0",
                    "m=audio 0 RTP/AVP 0",
                    "m=audio 65535 RTP/AVP 0",
                    "m=audio 30000 RTP/AVP 101",
                    "m=image 30000 udptl t38"
                })
        @DisplayName("is refused without audio that we can carry")
        void refused(String line) {
            assertThat(refusal(withMedia(line)).sipStatus()).isEqualTo(488);
        }
    }

    @Nested
    @DisplayName("and choosing among its codecs")
    class Choosing {
        private final MediaOffer offer = offer("browser/chromium-156-audio-offer.sdp");

        @Test
        @DisplayName("keeps the offerer's order, as RFC 3264 §6.1 recommends")
        void offerersOrder() {
            assertThat(
                            Negotiation.common(
                                    offer,
                                    List.of(Codec.PCMA, Codec.PCMU, Codec.OPUS),
                                    CodecOrder.OFFERER))
                    .containsExactly(Codec.OPUS, Codec.PCMU, Codec.PCMA);
        }

        @Test
        @DisplayName("or ours, where configured")
        void ourOrder() {
            assertThat(Negotiation.common(offer, List.of(Codec.PCMA, Codec.OPUS), CodecOrder.OURS))
                    .containsExactly(Codec.PCMA, Codec.OPUS);
        }

        @Test
        @DisplayName("takes comfort noise only where it is allowed, and never counts events")
        void noise() {
            assertThat(
                            Negotiation.common(
                                    offer,
                                    List.of(Codec.PCMA, Codec.CN, Codec.TELEPHONE_EVENT),
                                    CodecOrder.OFFERER))
                    .containsExactly(Codec.PCMA, Codec.CN);
        }

        @Test
        @DisplayName("may find nothing in common")
        void nothing() {
            assertThat(
                            Negotiation.common(
                                    offer, List.of(new Codec("G729", 8000, 1)), CodecOrder.OFFERER))
                    .isEmpty();
        }
    }
}
