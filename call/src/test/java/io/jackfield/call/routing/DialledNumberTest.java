package io.jackfield.call.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.OtherUri;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a Request-URI asks for")
class DialledNumberTest {
    private static Optional<String> dialled(String uri) {
        return DialledNumber.of(
                SipText.request(
                                """
                                INVITE %s SIP/2.0
                                Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1
                                From: <sip:anna@pbx.example>;tag=1
                                To: <sip:x@pbx.example>
                                Call-ID: a
                                CSeq: 1 INVITE
                                Max-Forwards: 70

                                """
                                        .formatted(uri))
                        .uri());
    }

    @Test
    @DisplayName("the user part, whatever host and parameters say")
    void user() {
        assertThat(dialled("sip:600@pbx.example;user=phone")).contains("600");
        assertThat(dialled("sips:anna.b-c@pbx.example")).contains("anna.b-c");
    }

    @Test
    @DisplayName("a number loses the marks that people put in (RFC 3966 §5.1.1), a name keeps them")
    void separators() {
        assertThat(dialled("sip:+7(495)123-45.67@pbx.example")).contains("+74951234567");
        assertThat(dialled("sip:agent-7@pbx.example")).contains("agent-7");
    }

    @Test
    @DisplayName("a tel URI is its number without parameters")
    void tel() {
        assertThat(dialled("tel:+7-495-123;phone-context=example.com")).contains("+7495123");
    }

    @Test
    @DisplayName("without a user nothing is asked for; another scheme is not understood")
    void none() {
        assertThat(dialled("sip:pbx.example")).contains("");
        assertThat(DialledNumber.of(new OtherUri("urn", "service:sos"))).isEmpty();
    }
}
