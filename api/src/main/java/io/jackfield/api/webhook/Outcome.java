package io.jackfield.api.webhook;

/** What became of one attempt. */
public sealed interface Outcome {
    /** Longest part of an answer that is kept. */
    int ANSWER_BYTES_MAX = 512;

    /** From the look-up of the name to the answer. */
    long millis();

    /**
     * There was an answer.
     *
     * @param status 100 to 999
     * @param answer the first bytes of it
     */
    record Answered(int status, String answer, long millis) implements Outcome {}

    /** There was none; the reason is in words. */
    record Failed(String reason, long millis) implements Outcome {}

    /** Whether the endpoint has taken it: any 2xx. Redirects are not followed. */
    default boolean taken() {
        return this instanceof Answered(var status, _, _) && status >= 200 && status < 300;
    }

    /** In a few words. */
    default String words() {
        return switch (this) {
            case Answered(var status, _, _) -> "answered " + status;
            case Failed(var reason, _) -> reason;
        };
    }
}
