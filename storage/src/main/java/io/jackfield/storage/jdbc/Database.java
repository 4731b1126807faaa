package io.jackfield.storage.jdbc;

import io.jackfield.storage.migration.Dialect;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where records and the site are kept.
 *
 * <p>Thread-safety: any thread may open connections; each is used by one platform thread at a time.
 */
public sealed interface Database permits SqliteDatabase, ServerDatabase {
    Dialect dialect();

    /** For messages; holds no password. */
    String name();

    /**
     * A connection that may write, to a database with the newest schema.
     *
     * @throws SQLException when it is away, or its schema cannot be brought up to date
     */
    Connection openToWrite() throws SQLException;

    /** A connection that cannot write. */
    Connection openToRead() throws SQLException;

    /** True when the database may be away while we are well: it is another process. */
    default boolean remote() {
        return dialect() != Dialect.SQLITE;
    }
}
