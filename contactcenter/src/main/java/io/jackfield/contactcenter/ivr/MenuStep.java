package io.jackfield.contactcenter.ivr;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of an event.
 *
 * @param next empty once the caller has left the menus
 * @param say prompts that begin now, in place of what is being said; none: nothing changes
 * @param left where the caller goes; empty while {@code next} is there
 */
public record MenuStep(Optional<MenuState> next, List<String> say, Optional<Left> left) {
    /**
     * The way out.
     *
     * @param to never another menu
     * @param choices as {@code menu:key}, in order
     * @param entered numbers by their fields
     */
    public record Left(MenuTarget to, List<String> choices, Map<String, String> entered) {}

    public MenuStep {
        say = List.copyOf(say);
    }

    static MenuStep stay(MenuState state) {
        return new MenuStep(Optional.of(state), List.of(), Optional.empty());
    }

    static MenuStep say(MenuState state, List<String> prompts) {
        return new MenuStep(Optional.of(state), prompts, Optional.empty());
    }

    static MenuStep leave(MenuTarget to, List<String> choices, Map<String, String> entered) {
        return new MenuStep(
                Optional.empty(), List.of(), Optional.of(new Left(to, choices, entered)));
    }
}
