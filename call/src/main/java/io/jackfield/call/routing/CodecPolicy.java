package io.jackfield.call.routing;

import java.util.Optional;

/** Which codec a browser's leg is to have, where it could have several. */
public enum CodecPolicy {
    /**
     * One that both legs speak, so that nothing is decoded; another one only where there is none.
     */
    PASSTHROUGH("passthrough"),
    /** Opus whenever the browser speaks it, whatever the other leg has: for bad networks. */
    PREFER_OPUS("prefer-opus"),
    /** As {@link #PASSTHROUGH}, until the browser reports loss; then Opus, by re-INVITE. */
    AUTO("auto");

    private final String word;

    CodecPolicy(String word) {
        this.word = word;
    }

    /** As it is written in configuration. */
    public String word() {
        return word;
    }

    /** The policy of that word. */
    public static Optional<CodecPolicy> of(String word) {
        for (CodecPolicy policy : values()) {
            if (policy.word.equals(word)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
