package io.jackfield.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.SiteDiff;
import io.jackfield.server.config.SiteRowsLoader;
import io.jackfield.storage.site.SecretSeal;
import io.jackfield.storage.site.SiteHistoryEntry.Verdict;
import io.jackfield.storage.site.SiteState;
import io.jackfield.storage.site.SiteStore;
import io.jackfield.storage.site.SiteTables;
import io.jackfield.testkit.database.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The site in a database")
@Timeout(600)
class SiteInDatabaseTest {
    private static final String REALM = "pbx.example.com";

    private static final String SITE =
            """
            agents:
              - range: 1001-1004
                password: "secret-{name}"
                displayName: "Agent {name}"
              - {name: boss, password: "sesame, open", displayName: "The \\"boss\\"; ä", recording: off}
            trunks:
              - name: north
                host: 192.0.2.1
                codecs: [PCMA, opus]
                username: us
                password: them
                register: true
                registerEvery: 30m
                match: [192.0.2.0/24, "192.0.2.7:5060"]
                latch: false
              - {name: south, host: carrier.example.com, transport: tcp, ping: 0s}
            routes:
              - {pattern: _9X., trunks: [north, south], strip: 1, prepend: "00", callerId: "+4930"}
              - {pattern: _8X., trunks: north, token: required, campaigns: [spring, "autumn, late"]}
              - {pattern: "500", queue: "700"}
            numbers:
              - {pattern: _70XX, agent: XX01}
              - {pattern: "8700", queue: "700"}
            queues:
              - {number: "700", members: ["1003", "1001", boss]}
              - {number: "701", members: []}
            recording: 25%
            tokens:
              country: 49
              perAgent: {parallel: 2, countries: ["+49", "+7"]}
              keys:
                - {kid: k1, algorithm: HS256, secret: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8}
            """;

    /** What all databases must do alike. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Any {
        private Path folder;
        private TestDatabase at;
        private SiteStore store;
        private SiteRowsLoader loader;
        private final List<Site> inForce = new ArrayList<>();
        private final List<PbxEvent> events = new ArrayList<>();

        abstract TestDatabase make(Path folder);

        @BeforeAll
        void start(@TempDir Path temporary) throws Exception {
            folder = temporary;
            at = make(folder);
        }

        @AfterAll
        void stop() throws Exception {
            if (at != null) {
                at.close();
            }
        }

        @BeforeEach
        void fill() throws Exception {
            store = SiteStore.open(at.database());
            byte[] key = new byte[32];
            loader = new SiteRowsLoader(REALM, folder, new SecretSeal(key, new SecureRandom()));
            inForce.clear();
            events.clear();
            door().apply(file(SITE), false);
        }

        @AfterEach
        void close() throws Exception {
            store.close();
        }

        private SiteDoor door() {
            return new SiteDoor(store, loader, "apply:test");
        }

        private Path file(String text) throws Exception {
            return Files.writeString(folder.resolve("site.yaml"), text);
        }

        private SiteWatch watch() throws Exception {
            return new SiteWatch(
                    at.database(),
                    loader,
                    new SiteSnapshot(folder),
                    store.read(),
                    site -> inForce.add(site.calls()),
                    events::add);
        }

        private Site now() throws Exception {
            return loader.load(store.read().rows()).calls();
        }

        @Test
        @DisplayName("is the site that the file was, every part of it")
        void isWhatTheFileWas() throws Exception {
            Site site = now();

            assertThat(site.agents()).hasSize(5);
            assertThat(site.agent("1003").orElseThrow().displayName()).contains("Agent 1003");
            assertThat(site.agent("boss").orElseThrow().displayName()).contains("The \"boss\"; ä");
            assertThat(site.agent("boss").orElseThrow().credential())
                    .isEqualTo(Credential.of("boss", REALM, "sesame, open"));
            assertThat(site.trunk("north").orElseThrow().login().orElseThrow().password())
                    .isEqualTo("them");
            assertThat(site.trunks()).hasSize(2);
            assertThat(site.queue("700").orElseThrow().members())
                    .containsExactly("1003", "1001", "boss");
            assertThat(site.queue("701").orElseThrow().members()).isEmpty();
            assertThat(site.routes())
                    .filteredOn(route -> route.token().isPresent())
                    .singleElement()
                    .satisfies(route ->
                            assertThat(route.token().orElseThrow().campaigns())
                                    .containsExactlyInAnyOrder("spring", "autumn, late"));
            assertThat(site.recording().standard().share()).isEqualTo(2500);
            assertThat(site.recording().agents().get("boss").share()).isZero();
            assertThat(site.tokens().keys()).hasSize(1);
        }

        @Test
        @DisplayName("is not written again when the file says the same: seals stay as they are")
        void sameFileChangesNothing() throws Exception {
            SiteState before = store.read();

            assertThat(door().apply(file(SITE), false).diff().isEmpty()).isTrue();

            assertThat(store.read()).isEqualTo(before);
        }

        @Test
        @DisplayName("holds no password and no key that can be read")
        void holdsNoSecrets() throws Exception {
            String all = io.jackfield.storage.site.SiteDocument.write(store.read().rows());

            assertThat(all)
                    .doesNotContain("secret-1001", "sesame", "them", "AAECAwQF")
                    .doesNotContain(Credential.of("boss", REALM, "sesame, open").md5())
                    .contains("sealed:1:");
        }

        @Test
        @DisplayName(
                "shows what a file would change, secrets hidden, and writes nothing when asked")
        void showsDifferences() throws Exception {
            SiteState before = store.read();
            String changed =
                    SITE.replace("sesame, open", "sesame, close")
                            .replace("host: 192.0.2.1", "host: 192.0.2.2")
                            .replace("  - {pattern: \"8700\", queue: \"700\"}\n", "")
                            .replace("AAECAwQF", "BBECAwQF");

            SiteDiff diff = door().apply(file(changed), true).diff();

            assertThat(diff.text())
                    .contains("~ agents boss\n    ha1: ••• -> •••")
                    .contains("~ trunks north\n    host: 192.0.2.1 -> 192.0.2.2")
                    .contains("- numbers 8700")
                    .contains("~ site_sections tokens")
                    .doesNotContain("sesame", "ECAwQF");
            assertThat(diff.summary()).isEqualTo("0 added, 3 changed, 1 removed");
            assertThat(store.read()).isEqualTo(before);
        }

        @Test
        @DisplayName("refuses a file with a mistake and stays as it was")
        void refusesBadFiles() throws Exception {
            SiteState before = store.read();

            assertThatThrownBy(() -> door().apply(file(SITE.replace("boss]", "bos]")), false))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Did you mean boss?");

            assertThat(store.read()).isEqualTo(before);
        }

        @Test
        @DisplayName("takes a plain UPDATE of another tool over as it is committed")
        void takesPlainUpdates() throws Exception {
            SiteWatch watch = watch();
            at.execute("UPDATE trunks SET port = 5099, latch = true WHERE name = 'north'");
            watch.look(store);

            assertThat(inForce).hasSize(1);
            assertThat(inForce.getFirst().trunk("north").orElseThrow().port()).isEqualTo(5099);
            assertThat(inForce.getFirst().trunk("north").orElseThrow().latch()).isTrue();
            assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            PbxEvent.SiteChanged.class,
                            changed -> assertThat(changed.by()).startsWith("sql"));
            assertThat(store.history(1).getFirst().verdict()).isEqualTo(Verdict.APPLIED);
            assertThat(store.history(1).getFirst().summary())
                    .isEqualTo("0 added, 1 changed, 0 removed");

            watch.look(store);
            assertThat(inForce).hasSize(1);
        }

        @Test
        @DisplayName("refuses a bad UPDATE with table, row, column and reason; a good one mends it")
        void refusesBadUpdates() throws Exception {
            SiteWatch watch = watch();
            at.execute("UPDATE trunks SET port = 99999 WHERE name = 'north'");
            watch.look(store);

            assertThat(inForce).isEmpty();
            assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            PbxEvent.SiteRefused.class,
                            refused -> {
                                assertThat(refused.place()).isEqualTo("trunks[north].port");
                                assertThat(refused.reason()).contains("port is '99999'");
                            });
            assertThat(store.history(1).getFirst().verdict()).isEqualTo(Verdict.REFUSED);

            at.execute("UPDATE trunks SET port = 5060 WHERE name = 'north'");
            watch.look(store);
            assertThat(inForce).hasSize(1);
        }

        @Test
        @DisplayName("refuses a password that is not sealed, and one of another row")
        void refusesClearPasswords() throws Exception {
            SiteWatch watch = watch();
            at.execute("UPDATE trunks SET password = 'open' WHERE name = 'north'");
            watch.look(store);
            at.execute("UPDATE agents SET ha1 = '" + ha1("1001") + "' WHERE name = '1002'");
            watch.look(store);

            assertThat(inForce).isEmpty();
            assertThat(events).hasSize(2);
            assertThat(events.getFirst().toString())
                    .contains("trunks[north].password", "not sealed")
                    .doesNotContain("'open'");
            assertThat(events.getLast().toString()).contains("agents[1002].ha1", "does not open");
        }

        private String ha1(String agent) throws Exception {
            return store.read().rows().table(SiteTables.of("agents")).get(agent).get("ha1");
        }

        @Test
        @DisplayName("refuses members of no queue, and sections that have a table")
        void refusesDanglingRows() throws Exception {
            SiteWatch watch = watch();
            at.execute("INSERT INTO queue_members (queue, agent) VALUES ('70', '1001')");
            watch.look(store);
            at.execute("INSERT INTO site_sections (section, body) VALUES ('agents', '[]')");
            watch.look(store);

            assertThat(inForce).isEmpty();
            assertThat(events.getFirst().toString())
                    .contains("queue_members[70/1001]", "there is no queue 70");
            assertThat(events.getLast().toString()).contains("others=1");
        }

        @Test
        @DisplayName("is taken back by one step, a refused change as well as a good one")
        void undoes() throws Exception {
            SiteWatch watch = watch();
            SiteState first = store.read();
            at.execute("UPDATE agents SET display_name = 'New' WHERE name = 'boss'");
            watch.look(store);
            at.execute("DELETE FROM trunks WHERE name = 'north'");
            watch.look(store);
            assertThat(inForce).hasSize(1);

            // the refused one: north is back, the new name stays
            assertThat(door().undo(false).diff().summary())
                    .isEqualTo("1 added, 0 changed, 0 removed");
            assertThat(now().agent("boss").orElseThrow().displayName()).contains("New");

            watch.look(store);
            assertThat(inForce).hasSize(2);
            assertThat(store.history(1).getFirst().undoes())
                    .isPresent()
                    .hasValue(store.version().number() - 1);
            assertThat(loader.opened(first.rows()))
                    .isNotEqualTo(loader.opened(store.read().rows()));
        }

        @Test
        @DisplayName("is not written over what somebody else has just written")
        void noticesOthers() throws Exception {
            SiteState before = store.read();
            at.execute("UPDATE agents SET display_name = 'Theirs' WHERE name = 'boss'");
            io.jackfield.storage.site.SiteChange late =
                    new io.jackfield.storage.site.SiteChange(
                            before.version().number(),
                            List.of(),
                            "late",
                            "",
                            java.util.OptionalLong.empty(),
                            java.util.Optional.empty());

            assertThatThrownBy(() -> store.apply(late))
                    .isInstanceOf(io.jackfield.storage.site.SiteMovedOn.class);
        }

        @Test
        @DisplayName("follows plain UPDATEs within a second (median of 11)")
        void followsWithinASecond() throws Exception {
            BlockingQueue<Site> seen = new LinkedBlockingQueue<>();
            SiteWatch watch =
                    new SiteWatch(
                            at.database(),
                            loader,
                            new SiteSnapshot(folder),
                            store.read(),
                            site -> seen.add(site.calls()),
                            _ -> {});
            watch.start();
            List<Long> millis = new ArrayList<>();
            try {
                for (int i = 0; i < 11; i++) {
                    at.execute("UPDATE trunks SET port = " + (6000 + i) + " WHERE name = 'north'");
                    long committed = System.nanoTime();
                    Site site = seen.poll(60, TimeUnit.SECONDS);
                    millis.add((System.nanoTime() - committed) / 1_000_000);
                    assertThat(site).as("taken over").isNotNull();
                    assertThat(site.trunk("north").orElseThrow().port()).isEqualTo(6000 + i);
                }
            } finally {
                watch.close();
            }
            millis.sort(null);
            System.out.println(at.database().dialect() + " in force after ms: " + millis);
            assertThat(millis.get(5)).isLessThanOrEqualTo(1_000);
        }

        @Test
        @DisplayName("refuses each broken one of 1,000 random edits, and takes over all others")
        void survivesRandomEdits() throws Exception {
            try (Connection tool = at.database().openToWrite()) {
                RandomEdits edits = edits(tool);
                SiteWatch watch = watch();
                int taken = 0;
                int refused = 0;
                for (int i = 0; i < 1_000; i++) {
                    boolean good = edits.next(i);
                    watch.look(store);
                    taken += good ? 1 : 0;
                    refused += good ? 0 : 1;
                    assertThat(inForce).hasSize(taken);
                    assertThat(events.stream().filter(PbxEvent.SiteRefused.class::isInstance))
                            .hasSize(refused);
                    if (taken > 0) {
                        assertThat(edits.isWhole(inForce.getLast())).as("edit " + i).isTrue();
                        assertThat(edits.isLastGood(inForce.getLast())).as("edit " + i).isTrue();
                    }
                }
                assertThat(edits.broken()).isBetween(250, 420);
                System.out.println(
                        at.database().dialect()
                                + ": "
                                + taken
                                + " in force, "
                                + refused
                                + " refused");
            }
        }

        @Test
        @DisplayName("is never half of an edit, however the edits fall into the reading")
        void isNeverHalfApplied() throws Exception {
            SiteWatch watch = watch();
            try (Connection tool = at.database().openToWrite()) {
                RandomEdits edits = edits(tool);
                FutureTask<Boolean> editing =
                        new FutureTask<>(() -> {
                            boolean good = true;
                            for (int i = 0; i < 1_000 || !good; i++) {
                                good = edits.next(i);
                            }
                            return true;
                        });
                Thread.ofPlatform().name("edits").start(editing);
                while (!editing.isDone()) {
                    for (int i = 0; i < 20; i++) {
                        assertThat(RandomEdits.marks(store.read().rows()))
                                .hasSizeLessThanOrEqualTo(1);
                    }
                    watch.look(store);
                }
                assertThat(editing.get()).isTrue();
                watch.look(store);

                System.out.println(at.database().dialect() + ": " + inForce.size() + " in force");
                assertThat(inForce).allMatch(edits::isWhole);
                assertThat(edits.isLastGood(inForce.getLast())).isTrue();
            }
        }

        private RandomEdits edits(Connection tool) throws Exception {
            long seed = Long.getLong("jackfield.seed", System.nanoTime());
            System.out.println(at.database().dialect() + ": -Djackfield.seed=" + seed);
            String sealed =
                    store.read().rows().table(SiteTables.of("trunks")).get("north").get("password");
            return new RandomEdits(RandomGeneratorFactory.getDefault().create(seed), tool, sealed);
        }
    }

    @Nested
    @DisplayName("of SQLite")
    class Sqlite extends Any {
        @Override
        TestDatabase make(Path folder) {
            return TestDatabase.sqlite(folder.resolve("jackfield.db"));
        }
    }

    @Nested
    @DisplayName("of PostgreSQL")
    class Postgresql extends Any {
        @Override
        TestDatabase make(Path folder) {
            return TestDatabase.server(DatabaseServer.Kind.POSTGRESQL);
        }
    }

    @Nested
    @DisplayName("of MariaDB")
    class Mariadb extends Any {
        @Override
        TestDatabase make(Path folder) {
            return TestDatabase.server(DatabaseServer.Kind.MARIADB);
        }
    }
}
