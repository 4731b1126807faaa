package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * The dialog whose place a new one is to take, as its recipient knows it (RFC 3891 §3): the
 * recipient's own tag is {@code toTag}.
 *
 * @param earlyOnly only if that dialog has not been answered
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
    public static final String HEADER = "Replaces";

    /** Reads the header's value; empty when it is of another form, or a tag is missing. */
    public static Optional<Replaces> parse(String value) {
        int end = value.indexOf(';');
        if (end < 1) {
            return Optional.empty();
        }
        String callId = value.substring(0, end).strip();
        return Values.parse(value.substring(end), AddressReader::headerParameters)
                .flatMap(parameters -> of(callId, parameters));
    }

    private static Optional<Replaces> of(String callId, Parameters parameters) {
        Optional<String> to = parameters.value("to-tag");
        Optional<String> from = parameters.value("from-tag");
        return callId.isEmpty() || to.isEmpty() || from.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Replaces(callId, to.get(), from.get(), parameters.has("early-only")));
    }

    /** The header's value. */
    public String text() {
        return callId
                + ";to-tag="
                + toTag
                + ";from-tag="
                + fromTag
                + (earlyOnly ? ";early-only" : "");
    }
}
