package io.jackfield.protocol.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipCorpora;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The arithmetic of digest")
class DigestVectorsTest {
    private static final byte[] NO_BODY = new byte[0];

    @Test
    @DisplayName("gives the response of RFC 2617 §3.5")
    void rfc2617() {
        String ha1 = DigestAlgorithm.MD5.ha1("Mufasa", "testrealm@host.com", "Circle Of Life");
        DigestInput input =
                new DigestInput(
                        "GET",
                        "/dir/index.html",
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        Optional.of(new DigestInput.Counted(Qop.AUTH, "00000001", "0a4f113b")),
                        NO_BODY);
        assertThat(ha1).isEqualTo("939e7578ed9e3c518a452acee763bce9");
        assertThat(input.response(DigestAlgorithm.MD5, ha1))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    @Test
    @DisplayName("gives both responses of RFC 7616 §3.9.1")
    void rfc7616() {
        DigestInput input =
                new DigestInput(
                        "GET",
                        "/dir/index.html",
                        "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                        Optional.of(
                                new DigestInput.Counted(
                                        Qop.AUTH,
                                        "00000001",
                                        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")),
                        NO_BODY);
        assertThat(responseOfMufasa(input, DigestAlgorithm.MD5))
                .isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
        assertThat(responseOfMufasa(input, DigestAlgorithm.SHA_256))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    private static String responseOfMufasa(DigestInput input, DigestAlgorithm algorithm) {
        String ha1 = algorithm.ha1("Mufasa", "http-auth@example.org", "Circle of Life");
        return input.response(algorithm, ha1);
    }

    @Test
    @DisplayName("gives every response of the corpus: RFC 7616, RFC 8760, all algorithms and qops")
    void corpus() throws IOException {
        List<Map<String, String>> vectors =
                read(Files.readString(SipCorpora.shared("vectors/digest/digest.json")));
        assertThat(vectors).hasSize(25);

        for (Map<String, String> v : vectors) {
            DigestAlgorithm algorithm = DigestAlgorithm.of(v.get("algorithm")).orElseThrow();
            String ha1 = algorithm.ha1(v.get("username"), v.get("realm"), v.get("password"));
            assertThat(ha1).as(v.toString()).isEqualTo(v.get("ha1_stored"));
            assertThat(input(v).response(algorithm, ha1))
                    .as(v.toString())
                    .isEqualTo(v.get("response"));
            String userhash = algorithm.hash(v.get("username") + ":" + v.get("realm"));
            assertThat(v.getOrDefault("userhash", userhash)).isEqualTo(userhash);
        }
    }

    private static DigestInput input(Map<String, String> v) {
        Optional<DigestInput.Counted> counted =
                Optional.ofNullable(v.get("qop"))
                        .map(qop ->
                                new DigestInput.Counted(
                                        Qop.of(qop).orElseThrow(), v.get("nc"), v.get("cnonce")));
        byte[] body = v.getOrDefault("body", "").getBytes(StandardCharsets.UTF_8);
        return new DigestInput(v.get("method"), v.get("uri"), v.get("nonce"), counted, body);
    }

    /**
     * The file has one field a line and only text in its fields, which is all that is read here.
     */
    private static List<Map<String, String>> read(String json) {
        List<Map<String, String>> vectors = new ArrayList<>();
        Map<String, String> current = new HashMap<>();
        for (String line : json.substring(json.indexOf('[')).lines().map(String::strip).toList()) {
            if (line.equals("{")) {
                current = new HashMap<>();
                vectors.add(current);
            } else if (line.startsWith("\"")) {
                String[] sides = line.split("\": \"", 2);
                String value = sides[1].substring(0, sides[1].lastIndexOf('"'));
                current.put(sides[0].substring(1), value.replace("\\r\\n", "\r\n"));
            }
        }
        return vectors;
    }
}
