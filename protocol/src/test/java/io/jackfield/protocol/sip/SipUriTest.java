package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SIP URIs (RFC 3261 §19.1)")
class SipUriTest {
    private static SipUri uri(String text) {
        return SipUri.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@atlanta.com",
                "sip:alice:secretword@atlanta.com;transport=tcp",
                "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
                "sip:+1-212-555-1212:1234@gateway.com;user=phone",
                "sips:1212@gateway.com",
                "sip:alice@192.0.2.4",
                "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
                "sip:alice;day=tuesday@atlanta.com",
                "sip:[2001:db8::1]:5060;lr",
                "sip:a@[::ffff:192.0.2.1]",
                "sip:%D0%96@example.com",
                "sip:bob@host_with_underscore.example.",
                "sip:a@b.example;ftag=x;vsf=AAAA==;empty="
            })
    @DisplayName("are read, and written as they were")
    void readAndWritten(String text) {
        assertThat(uri(text).text()).isEqualTo(text);
        assertThat(Uri.parse(text)).contains(uri(text));
        SipUri anew = uri(text).withParameters(uri(text).parameters());
        assertThat(uri(anew.text())).as("written anew").isEqualTo(uri(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:",
                "sip",
                "sip:@a.example",
                "sip:a@",
                "sip:a@b@c",
                "sip:a b@c",
                "sip:a@b c",
                "sip:a@-b.example",
                "sip:a@b..c",
                "sip:a@1.2.3",
                "sip:a@1.2.3.256",
                "sip:a@1.2.3.4.5",
                "sip:[::1",
                "sip:::1",
                "sip:[1:2:3:4:5:6:7]",
                "sip:[1::2::3]",
                "sip:[12345::]",
                "sip:[::g]",
                "sip:[1:2:3:4:5:6:7:8:9]",
                "sip:[::1.2.3]",
                "sip:[1.2.3.4::]",
                "sip:[:::]",
                "sip:[1:]",
                "sip:a@b:",
                "sip:a@b:0",
                "sip:a@b:65536",
                "sip:a@b:5o60",
                "sip:a@b;",
                "sip:a@b;=x",
                "sip:a@b;x=1;x=2",
                "sip:a@b?",
                "sip:a@b?x",
                "sip:a@b?=1",
                "sip:%4@b",
                "sip:%@b",
                "sip:%zz@b",
                "sip:a\"@b",
                "sip:<a>@b",
                "sip:a@b>",
                "sip:ä@b",
                "sip:a@bä",
                "1sip:a@b",
                "s p:a@b",
                "sip:a\r\n@b"
            })
    @DisplayName("that break the grammar are none")
    void none(String text) {
        assertThat(SipUri.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("hold bytes that are no UTF-8 without losing them")
    void noUtf8() {
        SipUri one = uri("sip:1%FF@example.com");
        SipUri other = uri("sip:1%FE@example.com");
        assertThat(one).isNotEqualTo(other);
        assertThat(one.withHostPort("b.example", OptionalInt.of(5070)).text())
                .isEqualTo("sip:1%FF@b.example:5070");
    }

    @Test
    @DisplayName("made of text are escaped where they must be")
    void escaped() {
        assertThat(SipUri.of("a b@c:%ж", "Example.COM").text())
                .isEqualTo("sip:a%20b%40c%3A%25%D0%B6@example.com");
        assertThat(SipUri.of("+49;30", "[2001:DB8::1]").text())
                .isEqualTo("sip:+49;30@[2001:db8::1]");
    }

    @Test
    @DisplayName("made of what is no host or port do not come to be")
    void invalidParts() {
        assertThatThrownBy(() -> SipUri.of("a", "b\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipUri.of("a", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipUri.of("a", "b").withHostPort("b", OptionalInt.of(70_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OtherUri("tel", "1\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("are printed without their password")
    void password() {
        assertThat(uri("sip:alice:secret@atlanta.com")).hasToString("sip:alice@atlanta.com");
        assertThat(uri("sip:alice:secret@atlanta.com").password()).contains("secret");
    }

    @Test
    @DisplayName("of other schemes are kept as they are (RFC 3966, RFC 2806)")
    void otherSchemes() {
        assertThat(Uri.parse("tel:+1-201-555-0123;phone-context=example.com"))
                .contains(new OtherUri("tel", "+1-201-555-0123;phone-context=example.com"));
        assertThat(Uri.parse("URN:service:sos")).contains(new OtherUri("urn", "service:sos"));
        assertThat(SipUri.parse("tel:1")).isEmpty();
        assertThat(Uri.parse("tel:1 2")).isEmpty();
        assertThat(Uri.parse("tel:")).isEmpty();
    }

    @Nested
    @DisplayName("compared (§19.1.4)")
    class Compared {
        @ParameterizedTest
        @CsvSource(
                delimiter = ' ',
                value = {
                    "sip:%61lice@atlanta.com;transport=TCP sip:alice@AtLanTa.CoM;Transport=tcp",
                    "sip:carol@chicago.com sip:carol@chicago.com;newparam=5",
                    "sip:carol@chicago.com;security=on sip:carol@chicago.com;newparam=5",
                    "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com"
                            + " sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
                    "sip:alice@atlanta.com?subject=project%20x&priority=urgent"
                            + " sip:alice@atlanta.com?priority=urgent&subject=project%20x"
                })
        @DisplayName("match as in the RFC's examples")
        void match(String one, String other) {
            assertThat(uri(one).matches(uri(other))).isTrue();
            assertThat(uri(other).matches(uri(one))).isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ' ',
                value = {
                    "SIP:ALICE@AtLanTa.CoM;Transport=udp sip:alice@AtLanTa.CoM;Transport=UDP",
                    "sip:bob@biloxi.com sip:bob@biloxi.com:5060",
                    "sip:bob@biloxi.com sip:bob@biloxi.com;transport=udp",
                    "sip:bob@biloxi.com sip:bob@biloxi.com:6000;transport=tcp",
                    "sip:carol@chicago.com sip:carol@chicago.com?Subject=next%20meeting",
                    "sip:bob@phone21.boxesbybob.com sip:bob@192.0.2.4",
                    "sip:carol@chicago.com;security=on sip:carol@chicago.com;security=off",
                    "sip:a@b.example sips:a@b.example",
                    "sip:a:x@b.example sip:a:y@b.example"
                })
        @DisplayName("do not match as in the RFC's examples")
        void noMatch(String one, String other) {
            assertThat(uri(one).matches(uri(other))).isFalse();
            assertThat(uri(other).matches(uri(one))).isFalse();
        }
    }
}
