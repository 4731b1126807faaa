package io.jackfield.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Work that a database takes as a whole or not at all. */
public final class Transaction {
    private Transaction() {}

    /** What is done within a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Runs work in a transaction of its own; afterwards the connection holds no lock.
     *
     * @throws SQLException as the work did, everything undone
     */
    public static <T> T in(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException failed) {
            rollBack(connection, failed);
            throw failed;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
        }
    }
}
