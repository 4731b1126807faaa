package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What our own code puts together never begins a line of its own (reliability T8)")
class SipWriterTest {
    private final SipRequest request = Parsing.request(Parsing.options());
    private final SipHeaders headers = request.headers();

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nX: y", "a\rX: y", "a\0b", "a\u001Bb", "\u007F"})
    @DisplayName("a value with a control character is refused where it is made")
    void values(String evil) {
        assertRefused(() -> headers.with("Subject", evil));
        assertRefused(() -> headers.plus("Subject", evil));
        assertRefused(() -> headers.plusAll(List.of(new Header("X", evil))));
        assertRefused(() -> headers.with(evil, "value"));
        assertRefused(() -> request.withBody(evil, new byte[0]));
        assertRefused(() -> new SipResponse(200, evil, headers, new byte[0]));
        assertRefused(() -> SipResponses.to(request, 400, evil, "tag"));
        assertRefused(() -> new NameAddress(Optional.of(evil), request.uri(), Parameters.NONE));
        assertRefused(() -> new Via("UDP", evil, OptionalInt.empty(), Parameters.NONE));
        assertRefused(() -> new Via(evil, "a.example", OptionalInt.empty(), Parameters.NONE));
        assertRefused(() -> SipMethod.of(evil));
        assertRefused(() -> new OtherUri("tel", evil));
        assertRefused(() -> SipUri.of("user", evil));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nX: y", "a\rX: y", "a\0b", "a\u001Bb", "\u007F"})
    @DisplayName("a tag or parameter with a control character is refused when it is written")
    void parameters(String evil) {
        assertRefused(() -> SipResponses.to(request, 200, evil).encode());
        NameAddress named =
                new NameAddress(Optional.empty(), request.uri(), Parameters.NONE.withFlag(evil));
        assertRefused(() -> request.withHeaders(headers.withContact(named)).encode());
        Via via =
                new Via(
                        "UDP",
                        "a.example",
                        OptionalInt.empty(),
                        Parameters.NONE.with("branch", evil));
        assertRefused(() -> request.withHeaders(headers.withVias(List.of(via))).encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nX: y", "a\0b", "a b;c=d>", "\"", "é😀"})
    @DisplayName("in a URI everything can be said, escaped")
    void uris(String odd) {
        SipUri uri = SipUri.of(odd, "b.example").withParameters(Parameters.NONE.with("p", odd));
        SipRequest read = Parsing.request(request.withUri(uri).encode());
        assertThat(read.uri()).isEqualTo(uri);
        assertThat(((SipUri) read.uri()).user()).contains(odd);
        assertThat(((SipUri) read.uri()).parameters().value("p")).contains(odd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Via",
                "v",
                "from",
                "T",
                "i",
                "cseq",
                "Max-Forwards",
                "m",
                "Route",
                "Content-Length"
            })
    @DisplayName("a typed header cannot be set a second time as text")
    void typed(String name) {
        assertRefused(() -> headers.plus(name, "0"));
    }

    @Test
    @DisplayName("a message tells its true length, whatever was said before")
    void contentLength() {
        String written =
                new String(
                        request.withBody("text/plain", Parsing.bytes("grün")).encode(),
                        StandardCharsets.UTF_8);
        assertThat(written).contains("\r\nContent-Length: 5\r\n\r\ngrün");
        assertThat(request.headers().with("Content-Type", "a/b").all("Content-Type")).hasSize(1);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
}
