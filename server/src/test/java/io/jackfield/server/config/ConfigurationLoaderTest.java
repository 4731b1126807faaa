package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("jackfield.yaml")
class ConfigurationLoaderTest {
    private static final InetAddress INSIDE = InetAddress.ofLiteral("10.0.0.5");
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("203.0.113.7");
    private static final String MINIMAL =
            """
            domain: pbx.example.com
            media:
              addresses:
                - {local: 10.0.0.5, advertised: 203.0.113.7}
            """;

    @TempDir private Path folder;

    @Nested
    @DisplayName("with the least that is needed")
    class Minimal {
        @Test
        @DisplayName("gives everything else its documented default")
        void hasDefaults() {
            Configuration configuration = load(MINIMAL);

            assertThat(configuration.demo()).isFalse();
            assertThat(configuration.realm()).isEqualTo("pbx.example.com");
            assertThat(configuration.data()).isEqualTo(folder.resolve("data"));
            assertThat(configuration.database().name())
                    .isEqualTo(folder.resolve("data/jackfield.db").toString());
            assertThat(configuration.site()).contains(folder.resolve("site.yaml"));
            assertThat(configuration.http().address()).isEqualTo(at("127.0.0.1", 8080));
            assertThat(configuration.http().origins()).isEmpty();
            assertThat(configuration.https()).isEmpty();
            assertThat(configuration.sip().udp()).containsExactly(at("10.0.0.5", 5060));
            assertThat(configuration.sip().tcp()).containsExactly(at("10.0.0.5", 5060));
            assertThat(configuration.sip().tls()).isEmpty();
            assertThat(configuration.media().port()).isEqualTo(10_000);
            assertThat(configuration.media().ports()).isEqualTo(new PortRange(10_002, 19_999));
            assertThat(configuration.media().addresses())
                    .containsExactly(new AddressMapping(INSIDE, OUTSIDE));
            assertThat(configuration.calls().ring()).isEqualTo(Duration.ofSeconds(60));
            assertThat(configuration.api().token()).isEmpty();
            assertThat(configuration.drain()).isEqualTo(Duration.ofMinutes(30));
            assertThat(configuration.logLevel()).isEqualTo(Configuration.LogLevel.INFO);
        }

        @Test
        @DisplayName("without media.addresses names the host's addresses and the line to write")
        void needsAddresses() {
            assertThat(problemOf("domain: pbx.example.com"))
                    .asString()
                    .contains("media.addresses is missing")
                    .contains("this host has 10.0.0.5")
                    .contains("media: {addresses: [{local: 10.0.0.5, advertised: 10.0.0.5}]}");
        }

        @Test
        @DisplayName("without a domain says what to write")
        void needsADomain() {
            assertThat(problemOf("media: {addresses: [10.0.0.5]}"))
                    .asString()
                    .contains("domain is missing")
                    .contains("domain: pbx.example.com");
        }

        @Test
        @DisplayName("that is empty or not there names the file")
        void needsAFile() throws IOException {
            Path missing = folder.resolve("nowhere.yaml");
            ConfigurationException thrown =
                    catchThrowableOfType(
                            ConfigurationException.class,
                            () -> ConfigurationLoader.serve(missing, Map.of(), Set.of()));

            assertThat(thrown).hasMessageContaining("nowhere.yaml: there is no such file");
            assertThat(problemsOf("")).hasSize(2);
        }
    }

    @Nested
    @DisplayName("with a mistake")
    class Mistaken {
        @Test
        @DisplayName("names file, line, column, key and the nearest known key")
        void namesUnknownKeys() {
            Problem problem = problemOf(MINIMAL + "http:\n  prot: 80\n");

            assertThat(problem.place()).hasToString(folder.resolve("jackfield.yaml") + ":6:3");
            assertThat(problem.what()).isEqualTo("http.prot is not known");
            assertThat(problem.remedy()).isEqualTo("Did you mean http.port?");
        }

        @Test
        @DisplayName("finds the right group for a key that stands in the wrong one")
        void findsTheGroup() {
            assertThat(problemOf(MINIMAL + "certificate: x.pem\n").remedy())
                    .isEqualTo("Did you mean https.certificate?");
        }

        @Test
        @DisplayName("tells all of several mistakes at once")
        void tellsAllMistakes() {
            List<Problem> problems =
                    problemsOf(
                            """
                            domian: pbx.example.com
                            http: {port: 99999}
                            media: {addresses: [10.9.9.9], ports: 10000-10003}
                            drain: 30
                            """);

            assertThat(problems)
                    .extracting(Problem::what)
                    .containsExactlyInAnyOrder(
                            "domian is not known",
                            "domain is missing",
                            "http.port is '99999'",
                            "media.ports 10000-10003 holds media.port 10000",
                            "media.addresses: local 10.9.9.9 is not an address of this host",
                            "drain is '30'");
        }

        @Test
        @DisplayName("that makes it no YAML names the line")
        void namesTheLine() {
            Problem problem = problemOf("domain: [unclosed\nmedia: x\n");

            assertThat(problem.place().line()).isPositive();
            assertThat(problem.what()).startsWith("this is not YAML");
        }

        @Test
        @DisplayName("such as a key that is there twice names both places")
        void namesDuplicates() {
            assertThat(problemOf("domain: a\n" + MINIMAL).toString())
                    .contains("domain is written twice")
                    .contains("jackfield.yaml:1:1");
        }

        @Test
        @DisplayName("such as one value where a group belongs lists the group's keys")
        void explainsGroups() {
            assertThat(problemOf(MINIMAL + "http: 8080\n").remedy())
                    .contains("address, origins, port, proxies");
        }

        @Test
        @DisplayName("such as a certificate without its key, or TLS without a certificate")
        void keepsCertificateAndKeyTogether() {
            assertThat(problemOf(MINIMAL + "https: {certificate: c.pem}\n").what())
                    .isEqualTo("https.certificate is set without https.key");
            assertThat(problemOf(MINIMAL + "https: {port: 443}\n").what())
                    .isEqualTo("https.port is set, yet there is no certificate");
            assertThat(problemOf(MINIMAL + "sip: {tls: [10.0.0.5]}\n").what())
                    .isEqualTo("sip.tls is set, yet there is no certificate");
        }

        @Test
        @DisplayName("such as a wildcard listener for trunks names the host's addresses")
        void refusesWildcards() {
            assertThat(problemOf(MINIMAL + "sip: {udp: [0.0.0.0]}\n").remedy())
                    .contains("10.0.0.5");
        }

        @Test
        @DisplayName("such as a listener for trunks where no media is says to map its address")
        void refusesListenersWithoutMedia() {
            for (String transport : List.of("udp", "tcp")) {
                Problem problem =
                        problemOf(MINIMAL + "sip: {" + transport + ": [10.0.0.5, 10.0.0.6]}\n");
                assertThat(problem.what())
                        .isEqualTo(
                                "sip."
                                        + transport
                                        + " names 10.0.0.6, which is not under media.addresses");
                assertThat(problem.remedy()).contains("add it to media.addresses");
            }
        }

        @Test
        @DisplayName("never repeats a secret")
        void keepsSecrets() {
            assertThat(problemOf(MINIMAL + "api: {token: hunter2}\n").toString())
                    .contains("api.token is not usable")
                    .doesNotContain("hunter2");
        }

        @Test
        @DisplayName("such as an alias that holds itself ends, and does not run for ever")
        void endsWithRecursion() {
            assertThat(problemsOf("domain: &a [*a]\n")).isNotEmpty();
        }
    }

    @Nested
    @DisplayName("together with the environment")
    class Environment {
        @Test
        @DisplayName("yields to JACKFIELD_… variables, of which every key has one")
        void environmentWins() {
            Configuration configuration =
                    load(
                            MINIMAL + "http: {port: 8081}\n",
                            Map.of(
                                    "JACKFIELD_HTTP_PORT", "8082",
                                    "JACKFIELD_MEDIA_ADDRESSES", "10.0.0.5 => 198.51.100.9",
                                    "JACKFIELD_HTTP_ORIGINS",
                                            "https://a.example, https://b.example",
                                    "JACKFIELD_SIP_TCP", "[]",
                                    "JACKFIELD_LOGGING_LEVEL", "debug",
                                    "PATH", "/bin"));

            assertThat(configuration.http().address().getPort()).isEqualTo(8082);
            assertThat(configuration.media().addresses().getFirst().advertised())
                    .isEqualTo(InetAddress.ofLiteral("198.51.100.9"));
            assertThat(configuration.http().origins())
                    .containsExactly("https://a.example", "https://b.example");
            assertThat(configuration.sip().tcp()).isEmpty();
            assertThat(configuration.logLevel()).isEqualTo(Configuration.LogLevel.DEBUG);
        }

        @Test
        @DisplayName("takes lists and groups as YAML in brackets")
        void takesYaml() {
            Configuration configuration =
                    load(
                            "domain: x.example",
                            Map.of(
                                    "JACKFIELD_MEDIA_ADDRESSES",
                                    "[{local: 10.0.0.5, advertised: 203.0.113.7}]"));

            assertThat(configuration.media().addresses())
                    .containsExactly(new AddressMapping(INSIDE, OUTSIDE));
        }

        @Test
        @DisplayName("names a variable that is not known and the nearest that is")
        void namesUnknownVariables() {
            Problem problem = problemsOf(MINIMAL, Map.of("JACKFIELD_HTP_PORT", "1")).getFirst();

            assertThat(problem.what()).isEqualTo("JACKFIELD_HTP_PORT is not known");
            assertThat(problem.remedy()).isEqualTo("Did you mean JACKFIELD_HTTP_PORT?");
        }

        @Test
        @DisplayName("bears what orchestrators add for a service named jackfield")
        void bearsInjectedVariables() {
            load(
                    MINIMAL,
                    Map.of(
                            "JACKFIELD_SERVICE_HOST", "10.1.1.1",
                            "JACKFIELD_SERVICE_PORT_HTTP", "8080",
                            "JACKFIELD_PORT", "tcp://10.1.1.1:8080",
                            "JACKFIELD_PORT_8080_TCP_ADDR", "10.1.1.1"));
        }
    }

    @Nested
    @DisplayName("in the demo")
    class Demo {
        @Test
        @DisplayName("is not there: everything stays on loopback")
        void staysLocal() {
            Configuration configuration = ConfigurationLoader.demo(folder, Map.of());

            assertThat(configuration.demo()).isTrue();
            assertThat(configuration.domain()).isEqualTo("127.0.0.1");
            assertThat(configuration.http().address()).isEqualTo(at("127.0.0.1", 8080));
            assertThat(configuration.sip().udp()).containsExactly(at("127.0.0.1", 5060));
            assertThat(configuration.media().addresses())
                    .allMatch(m -> m.local().isLoopbackAddress());
            assertThat(configuration.site()).isEmpty();
        }

        @Test
        @DisplayName("cannot be opened to the world, since its passwords are public")
        void cannotBeOpened() {
            for (Map<String, String> environment :
                    List.of(
                            Map.of("JACKFIELD_HTTP_ADDRESS", "0.0.0.0"),
                            Map.of("JACKFIELD_SIP_UDP", "10.0.0.5"),
                            Map.of("JACKFIELD_MEDIA_ADDRESSES", "10.0.0.5"))) {
                ConfigurationException thrown =
                        catchThrowableOfType(
                                ConfigurationException.class,
                                () -> ConfigurationLoader.demo(folder, environment));
                assertThat(thrown)
                        .as(environment.toString())
                        .hasMessageContaining("is not a loopback address")
                        .hasMessageContaining("jackfield serve");
            }
        }
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private Configuration load(String yaml) {
        return load(yaml, Map.of());
    }

    private Configuration load(String yaml, Map<String, String> environment) {
        try {
            Path file = Files.writeString(folder.resolve("jackfield.yaml"), yaml);
            return ConfigurationLoader.serve(file, environment, Set.of(INSIDE));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private List<Problem> problemsOf(String yaml) {
        return problemsOf(yaml, Map.of());
    }

    private List<Problem> problemsOf(String yaml, Map<String, String> environment) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(yaml, environment))
                .problems();
    }

    private Problem problemOf(String yaml) {
        List<Problem> problems = problemsOf(yaml);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
