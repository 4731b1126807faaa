package io.jackfield.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Site;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.storage.StorageException;
import io.jackfield.testkit.database.DatabaseServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The site that a server starts with")
@Timeout(300)
class SiteBaseTest {
    private static final String SITE = "agents:\n  - {name: \"1001\", password: x}\n";

    @TempDir private Path folder;

    @Test
    @DisplayName("is that of the file at the first start, and again whenever the file has changed")
    void takesTheFile() throws Exception {
        site(SITE);
        assertThat(names(start().site().calls())).containsExactly("1001");

        site(SITE.replace("1001", "1002"));
        assertThat(names(start().site().calls())).containsExactly("1002");
    }

    @Test
    @DisplayName("is that of the tables while the file is as it was, or gone")
    void takesTheTables() throws Exception {
        site(SITE);
        start();
        sql("UPDATE agents SET display_name = 'By SQL'");

        assertThat(start().site().calls().agent("1001").orElseThrow().displayName())
                .contains("By SQL");
        Files.delete(folder.resolve("site.yaml"));
        assertThat(start().site().calls().agent("1001").orElseThrow().displayName())
                .contains("By SQL");
    }

    @Test
    @DisplayName("needs a file when the tables were never filled")
    void needsAFile() {
        assertThatThrownBy(this::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("site.yaml: there is no such file");
    }

    @Test
    @DisplayName("is the last good one when the tables cannot be used")
    void takesTheLastGood() throws Exception {
        site(SITE);
        start();
        sql("UPDATE agents SET ha1 = 'clear'");

        assertThat(names(start().site().calls())).containsExactly("1001");
    }

    @Test
    @DisplayName("needs the key of its secrets: with another nothing opens")
    void needsItsKey() throws Exception {
        site(SITE);
        start();
        assertThat(mode("data/site.key")).isEqualTo("rw-------");
        Files.delete(folder.resolve("data/site.key"));

        assertThatThrownBy(this::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("agents[1001].ha1")
                .hasMessageContaining("does not open");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is the snapshot while the database is away; what was changed there comes with it")
    void takesTheSnapshot(DatabaseServer.Kind kind) throws Exception {
        try (DatabaseServer server = TestDatabase.installed(kind)) {
            site(SITE);
            String url = kind.name().toLowerCase(java.util.Locale.ROOT) + "://" + server.address();
            start(url);
            assertThat(mode("data/site.snapshot")).isEqualTo("rw-------");
            server.stop();

            SiteBase base = start(url);
            assertThat(names(base.site().calls())).containsExactly("1001");

            BlockingQueue<Site> inForce = new LinkedBlockingQueue<>();
            BlockingQueue<PbxEvent> events = new LinkedBlockingQueue<>();
            SiteWatch watch = base.follow(site -> inForce.add(site.calls()), events::add);
            try {
                server.start();
                server.execute("UPDATE agents SET display_name = 'Back' WHERE name = '1001'");
                Site site = inForce.poll(120, TimeUnit.SECONDS);
                assertThat(site).isNotNull();
                assertThat(site.agent("1001").orElseThrow().displayName()).contains("Back");
            } finally {
                watch.close();
            }
        }
    }

    @Test
    @DisplayName("cannot be found when the database is away and there is no snapshot")
    void needsOneOfThem() throws Exception {
        site(SITE);
        assertThatThrownBy(() -> start("postgresql://127.0.0.1:1/none"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("postgresql://127.0.0.1:1/none cannot be used")
                .hasMessageNotContaining(DatabaseServer.PASSWORD);
    }

    private SiteBase start() throws IOException {
        return start("");
    }

    private SiteBase start(String url) throws IOException {
        return SiteBase.open(configuration(url));
    }

    private Configuration configuration(String url) throws IOException {
        String database =
                url.isEmpty()
                        ? ""
                        : "database: {url: \""
                                + url
                                + "\", user: "
                                + DatabaseServer.USER
                                + ", password: \""
                                + DatabaseServer.PASSWORD
                                + "\"}\n";
        Path file =
                Files.writeString(
                        folder.resolve("jackfield.yaml"),
                        "domain: pbx.example.com\nmedia: {addresses: [127.0.0.1]}\n" + database);
        return ConfigurationLoader.serve(
                file, Map.of(), Set.of(InetAddress.ofLiteral("127.0.0.1")));
    }

    private void site(String text) throws IOException {
        Files.writeString(folder.resolve("site.yaml"), text);
    }

    private void sql(String statement) throws IOException, SQLException {
        try (Connection connection = configuration("").database().openToWrite();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private static List<String> names(Site site) {
        return site.agents().stream().map(Agent::name).toList();
    }
}
