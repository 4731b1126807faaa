package io.jackfield.contactcenter.ivr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where one caller stands.
 *
 * @param menu the one that is being said or waits for keys
 * @param pressed since it was last said
 * @param said how often
 * @param deadline then the caller has taken too long
 * @param choices what was chosen so far, as {@code menu:key}
 * @param entered numbers by their fields
 * @param hops menus so far
 */
public record MenuState(
        Menu menu,
        String pressed,
        int said,
        Instant deadline,
        List<String> choices,
        Map<String, String> entered,
        int hops) {
    public MenuState {
        choices = List.copyOf(choices);
        entered = Map.copyOf(entered);
    }

    MenuState pressing(String next, Instant until) {
        return new MenuState(menu, next, said, until, choices, entered, hops);
    }

    MenuState sayingAgain(Instant until) {
        return new MenuState(menu, "", said + 1, until, choices, entered, hops);
    }

    MenuState choosing(String choice) {
        List<String> all = new ArrayList<>(choices);
        all.add(choice);
        return new MenuState(menu, "", said, deadline, all, entered, hops);
    }

    MenuState entering(String field, String digits) {
        Map<String, String> all = new TreeMap<>(entered);
        all.put(field, digits);
        return new MenuState(menu, "", said, deadline, choices, all, hops);
    }
}
