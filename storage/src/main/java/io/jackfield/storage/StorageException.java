package io.jackfield.storage;

import java.nio.file.Path;

/** The data folder or the database cannot be used at start; the message is for the operator. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, Exception cause) {
        super(message, cause);
    }

    /** That a folder cannot be used. */
    public static StorageException ofFolder(Path folder, Exception cause) {
        return new StorageException(
                "The folder " + folder + " cannot be used: " + cause.getMessage(), cause);
    }

    /** That a database cannot be used. */
    public static StorageException ofDatabase(String name, Exception cause) {
        return new StorageException(
                "The database "
                        + name
                        + " cannot be used: "
                        + cause.getMessage()
                        + "\n    Check that it runs and lets us in, or set database.url.",
                cause);
    }
}
