package io.jackfield.storage;

/** The data folder or the database cannot be used at start; the message is for the operator. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, Exception cause) {
        super(message, cause);
    }
}
