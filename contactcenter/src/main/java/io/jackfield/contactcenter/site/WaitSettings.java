package io.jackfield.contactcenter.site;

import io.jackfield.media.prompt.Language;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What callers meet while they wait.
 *
 * @param lengthMax callers at a time; 1 to 1,000
 * @param waitMax then the caller overflows; 1 s to 24 h
 * @param music name of a prompt
 * @param language in which places and numbers are said
 */
public record WaitSettings(
        int lengthMax,
        Duration waitMax,
        String music,
        Language language,
        Optional<Announcements> announcements,
        Optional<Comfort> comfort) {
    public static final WaitSettings DEFAULT =
            new WaitSettings(
                    100,
                    Duration.ofMinutes(30),
                    "default",
                    Language.ENGLISH,
                    Optional.empty(),
                    Optional.empty());

    /**
     * What callers are told about their place.
     *
     * @param first after so long; 0 s to 1 h
     * @param every and again; 5 s to 1 h
     * @param position whether the position is said
     * @param estimate whether the estimated wait is said, once there is one
     */
    public record Announcements(
            Duration first, Duration every, boolean position, boolean estimate) {}

    /**
     * Prompts to keep callers company, one after the other and from the first again.
     *
     * @param every 5 s to 1 h
     * @param prompts names of files; at least one
     */
    public record Comfort(Duration every, List<String> prompts) {
        public Comfort {
            prompts = List.copyOf(prompts);
        }
    }
}
