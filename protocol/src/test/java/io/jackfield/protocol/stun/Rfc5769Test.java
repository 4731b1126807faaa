package io.jackfield.protocol.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.bytes.Hex;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("STUN test vectors (RFC 5769)")
class Rfc5769Test {
    private static final StunKey KEY = StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");

    /** MD5 of user name, realm and password (RFC 8489 §9.2.2), as the RFC's example has them. */
    private static final StunKey LONG_TERM_KEY =
            StunKey.of(Hex.bytes("e8ca7ad59d5eb0518e312911d2dab2a9"));

    private static final StunTransactionId TRANSACTION =
            new StunTransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL);

    private static StunPacket received(String name) {
        byte[] bytes = Hex.resource("/rfc5769/" + name + ".hex");
        return ((StunParse.Received) StunParser.parse(ByteBuffer.wrap(bytes))).packet();
    }

    @Test
    @DisplayName("a request says who, how important and in which role (§2.1)")
    void request() {
        StunPacket packet = received("2.1-sample-request");

        assertThat(packet.message())
                .isEqualTo(
                        StunMessage.binding(
                                StunClass.REQUEST,
                                TRANSACTION,
                                new StunAttribute.Software("STUN test client"),
                                new StunAttribute.Priority(0x6e0001ffL),
                                new StunAttribute.IceControlled(0x932ff9b151263b36L),
                                new StunAttribute.Username("evtj:h6vY")));
        assertThat(packet.hasFingerprint()).isTrue();
        assertThat(packet.provenBy(KEY)).isTrue();
        assertThat(packet.provenBy(StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBu"))).isFalse();
    }

    @Test
    @DisplayName("a response tells the IPv4 address it was asked from (§2.2)")
    void responseOverIpv4() {
        StunPacket packet = received("2.2-sample-ipv4-response");

        assertThat(packet.message())
                .isEqualTo(
                        StunMessage.binding(
                                StunClass.SUCCESS,
                                TRANSACTION,
                                new StunAttribute.Software("test vector"),
                                new StunAttribute.XorMappedAddress(
                                        new InetSocketAddress("192.0.2.1", 32853))));
        assertThat(packet.provenBy(KEY)).isTrue();
        assertThat(packet.hasFingerprint()).isTrue();
    }

    @Test
    @DisplayName("a response tells the IPv6 address it was asked from (§2.3)")
    void responseOverIpv6() {
        StunPacket packet = received("2.3-sample-ipv6-response");

        assertThat(packet.message().first(StunAttribute.XorMappedAddress.class))
                .isEqualTo(
                        Optional.of(
                                new StunAttribute.XorMappedAddress(
                                        new InetSocketAddress(
                                                "2001:db8:1234:5678:11:2233:4455:6677", 32853))));
        assertThat(packet.provenBy(KEY)).isTrue();
        assertThat(packet.hasFingerprint()).isTrue();
    }

    @Test
    @DisplayName("a request with long-term credentials is read and written byte for byte (§2.4)")
    void requestWithLongTermCredentials() {
        StunPacket packet = received("2.4-sample-request-with-long-term-authentication");

        assertThat(packet.message())
                .isEqualTo(
                        StunMessage.binding(
                                StunClass.REQUEST,
                                new StunTransactionId(0x78ad3433, 0xc6ad72c029da412eL),
                                new StunAttribute.Username("マトリックス"),
                                new StunAttribute.Nonce("f//499k954d6OL34oL9FSTvy64sA"),
                                new StunAttribute.Realm("example.org")));
        assertThat(packet.provenBy(LONG_TERM_KEY)).isTrue();
        assertThat(packet.hasFingerprint()).isFalse();

        ByteBuffer written = ByteBuffer.allocate(200);
        StunWriter.writeWithoutFingerprint(packet.message(), LONG_TERM_KEY, written);
        assertThat(Hex.text(written.flip()))
                .isEqualTo(
                        Hex.text(
                                Hex.resource(
                                        "/rfc5769/2.4-sample-request-with-long-term-authentication.hex")));
    }
}
