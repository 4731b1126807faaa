package io.jackfield.storage.ladder;

import io.jackfield.storage.StorageException;
import io.jackfield.storage.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/** The SQLite file: how it is opened, what is in it. */
final class LadderFile {
    private static final System.Logger LOG = System.getLogger(LadderFile.class.getName());

    /** Changes with the tables and with the dictionary of {@link PackedText}. */
    private static final int VERSION = 1;

    /** Rows lie by ladder, so that one call is some pages in a row. */
    private static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE ladder (
                        ladder INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL,
                        began INTEGER NOT NULL, ended INTEGER NOT NULL, caller TEXT NOT NULL,
                        callee TEXT NOT NULL, cause TEXT NOT NULL, status INTEGER NOT NULL)\
                    """,
                    "CREATE INDEX ladder_began ON ladder (began)",
                    """
                    CREATE TABLE dialog (
                        ladder INTEGER NOT NULL, sip_call_id TEXT NOT NULL, leg TEXT NOT NULL,
                        party TEXT NOT NULL)\
                    """,
                    "CREATE INDEX dialog_ladder ON dialog (ladder)",
                    "CREATE INDEX dialog_sip_call_id ON dialog (sip_call_id)",
                    "CREATE INDEX dialog_party ON dialog (party, ladder)",
                    """
                    CREATE TABLE entry (
                        ladder INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,
                        leg TEXT NOT NULL, sent INTEGER NOT NULL, transport TEXT NOT NULL,
                        local TEXT NOT NULL, remote TEXT NOT NULL, title TEXT NOT NULL,
                        body BLOB NOT NULL, PRIMARY KEY (ladder, at)) WITHOUT ROWID\
                    """,
                    "CREATE TABLE quality (ladder INTEGER PRIMARY KEY, body BLOB NOT NULL)",
                    "PRAGMA user_version = " + VERSION);

    private final Path file;

    LadderFile(Path file) {
        this.file = file;
    }

    Connection openToWrite() {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                PrivateFiles.createFolder(folder);
            }
            try {
                return prepared();
            } catch (SQLException damaged) {
                putAside("damaged", damaged.toString());
                return prepared();
            }
        } catch (IOException | SQLException unusable) {
            throw StorageException.ofFolder(file, unusable);
        }
    }

    Connection openToRead() throws SQLException {
        Connection connection = connect(new Properties());
        execute(connection, "PRAGMA query_only = ON");
        execute(connection, "PRAGMA busy_timeout = 5000");
        return connection;
    }

    private Connection prepared() throws SQLException, IOException {
        int version = versionThere();
        if (version != 0 && version != VERSION) {
            putAside("v" + version, "it is of another version of the program");
        }
        PrivateFiles.createFile(file);
        Properties properties = new Properties();
        properties.setProperty("transaction_mode", "IMMEDIATE");
        Connection connection = connect(properties);
        try {
            // readers and the writer do not wait for each other; a killed process loses nothing
            execute(connection, "PRAGMA journal_mode = WAL");
            execute(connection, "PRAGMA synchronous = NORMAL");
            execute(connection, "PRAGMA busy_timeout = 5000");
            if (version(connection) == 0) {
                for (String table : TABLES) {
                    execute(connection, table);
                }
            }
            execute(
                    connection,
                    "UPDATE ladder SET ended = began, cause = 'the server went down' WHERE ended ="
                            + " 0");
            return connection;
        } catch (SQLException unusable) {
            connection.close();
            throw unusable;
        }
    }

    private int versionThere() throws SQLException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Connection connection = connect(new Properties())) {
            return version(connection);
        }
    }

    private void putAside(String suffix, String why) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + "." + suffix);
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is begun anew: {1}. What was in it is in {2}.",
                file,
                why,
                aside.getFileName());
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    }

    private Connection connect(Properties properties) throws SQLException {
        return JDBC.createConnection("jdbc:sqlite:" + file, properties);
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var answer = statement.executeQuery("PRAGMA user_version")) {
            return answer.getInt(1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
