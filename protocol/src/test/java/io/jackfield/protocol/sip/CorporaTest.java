package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages from elsewhere")
class CorporaTest {
    /** An invented message without Call-ID, CSeq and Max-Forwards, as its manifest says. */
    private static final String INCOMPLETE = "scanner-friendly-invite.sip";

    @Test
    @DisplayName("of 29 real agents are read, and equal when written and read again")
    void realAgents() {
        Map<String, byte[]> files = SipCorpora.files(SipCorpora.shared("sip-real"));
        assertThat(files).hasSize(30).containsKey(INCOMPLETE);

        files.forEach((name, bytes) -> {
            boolean parsed = RoundTrip.check(bytes, Framing.DATAGRAM);
            assertThat(parsed).as(name).isEqualTo(!name.equals(INCOMPLETE));
        });
        Parsing.refused(files.get(INCOMPLETE), 400);
    }

    @Test
    @DisplayName("of a Chrome phone hold what its log showed")
    void chrome() {
        Map<String, byte[]> files = SipCorpora.files(SipCorpora.shared("sip-real"));
        SipRequest invite = Parsing.request(files.get("jssip-3.1.2-chrome-invite.sip"));

        assertThat(invite.headers().via().transport()).isEqualTo("WSS");
        assertThat(invite.headers().via().host()).endsWith(".invalid");
        assertThat(invite.hasBody("application/sdp")).isTrue();
        assertThat(invite.headers().lists("Supported", "outbound")).isTrue();
    }

    @Test
    @DisplayName("that others fuzz with never make the parser throw")
    void fuzzSeeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.addAll(SipCorpora.files(SipCorpora.shared("fuzz-seeds/sip")).values());
        seeds.addAll(SipCorpora.files(SipCorpora.shared("fuzz-seeds/sip-dialog")).values());
        assertThat(seeds).hasSize(72);

        int parsed = 0;
        for (byte[] seed : seeds) {
            for (Framing framing : Framing.values()) {
                parsed += RoundTrip.check(seed, framing) ? 1 : 0;
                parsed += RoundTrip.check(withCrlf(seed), framing) ? 1 : 0;
            }
        }
        assertThat(parsed)
                .as("many of them are good once their lines end as they should")
                .isGreaterThan(80);
    }

    @Test
    @DisplayName("that others fuzz with as URIs never make the parser throw")
    void uriSeeds() {
        Map<String, byte[]> files = SipCorpora.files(SipCorpora.shared("fuzz-seeds/uri"));
        assertThat(files).isNotEmpty();
        for (byte[] bytes : files.values()) {
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            assertThat(Uri.parse(text)).as("a quotation mark is no URI").isEmpty();
            assertThat(Uri.parse(text.replace("\"", "")))
                    .contains(new OtherUri("cid", "my%20header3@example.org"));
        }
    }

    @Test
    @DisplayName("of PROTOS c07-sip, INVITE and teardown, never make the parser throw")
    void protos() throws IOException {
        int messages = 0;
        int parsed = 0;
        try (ZipFile zip = new ZipFile(SipCorpora.shared("protos-c07-sip/cases.zip").toFile())) {
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                for (byte[] message :
                        ProtosCase.messages(bytes, Integer.parseInt(entry.getName()))) {
                    messages++;
                    parsed += RoundTrip.check(message, Framing.DATAGRAM) ? 1 : 0;
                }
            }
        }
        assertThat(messages).as("two of each case").isEqualTo(2 * 2717);
        assertThat(parsed).isBetween(messages / 10, messages - messages / 10);
    }

    static byte[] withCrlf(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace("\r\n", "\n")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
