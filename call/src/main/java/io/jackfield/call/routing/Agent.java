package io.jackfield.call.routing;

import java.util.Optional;

/**
 * A person with a phone.
 *
 * @param name user name of the phone and extension at once: letters, digits, {@code . _ -}, at most
 *     64 characters
 * @param displayName what the called one sees beside the number
 * @param credential what a digest response is checked against
 * @param codecPolicy of the legs to the agent's phones
 */
public record Agent(
        String name, Optional<String> displayName, Credential credential, CodecPolicy codecPolicy) {
    private static final int NAME_MAX = 64;

    /** With {@link CodecPolicy#PASSTHROUGH}. */
    public Agent(String name, Optional<String> displayName, Credential credential) {
        this(name, displayName, credential, CodecPolicy.PASSTHROUGH);
    }

    public Agent {
        if (!isName(name)) {
            throw new InvalidSite(
                    "agent name \"" + name + "\": use 1 to 64 letters, digits, dots, _ or -");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= NAME_MAX
                && name.chars()
                        .allMatch(c ->
                                c >= 'a' && c <= 'z'
                                        || c >= 'A' && c <= 'Z'
                                        || c >= '0' && c <= '9'
                                        || c == '.'
                                        || c == '_'
                                        || c == '-');
    }
}
