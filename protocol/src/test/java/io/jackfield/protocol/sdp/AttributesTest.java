package io.jackfield.protocol.sdp;

import static io.jackfield.protocol.sdp.Descriptions.withMedia;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The attributes of a description")
class AttributesTest {
    private static MediaDescription media(String... attributes) {
        String[] lines = new String[attributes.length + 1];
        lines[0] = "m=audio 9 UDP/TLS/RTP/SAVPF 0";
        for (int i = 0; i < attributes.length; i++) {
            lines[i + 1] = "a=" + attributes[i];
        }
        return withMedia(lines).media().getFirst();
    }

    @Test
    @DisplayName("are kept in order, known or not (RFC 8866 §5.13)")
    void keepsUnknown() {
        assertThat(media("x-odd:1 2", "flag", "x-odd:").attributes().list())
                .containsExactly(
                        Attribute.of("x-odd", "1 2"),
                        Attribute.flag("flag"),
                        Attribute.of("x-odd", ""));
    }

    @Test
    @DisplayName("never put a password or a key into a log line")
    void hidesSecrets() {
        String text =
                media("ice-ufrag:abcd", "ice-pwd:thePasswordIsSecret123", "crypto:1 X inline:key")
                        .toString();

        assertThat(text).contains("abcd").doesNotContain("thePassword").doesNotContain("inline");
        assertThat(new IceCredentials("abcd", "thePasswordIsSecret123")).hasToString("ufrag abcd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nm=audio 0 RTP/AVP 0", "a\nb", "a\0b"})
    @DisplayName("cannot smuggle a line into what we write")
    void cannotHoldLineEnds(String value) {
        assertThatThrownBy(() -> Attribute.of("x", value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("say the direction; a media line's own is stronger (RFC 8866 §6.7)")
    void readsDirection() {
        SessionDescription sdp =
                Descriptions.parsed(
                        Descriptions.lines(
                                "v=0",
                                "o=- 1 1 IN IP4 198.51.100.1",
                                "s=-",
                                "c=IN IP4 198.51.100.1",
                                "t=0 0",
                                "a=recvonly",
                                "m=audio 2 RTP/AVP 0",
                                "m=audio 4 RTP/AVP 0",
                                "a=sendonly "));

        assertThat(sdp.media().stream().map(sdp::directionOf))
                .containsExactly(Direction.RECVONLY, Direction.SENDONLY);
    }

    @Test
    @DisplayName("say mid, rtcp-mux, rtcp-rsize, rtcp and ptime")
    void readsSmallOnes() {
        MediaDescription line =
                media(
                        "mid:audio-0",
                        "rtcp-mux",
                        "rtcp-rsize",
                        "rtcp:53020 IN IP4 126.16.64.4",
                        "ptime:20",
                        "maxptime:0.125");

        assertThat(line.mid()).contains("audio-0");
        assertThat(line.rtcpMux()).isTrue();
        assertThat(line.rtcpReducedSize()).isTrue();
        assertThat(line.rtcp().orElseThrow()).hasToString("53020 IN IP4 126.16.64.4");
        assertThat(line.ptimeMillis()).hasValue(20);
        assertThat(line.maxPtimeMillis()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtcp:", "rtcp:0", "rtcp:65536", "rtcp:x", "rtcp:1 IN IP7 X"})
    @DisplayName("whose grammar is broken are as if they were not there")
    void ignoresBroken(String attribute) {
        assertThat(media(attribute).rtcp()).isEmpty();
    }

    @Test
    @DisplayName("say the BUNDLE group of a line (RFC 9143)")
    void readsGroups() {
        SessionDescription sdp =
                Descriptions.parsed(
                        Descriptions.resource("browser/chromium-156-audio-video-data-offer.sdp"));

        assertThat(sdp.bundleOf(sdp.media().get(2)))
                .contains(new Group("BUNDLE", List.of("0", "1", "2")));
        assertThat(sdp.bundleOf(media("mid:7"))).isEmpty();
    }

    @Test
    @DisplayName("say header extensions, streams, tracks and sources")
    void readsRtpOnes() {
        MediaDescription line =
                media(
                        "extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level",
                        "extmap:x urn:a",
                        "extmap:0 urn:a",
                        "msid:- track",
                        "msid:stream",
                        "ssrc:4294967295 cname:abc",
                        "ssrc:4294967296 cname:abc",
                        "tls-id:abc3de65cddef001be82",
                        "ice-options:trickle ice2");

        assertThat(line.attributes().extMaps())
                .containsExactly(
                        new ExtMap(
                                2,
                                Optional.of(Direction.RECVONLY),
                                "urn:ietf:params:rtp-hdrext:csrc-audio-level"));
        assertThat(line.msids())
                .containsExactly(
                        new Msid("-", Optional.of("track")), new Msid("stream", Optional.empty()));
        assertThat(line.ssrcs()).containsExactly(new SsrcAttribute(4294967295L, "cname:abc"));
        assertThat(line.attributes().tlsId()).contains("abc3de65cddef001be82");
        assertThat(line.attributes().iceOptions()).containsExactly("trickle", "ice2");
    }

    @Nested
    @DisplayName("say how to reach a peer by ICE (RFC 8839)")
    class Ice {
        @ParameterizedTest
        @CsvSource({
            "abc, 0123456789abcdefghijkl", // ufrag of three
            "abcd, 0123456789abcdefghijk", // password of 21
            "ab-d, 0123456789abcdefghijkl",
            "abcd, 0123456789abcdefghij l"
        })
        @DisplayName("not with credentials that are too short or of other characters (§5.4)")
        void refusesCredentials(String ufrag, String pwd) {
            assertThat(media("ice-ufrag:" + ufrag, "ice-pwd:" + pwd).attributes().iceCredentials())
                    .isEmpty();
        }

        @Test
        @DisplayName("with candidates of every kind, names of mDNS kept as text")
        void readsCandidates() {
            List<Candidate> candidates =
                    media(
                                    "candidate:1 1 udp 2113937151 a-b.local 58617 typ host",
                                    "candidate:2 1 UDP 1 2001:db8::1 1 typ srflx raddr :: rport 0",
                                    "candidate:3 1 tcp 1518280447 192.0.2.1 9 typ host tcptype"
                                            + " active generation 0",
                                    "end-of-candidates")
                            .candidates();

            assertThat(candidates).hasSize(3);
            assertThat(candidates.get(0).address()).isEqualTo("a-b.local");
            assertThat(candidates.get(0).literal()).isEmpty();
            assertThat(candidates.get(1).isUdp()).isTrue();
            assertThat(candidates.get(1).related()).contains(new Candidate.Related("::", 0));
            assertThat(candidates.get(2).tcpType()).contains(Candidate.TcpType.ACTIVE);
            assertThat(candidates.get(2).extension("generation")).contains("0");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "1 1 udp 1 192.0.2.1 1",
                    "1 0 udp 1 192.0.2.1 1 typ host",
                    "1 257 udp 1 192.0.2.1 1 typ host",
                    "1 1 udp 4294967296 192.0.2.1 1 typ host",
                    "1 1 udp 1 192.0.2.1 65536 typ host",
                    "1 1 udp 1 192.0.2.1 1 typ guest",
                    "1 1 udp 1 192.0.2.1 1 type host",
                    "1 1 udp 1 192.0.2.1 1 typ host generation",
                    "000000000011111111112222222222333 1 udp 1 192.0.2.1 1 typ host"
                })
        @DisplayName("candidates whose grammar is broken are ignored, the others stay")
        void ignoresBrokenCandidates(String broken) {
            assertThat(
                            media("candidate:" + broken, "candidate:1 1 udp 1 192.0.2.1 1 typ host")
                                    .candidates())
                    .hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1 1 udp 2130706431 203.0.113.5 10000 typ host",
                    "2 1 udp 1 192.0.2.9 1 typ relay raddr 192.0.2.1 rport 5 generation 0 x y"
                })
        @DisplayName("a candidate is written as it was read")
        void writesCandidates(String text) {
            assertThat(Candidate.parse(text).orElseThrow()).hasToString(text);
        }
    }

    @Nested
    @DisplayName("say which certificate a peer has (RFC 8122 §5)")
    class Certificates {
        private static final String SHA_1 =
                "AB:CD:EF:01:23:45:67:89:00:00:00:00:00:00:00:00:00:00:00:01";

        @Test
        @DisplayName("in any case, by any hash we know")
        void readsFingerprints() {
            List<Fingerprint> read =
                    media(
                                    "fingerprint:SHA-1 " + SHA_1.toLowerCase(java.util.Locale.ROOT),
                                    "fingerprint:md5 00:11",
                                    "fingerprint:sha-256 " + SHA_1)
                            .attributes()
                            .fingerprints();

            assertThat(read).containsExactly(new Fingerprint(Fingerprint.Hash.SHA_1, SHA_1));
            assertThat(read.getFirst().hash().isStrong()).isFalse();
        }

        @ParameterizedTest
        @org.junit.jupiter.params.provider.EnumSource
        @DisplayName("and give back the bytes of the digest")
        void convertsDigests(Fingerprint.Hash hash) throws java.security.GeneralSecurityException {
            byte[] digest =
                    java.security.MessageDigest.getInstance(hash.digestName()).digest(new byte[1]);

            Fingerprint fingerprint = Fingerprint.of(hash, digest);

            assertThat(fingerprint.digest()).isEqualTo(digest);
            assertThat(Fingerprint.parse(fingerprint.toString())).contains(fingerprint);
        }

        @Test
        @DisplayName("and the role in DTLS, without case")
        void readsSetup() {
            assertThat(media("setup:ActPass").attributes().setup()).contains(SetupRole.ACTPASS);
            assertThat(media("setup:both").attributes().setup()).isEmpty();
        }
    }
}
