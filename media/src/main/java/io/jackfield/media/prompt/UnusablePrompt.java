package io.jackfield.media.prompt;

/** A file that cannot be a prompt; the message says why, without the file's name. */
public final class UnusablePrompt extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusablePrompt(String message) {
        super(message);
    }
}
