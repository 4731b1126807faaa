package io.jackfield.storage.jdbc;

import io.jackfield.storage.migration.Dialect;
import io.jackfield.storage.migration.Migrations;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** PostgreSQL or MariaDB. Thread-safety: as {@link Database} says. */
public final class ServerDatabase implements Database {
    /** A host that does not answer is away; the caller tries again by itself. */
    private static final int CONNECT_SECONDS = 3;

    /** A statement of ours takes milliseconds; one that takes this long will not come back. */
    private static final int ANSWER_SECONDS = 15;

    private final Dialect dialect;
    private final String address;
    private final Optional<String> user;
    private final Optional<String> password;

    /**
     * @param address what follows {@code postgresql://} or {@code mariadb://}: host, port, database
     */
    public ServerDatabase(
            Dialect dialect, String address, Optional<String> user, Optional<String> password) {
        this.dialect = dialect;
        this.address = address;
        this.user = user;
        this.password = password;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String name() {
        return scheme() + "://" + address;
    }

    @Override
    public Connection openToWrite() throws SQLException {
        Connection connection = open();
        try {
            new Migrations(dialect).apply(connection);
            return connection;
        } catch (SQLException unusable) {
            connection.close();
            throw unusable;
        }
    }

    @Override
    public Connection openToRead() throws SQLException {
        Connection connection = open();
        connection.setReadOnly(true);
        return connection;
    }

    private Connection open() throws SQLException {
        Connection connection = driver().connect("jdbc:" + name(), properties());
        if (connection == null) {
            throw new SQLException("the driver does not know the URL " + name());
        }
        return connection;
    }

    /** Named here, so that only the driver that is needed is loaded. */
    private Driver driver() throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> new org.postgresql.Driver();
            case MARIADB -> new org.mariadb.jdbc.Driver();
            case SQLITE -> throw new SQLException("SQLite is a file, not a server");
        };
    }

    private String scheme() {
        return switch (dialect) {
            case POSTGRESQL -> "postgresql";
            case MARIADB -> "mariadb";
            case SQLITE -> "sqlite";
        };
    }

    private Properties properties() {
        Properties properties = new Properties();
        user.ifPresent(u -> properties.setProperty("user", u));
        password.ifPresent(p -> properties.setProperty("password", p));
        switch (dialect) {
            case POSTGRESQL -> {
                properties.setProperty("ApplicationName", "jackfield");
                properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
                properties.setProperty("loginTimeout", Integer.toString(2 * CONNECT_SECONDS));
                properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
                properties.setProperty("tcpKeepAlive", "true");
                // or messages would repeat the values: who called whom
                properties.setProperty("logServerErrorDetail", "false");
            }
            case MARIADB -> {
                properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS * 1000));
                properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS * 1000));
            }
            case SQLITE -> {}
        }
        return properties;
    }
}
