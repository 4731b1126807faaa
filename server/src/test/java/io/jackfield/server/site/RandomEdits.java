package io.jackfield.server.site;

import io.jackfield.call.routing.Route;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Target;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Another tool that edits the site at random, a third of the time so that it cannot be used. Every
 * edit is one transaction and puts the same number into the first table that is read, into one in
 * the middle and into a late one, so that half an edit would show.
 */
final class RandomEdits {
    /** Breaks something, and how that is mended. */
    private record Break(String statement, String mend) {}

    private static final List<Break> BREAKS =
            List.of(
                    new Break(
                            "UPDATE trunks SET port = 99999 WHERE name = 'north'",
                            "UPDATE trunks SET port = 5060 WHERE name = 'north'"),
                    new Break(
                            "UPDATE routes SET trunks = 'north, sud' WHERE pattern = '_9X.'",
                            "UPDATE routes SET trunks = 'north, south' WHERE pattern = '_9X.'"),
                    new Break(
                            "UPDATE numbers SET queue = '799' WHERE pattern = '8700'",
                            "UPDATE numbers SET queue = '700' WHERE pattern = '8700'"),
                    new Break(
                            "INSERT INTO queue_members (queue, agent) VALUES ('700', 'nobody')",
                            "DELETE FROM queue_members WHERE agent = 'nobody'"),
                    new Break(
                            "INSERT INTO agents (name, ha1) VALUES ('9999', 'clear')",
                            "DELETE FROM agents WHERE name = '9999'"),
                    new Break(
                            "INSERT INTO queues (number) VALUES ('600')",
                            "DELETE FROM queues WHERE number = '600'"),
                    new Break(
                            "UPDATE routes SET strip = NULL, more = '{stripp: 1}' WHERE pattern ="
                                    + " '_9X.'",
                            "UPDATE routes SET strip = 1, more = NULL WHERE pattern = '_9X.'"),
                    new Break(
                            "UPDATE trunks SET more = '{not: [yaml' WHERE name = 'south'",
                            "UPDATE trunks SET more = NULL WHERE name = 'south'"),
                    new Break(
                            "INSERT INTO site_sections (section, body) VALUES ('agent', '[]')",
                            "DELETE FROM site_sections WHERE section = 'agent'"),
                    new Break(
                            "UPDATE trunks SET password = 'in the clear' WHERE name = 'north'",
                            ""));

    private final RandomGenerator random;
    private final Connection connection;
    private final String sealedPassword;
    private final Set<String> brokenNumbers = new HashSet<>();
    private String mend = "";
    private String lastGood = "";
    private int good;
    private int broken;

    /**
     * @param connection of its own, to the same tables
     */
    RandomEdits(RandomGenerator random, Connection connection, String sealedPassword) {
        this.random = random;
        this.connection = connection;
        this.sealedPassword = sealedPassword;
    }

    /** Does one; true when the site is good after it. */
    boolean next(int number) throws SQLException {
        List<String> statements = new ArrayList<>();
        if (!mend.isEmpty()) {
            statements.add(mend);
            mend = "";
        }
        String mark = "+" + (1_000_000 + number);
        statements.add("UPDATE routes SET caller_id = '" + mark + "' WHERE pattern = '_9X.'");
        statements.add("UPDATE trunks SET caller_id = '" + mark + "' WHERE name = 'north'");
        statements.add(harmless());
        boolean breaks = random.nextInt(3) == 0;
        if (breaks) {
            Break chosen = BREAKS.get(random.nextInt(BREAKS.size()));
            statements.add(chosen.statement());
            mend =
                    chosen.mend().isEmpty()
                            ? "UPDATE trunks SET password = '"
                                    + sealedPassword
                                    + "' WHERE name = 'north'"
                            : chosen.mend();
            brokenNumbers.add(mark);
            broken++;
        } else {
            lastGood = mark;
            good++;
        }
        statements.add("UPDATE trunks SET caller_id = '" + mark + "' WHERE name = 'south'");
        statements.add("UPDATE agents SET display_name = '" + mark + "' WHERE name = 'boss'");
        commit(statements);
        return !breaks;
    }

    private String harmless() {
        return switch (random.nextInt(4)) {
            case 0 ->
                    "UPDATE agents SET display_name = 'Name "
                            + random.nextInt(100)
                            + "' WHERE name = '100"
                            + (1 + random.nextInt(4))
                            + "'";
            case 1 -> "DELETE FROM queue_members WHERE queue = '701'";
            case 2 ->
                    "UPDATE queue_members SET place = "
                            + random.nextInt(10)
                            + " WHERE agent = 'boss'";
            default ->
                    "UPDATE routes SET prepend = '" + random.nextInt(1_000) + "' WHERE strip = 1";
        };
    }

    private void commit(List<String> statements) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** True when this site is one that was good as a whole. */
    boolean isWhole(Site site) {
        String north = mark(site, "north");
        return north.equals(mark(site, "south"))
                && site.agent("boss").orElseThrow().displayName().equals(Optional.of(north))
                && site.routes().stream()
                        .filter(route -> route.pattern().text().equals("_9X."))
                        .map(Route::target)
                        .allMatch(target ->
                                target instanceof Target.ToTrunks to
                                        && to.callerId().equals(Optional.of(north)))
                && !brokenNumbers.contains(north);
    }

    /**
     * The numbers in these rows: one, unless they are of different moments; none before the first.
     */
    static Set<String> marks(SiteRows rows) {
        Set<String> marks = new HashSet<>();
        Map<String, String> places = Map.of("agents", "boss", "routes", "_9X.", "trunks", "south");
        places.forEach((table, key) -> {
            Map<String, String> row = rows.table(SiteTables.of(table)).getOrDefault(key, Map.of());
            String column = table.equals("agents") ? "display_name" : "caller_id";
            String mark = row.getOrDefault(column, "none");
            marks.add(mark.matches("\\+\\d{7}") ? mark : "none");
        });
        return marks;
    }

    /** True when this is the last one that was good. */
    boolean isLastGood(Site site) {
        return mark(site, "north").equals(lastGood);
    }

    private static String mark(Site site, String trunk) {
        return site.trunk(trunk).orElseThrow().callerId().orElse("");
    }

    int good() {
        return good;
    }

    int broken() {
        return broken;
    }
}
