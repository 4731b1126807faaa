package io.jackfield.contactcenter.ivr;

import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.media.prompt.Language;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question to the caller, and where each answer leads.
 *
 * @param prompts said one after the other
 * @param keys what is pressed: 1 to 8 of the digits, {@code *} and {@code #}; none where a number
 *     is entered
 * @param timeout from the end of the prompts to the first key; 1 s to 60 s
 * @param between from key to key, where more may come; 500 ms to 10 s
 * @param tries how often the prompts are said at most; 1 to 10
 * @param otherwise where callers go who press nothing or nothing known, after all tries
 * @param entry a number that is to be entered; empty where the keys are a choice
 * @param hours when the menu is there
 * @param closed where callers go out of hours
 */
public record Menu(
        String name,
        Language language,
        List<String> prompts,
        Map<String, MenuTarget> keys,
        Duration timeout,
        Duration between,
        int tries,
        MenuTarget otherwise,
        Optional<Entry> entry,
        OpeningHours hours,
        Optional<MenuTarget> closed) {
    /**
     * A number that the caller enters, ended by {@code #} or its length; {@code *} begins anew.
     *
     * @param field what it is called for those who are told
     * @param min digits at least; 1 to 20
     * @param max digits at most; {@code min} to 20
     */
    public record Entry(String field, int min, int max, MenuTarget then) {}

    public Menu {
        prompts = List.copyOf(prompts);
        keys = Map.copyOf(keys);
    }
}
