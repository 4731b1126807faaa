package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.routing.Webhook;
import io.jackfield.call.token.NumberPlan;
import io.jackfield.call.token.TokenKey;
import io.jackfield.call.token.TokenRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("site.yaml")
class SiteLoaderTest {
    private static final String REALM = "pbx.example.com";

    @Nested
    @DisplayName("webhooks")
    class Webhooks {
        @Test
        @DisplayName("have a name, a URL, a secret, and the events they are told")
        void areRead() {
            Site site =
                    read(
                            """
                            webhooks:
                              - name: crm
                                url: https://crm.example.com/hook?a=b
                                secret: 0123456789abcdef
                                types: [call.ended, recording.ready]
                            """);

            Webhook crm = site.webhooks().getFirst();
            assertThat(crm.url()).hasHost("crm.example.com").hasPath("/hook");
            assertThat(crm.types()).containsExactlyInAnyOrder("call.ended", "recording.ready");
            assertThat(crm.enabled()).isTrue();
            assertThat(crm.toString()).doesNotContain("0123");
        }

        @ParameterizedTest
        @CsvSource({
            "crm, ftp://a.example/, 0123456789abcdef, call.ended",
            "crm, https://user@a.example/, 0123456789abcdef, call.ended",
            "crm, /hook, 0123456789abcdef, call.ended",
            "crm, https://a.example/, short, call.ended",
            "crm, https://a.example/, 0123456789abcdef, call.end",
            "../crm, https://a.example/, 0123456789abcdef, call.ended"
        })
        @DisplayName("are refused with another name, scheme, user, event, or a short secret")
        void areRefused(String name, String url, String secret, String type) {
            ConfigurationException refused =
                    catchThrowableOfType(
                            ConfigurationException.class,
                            () ->
                                    read(
                                            """
                                            webhooks:
                                              - name: "%s"
                                                url: "%s"
                                                secret: "%s"
                                                types: [%s]
                                            """
                                                    .formatted(name, url, secret, type)));

            assertThat(refused).isNotNull();
            assertThat(refused.problems()).hasSize(1);
        }
    }

    @Nested
    @DisplayName("agents")
    class Agents {
        @Test
        @DisplayName("have a name, a password of which only hashes are kept, and a shown name")
        void areRead() {
            Site site =
                    read(
                            """
                            agents:
                              - name: "1001"
                                password: 0123
                                displayName: Анна
                            """);

            Agent agent = site.agent("1001").orElseThrow();
            assertThat(agent.displayName()).contains("Анна");
            assertThat(agent.credential().sha256())
                    .isEqualTo(Credential.of("1001", REALM, "0123").sha256());
        }

        @Test
        @DisplayName("may bring hashes instead of a password")
        void mayBringHashes() {
            Credential made = Credential.of("1001", REALM, "x");
            Site site =
                    read(
                            "agents: [{name: '1001', ha1: {md5: '%s', sha256: '%s'}}]"
                                    .formatted(made.md5(), made.sha256()));

            assertThat(site.agent("1001").orElseThrow().credential().md5()).isEqualTo(made.md5());
        }

        @Test
        @DisplayName("come in ranges, each with a password and a name of its own")
        void comeInRanges() {
            Site site =
                    read(
                            """
                            agents:
                              - range: agent0998-agent1001
                                password: "secret-{name}"
                                displayName: "Agent {name}"
                            """);

            assertThat(site.agents())
                    .extracting(Agent::name)
                    .containsExactly("agent0998", "agent0999", "agent1000", "agent1001");
            Agent one = site.agent("agent0999").orElseThrow();
            assertThat(one.displayName()).contains("Agent agent0999");
            assertThat(one.credential().md5())
                    .isEqualTo(Credential.of("agent0999", REALM, "secret-agent0999").md5());
        }

        @ParameterizedTest
        @CsvSource({
            "a1-b2,range",
            "a01-a100,range",
            "a9-a1,range",
            "a00000-a99999,range",
            "1001,range"
        })
        @DisplayName("of a range that leads nowhere are a problem")
        void refuseBadRanges(String range, String key) {
            assertThat(problemOf("agents: [{range: %s, password: 'x{name}'}]".formatted(range)))
                    .satisfies(p -> assertThat(p.what()).contains("agents[0]." + key));
        }

        @Test
        @DisplayName("and trunks have a policy for codecs, which is a word that we know")
        void havePolicies() {
            Site site =
                    read(
                            """
                            agents:
                              - {name: "1001", password: a}
                              - {name: "1002", password: a, codecPolicy: prefer-opus}
                              - {range: b1-b2, password: "x{name}", codecPolicy: auto}
                            trunks:
                              - {name: one, host: a.example}
                              - {name: other, host: b.example, codecPolicy: prefer-opus}
                            """);
            assertThat(site.agents())
                    .extracting(Agent::codecPolicy)
                    .containsExactly(
                            CodecPolicy.PASSTHROUGH,
                            CodecPolicy.PREFER_OPUS,
                            CodecPolicy.AUTO,
                            CodecPolicy.AUTO);
            assertThat(site.trunks())
                    .extracting(Trunk::codecPolicy)
                    .containsExactly(CodecPolicy.PASSTHROUGH, CodecPolicy.PREFER_OPUS);
            assertThat(problemOf("agents: [{name: a, password: a, codecPolicy: opus}]").remedy())
                    .contains("passthrough, prefer-opus or auto");
            assertThat(problemOf("agents: [{name: a, password: a, codecpolicy: auto}]").remedy())
                    .contains("codecPolicy");
        }

        @Test
        @DisplayName("of a range do not share one password")
        void shareNoPassword() {
            assertThat(problemOf("agents: [{range: a1-a3, password: secret}]").remedy())
                    .contains("{name}");
        }

        @Test
        @DisplayName("cannot be there twice, nor take the echo's number")
        void areUnique() {
            assertThat(
                            problemOf(
                                            """
                                            agents:
                                              - {name: "1001", password: a}
                                              - {name: "1001", password: b}
                                            """)
                                    .toString())
                    .contains("site.yaml:3")
                    .contains("agent 1001 is there twice")
                    .contains("site.yaml:2");
            assertThat(problemOf("agents: [{name: '600', password: a}]").what())
                    .contains("reserved for the echo");
            assertThat(problemOf("agents: [{name: '601', password: a}]").what())
                    .contains("reserved for the echo");
        }

        @Test
        @DisplayName("never show their password in a message")
        void keepPasswords() {
            Problem problem = problemOf("agents: [{name: 'a b', password: hunter2}]");

            assertThat(problem.toString()).contains("agents[0]").doesNotContain("hunter2");
        }
    }

    @Nested
    @DisplayName("trunks")
    class TrunkSection {
        @Test
        @DisplayName("need a name and a host; everything else has a default")
        void haveDefaults() {
            Trunk trunk = read("trunks: [{name: carrier, host: sip.example.net}]").trunks().get(0);

            assertThat(trunk.transport()).isEqualTo(Transport.UDP);
            assertThat(trunk.port()).isEqualTo(5060);
            assertThat(trunk.codecs()).containsExactly("PCMA", "PCMU");
            assertThat(trunk.login()).isEmpty();
            assertThat(trunk.register()).isFalse();
            assertThat(trunk.ping()).isEqualTo(Duration.ofSeconds(30));
            assertThat(trunk.matches()).isEmpty();
            assertThat(trunk.latch()).isFalse();
        }

        @Test
        @DisplayName("take all they can be told")
        void takeEverything() {
            Trunk trunk =
                    read("""
                    trunks:
                      - name: carrier
                        host: sip.example.net
                        transport: tls
                        codecs: [opus, pcmu]
                        username: u
                        password: p
                        register: true
                        registerEvery: 5m
                        callerId: "+4930123456"
                        ping: 0s
                        match: [192.0.2.0/24, "198.51.100.7:5060"]
                        latch: true
                    """)
                            .trunks()
                            .get(0);

            assertThat(trunk.port()).isEqualTo(5061);
            assertThat(trunk.codecs()).containsExactly("opus", "PCMU");
            assertThat(trunk.login().orElseThrow().user()).isEqualTo("u");
            assertThat(trunk.registerEvery()).isEqualTo(Duration.ofMinutes(5));
            assertThat(trunk.callerId()).contains("+4930123456");
            assertThat(trunk.ping()).isZero();
            assertThat(trunk.matches()).hasSize(2);
            assertThat(trunk.latch()).isTrue();
        }

        @Test
        @DisplayName("that register need credentials; half of them help nobody")
        void needCredentials() {
            assertThat(problemOf("trunks: [{name: t, host: h, register: true}]").toString())
                    .contains("trunks[0]")
                    .contains("register needs username and password");
            assertThat(problemOf("trunks: [{name: t, host: h, username: u}]").what())
                    .contains("only one of username and password");
        }

        @Test
        @DisplayName("name an unknown field with its line and the nearest known one")
        void nameUnknownFields() {
            Problem problem = problemOf("trunks:\n  - name: t\n    host: h\n    protocol: udp\n");

            assertThat(problem.place()).hasToString("site.yaml:4:5");
            assertThat(problem.what()).isEqualTo("trunks[0]: protocol is not known");
        }
    }

    @Nested
    @DisplayName("routes, numbers and queues")
    class Plan {
        private static final String BASE =
                """
                agents: [{range: agent0001-agent0003, password: "s-{name}"}]
                trunks: [{name: one, host: 192.0.2.1}, {name: two, host: 192.0.2.2}]
                """;

        @Test
        @DisplayName("lead over trunks in order, digits taken off and put before")
        void leadToTrunks() {
            Site site =
                    read(
                            BASE
                                    + """
                                    routes:
                                      - pattern: _9X.
                                        trunks: [one, two]
                                        strip: 1
                                        prepend: "+49"
                                        callerId: "+4930999"
                                    """);

            Destination.Trunks found = (Destination.Trunks) Router.fromAgent(site, "930123");
            assertThat(found.attempts())
                    .extracting(a -> a.trunk().name())
                    .containsExactly("one", "two");
            assertThat(found.attempts().getFirst().number()).isEqualTo("+4930123");
            assertThat(found.attempts().getFirst().callerId()).contains("+4930999");
        }

        @Test
        @DisplayName("lead to agents and queues, by pattern or by name")
        void leadToAgents() {
            Site site =
                    read(
                            BASE
                                    + """
                                    queues: [{number: "700", members: [agent0001, agent0002]}]
                                    routes: [{pattern: _1XXX, agent: agent0XXX}]
                                    numbers:
                                      - {pattern: "8700", queue: "700"}
                                      - {pattern: _8XXX, agent: agent0XXX}
                                    """);

            assertThat(Router.fromAgent(site, "1003"))
                    .isEqualTo(new Destination.Agents(List.of(site.agent("agent0003").get())));
            assertThat(Router.fromTrunk(site, "8002"))
                    .isEqualTo(new Destination.Agents(List.of(site.agent("agent0002").get())));
            assertThat(Router.fromTrunk(site, "8700")).isEqualTo(new Destination.Waiting("700"));
            assertThat(site.queue("700").orElseThrow().members())
                    .containsExactly("agent0001", "agent0002");
        }

        @Test
        @DisplayName("with rules that cannot be are told so, each with what it may be")
        void queueRulesRefused() {
            List<Problem> problems =
                    problemsOf(
                            BASE
                                    + """
                                    queues:
                                      - number: "700"
                                        members: [agent0001]
                                        strategy: loudest
                                        ringFor: 0s
                                        lengthMax: 0
                                        joinEmpty: perhaps
                                    """);

            assertThat(problems)
                    .extracting(Problem::remedy)
                    .anyMatch(r -> r.contains("round-robin, fewest-calls, skill-level"))
                    .anyMatch(r -> r.contains("1s to 2m"))
                    .anyMatch(r -> r.contains("1 to 1000"))
                    .anyMatch(r -> r.contains("true or false"))
                    .hasSize(4);
        }

        @Test
        @DisplayName("that name what is not there are told so, with the nearest that is")
        void followEveryName() {
            List<Problem> problems =
                    problemsOf(
                            BASE
                                    + """
                                    routes:
                                      - {pattern: _9X., trunks: [on]}
                                      - {pattern: "55", agent: agent0009}
                                    numbers: [{pattern: "1", queue: "700"}]
                                    queues: [{number: "701", members: [agent001]}]
                                    """);

            assertThat(problems)
                    .extracting(Problem::what)
                    .containsExactlyInAnyOrder(
                            "there is no trunk on",
                            "there is no agent agent0009",
                            "there is no queue 700",
                            "there is no agent agent001");
            assertThat(problems)
                    .filteredOn(p -> p.what().contains("trunk"))
                    .extracting(Problem::remedy)
                    .containsExactly("Did you mean one?");
        }

        @Test
        @DisplayName("lead to exactly one kind of target")
        void leadToOneTarget() {
            assertThat(problemOf(BASE + "routes: [{pattern: _9X.}]").remedy())
                    .isEqualTo("Give one of: trunks, agent, queue or menu.");
            assertThat(
                            problemOf(
                                            BASE
                                                    + "numbers: [{pattern: '1', agent: agent0001, trunks: [one]}]")
                                    .what())
                    .contains("trunks is not known");
        }

        @Test
        @DisplayName("with a pattern that cannot be are told what is wrong with it")
        void refuseBadPatterns() {
            assertThat(problemOf(BASE + "routes: [{pattern: _9.X, trunks: [one]}]").remedy())
                    .contains(". comes last");
        }
    }

    @Nested
    @DisplayName("call tokens")
    class Tokens {
        private static final String TRUNK = "trunks: [{name: one, host: 192.0.2.1}]\n";
        private static final String PEM =
                """
                      publicKey: |
                        -----BEGIN PUBLIC KEY-----
                        MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
                        -----END PUBLIC KEY-----
                """;
        private static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

        @Test
        @DisplayName("have keys, sets of keys, a number plan and limits")
        void areRead() {
            Site site =
                    read(
                            TRUNK
                                    + """
                                    routes:
                                      - {pattern: _0X., trunks: [one], token: required, campaigns: [spring]}
                                      - {pattern: _1X., trunks: [one]}
                                    tokens:
                                      country: 49
                                      keys:
                                        - kid: first
                                          algorithm: EdDSA
                                          issuer: crm
                                          notBefore: 2026-01-01T00:00:00Z
                                          notAfter: 2027-01-01T00:00:00Z
                                    """
                                    + PEM
                                    + """
                                        - {kid: second, algorithm: HS256, secret: %s}
                                      jwks: [{url: "https://crm.example/keys", refresh: 5m, keep: 2h}]
                                      perAgent: {callsPerMinute: 6, parallel: 1, minutesPerDay: 60, countries: ["+49"]}
                                      campaigns: [{name: spring, parallel: 20}]
                                      premiumNumbers: ["+4913"]
                                    """
                                            .formatted(SECRET));

            TokenRules rules = site.tokens();
            assertThat(rules.audience()).isEqualTo(REALM);
            assertThat(rules.plan()).isEqualTo(new NumberPlan(Optional.of("49"), "00", "0"));
            assertThat(rules.keys()).extracting(TokenKey::kid).containsExactly("first", "second");
            assertThat(rules.sets().getFirst().keep()).isEqualTo(Duration.ofHours(2));
            assertThat(rules.perAgent().perDay()).contains(Duration.ofHours(1));
            assertThat(rules.campaigns().get("spring").parallel()).contains(20);
            assertThat(rules.premium()).isFalse();
            assertThat(Router.fromAgent(site, "030123"))
                    .isInstanceOfSatisfying(
                            Destination.WithToken.class,
                            it -> assertThat(it.campaigns()).containsExactly("spring"));
            assertThat(Router.fromAgent(site, "130123")).isInstanceOf(Destination.Trunks.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "keys: [{kid: a, algorithm: HS256, secret: MDEy}] | 256 bits",
                    "keys: [{kid: a, algorithm: HS256, secret: '***'}] | base64url",
                    "keys: [{kid: a, algorithm: none}] | EdDSA, ES256, RS256 or HS256",
                    "keys: [{kid: a, algorithm: EdDSA}] | Give that",
                    "keys: [{kid: a, algorithm: EdDSA, publicKey: x}] | PEM",
                    "jwks: [{url: 'http://crm.example/keys'}] | https",
                    "jwks: [{url: 'file:///etc/passwd'}] | https",
                    "perAgent: {callPerMinute: 6} | callsPerMinute",
                    "country: Germany | a country code",
                    "keyz: [] | Did you mean keys?"
                })
        @DisplayName("that cannot be are told with their remedy")
        void refused(String yaml, String remedy) {
            assertThat(problemOf("tokens:\n  " + yaml).remedy()).contains(remedy);
        }

        @Test
        @DisplayName("never show a secret in a message")
        void secretsStayHidden() {
            String secret = "c2VjcmV0";
            List<Problem> problems =
                    problemsOf(
                            "tokens: {keys: [{kid: a, algorithm: HS256, secret: %s}]}"
                                    .formatted(secret));
            assertThat(problems.toString()).doesNotContain(secret);
        }

        @Test
        @DisplayName("are for routes over trunks, and required or not written")
        void routes() {
            String agents = "agents: [{name: a, password: b}]\n";
            assertThat(
                            problemOf(
                                            agents
                                                    + "routes: [{pattern: '1', agent: a, token: required}]")
                                    .what())
                    .contains("leads to no trunk");
            assertThat(
                            problemOf(
                                            TRUNK
                                                    + "routes: [{pattern: '1', trunks: [one], token: maybe}]")
                                    .remedy())
                    .contains("required");
            assertThat(
                            problemOf(
                                            TRUNK
                                                    + "routes: [{pattern: '1', trunks: [one], campaigns: [x]}]")
                                    .remedy())
                    .contains("token: required");
        }
    }

    @Test
    @DisplayName("with an unknown section names the nearest")
    void namesUnknownSections() {
        assertThat(problemOf("agnets: []").remedy()).isEqualTo("Did you mean agents?");
    }

    @Test
    @DisplayName("that is empty is an empty site")
    void mayBeEmpty() {
        assertThat(read("")).usingRecursiveComparison().isEqualTo(Site.EMPTY);
        assertThat(read("agents:\nroutes: []\n")).usingRecursiveComparison().isEqualTo(Site.EMPTY);
    }

    @Test
    @DisplayName("of the benchmark has the plan that the Asterisk peer has")
    void benchmarkSite() {
        Path file = Path.of("../examples/bench/site.yaml");
        Assumptions.assumeTrue(Files.exists(file), "examples/bench is not there");
        Site site = SiteLoader.load(file, "127.0.0.1").calls();

        assertThat(site.agents()).hasSize(1_000);
        assertThat(site.agent("agent1000").orElseThrow().credential().md5())
                .isEqualTo(Credential.of("agent1000", "127.0.0.1", "secret-agent1000").md5());
        assertThat(Router.fromAgent(site, "600")).isInstanceOf(Destination.Echo.class);
        assertThat(Router.fromAgent(site, "1002"))
                .isEqualTo(new Destination.Agents(List.of(site.agent("agent0002").get())));
        assertThat(Router.fromTrunk(site, "8003"))
                .isEqualTo(new Destination.Agents(List.of(site.agent("agent0003").get())));
        assertThat(Router.fromTrunk(site, "8700")).isEqualTo(new Destination.Waiting("700"));
        assertThat(site.queue("700").orElseThrow().members())
                .containsExactly("agent0002", "agent0003");
        Destination.Trunks out = (Destination.Trunks) Router.fromAgent(site, "95551234");
        assertThat(out.attempts().getFirst().number()).isEqualTo("95551234");
        assertThat(out.attempts().getFirst().trunk().port()).isEqualTo(5090);
    }

    private static Site read(String yaml) {
        return SiteLoader.read("site.yaml", yaml, REALM).calls();
    }

    private static List<Problem> problemsOf(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(yaml)).problems();
    }

    private static Problem problemOf(String yaml) {
        List<Problem> problems = problemsOf(yaml);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
