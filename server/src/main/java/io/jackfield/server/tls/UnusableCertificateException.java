package io.jackfield.server.tls;

/** A certificate or key cannot be used; the message says which file, why, and what to do. */
public final class UnusableCertificateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String message, Exception cause) {
        super(message, cause);
    }

    UnusableCertificateException(String message) {
        super(message);
    }
}
