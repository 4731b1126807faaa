package io.jackfield.contactcenter.ivr;

import io.jackfield.media.prompt.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The rules of menus. Pure; any thread. */
public final class MenuRules {
    /** Menus one after the other; a ring of menus ends there. */
    static final int HOPS_MAX = 20;

    private final Map<String, Menu> menus;
    private final BiFunction<Menu, List<String>, Duration> lengths;

    /**
     * @param menus by name
     * @param lengths how long it takes to say these prompts of that menu
     */
    public MenuRules(Map<String, Menu> menus, BiFunction<Menu, List<String>, Duration> lengths) {
        this.menus = Map.copyOf(menus);
        this.lengths = lengths;
    }

    /** A caller comes to that menu. */
    public MenuStep enter(String name, Instant now) {
        return goTo(new MenuTarget.ToMenu(name), List.of(), Map.of(), 0, now);
    }

    /**
     * A caller in a menu presses a key: a digit, {@code *} or {@code #}; others are passed over.
     */
    public MenuStep pressed(MenuState state, char key, Instant now) {
        if ("0123456789*#".indexOf(key) < 0) {
            return MenuStep.stay(state);
        }
        return state.menu()
                .entry()
                .map(entry -> entering(state, entry, key, now))
                .orElseGet(() -> choosing(state, state.pressed() + key, now));
    }

    /** The deadline of that state has passed. */
    public MenuStep timeOut(MenuState state, Instant now) {
        if (now.isBefore(state.deadline())) {
            return MenuStep.stay(state);
        }
        if (state.pressed().isEmpty()) {
            return again(state, state.menu().prompts(), now);
        }
        Optional<Menu.Entry> entry = state.menu().entry();
        if (entry.isPresent()) {
            return entered(state, entry.get(), now);
        }
        MenuTarget chosen = state.menu().keys().get(state.pressed());
        return chosen == null ? invalid(state, now) : choose(state, state.pressed(), chosen, now);
    }

    // ---- a choice

    private MenuStep choosing(MenuState state, String pressed, Instant now) {
        Map<String, MenuTarget> keys = state.menu().keys();
        MenuTarget chosen = keys.get(pressed);
        boolean moreMayCome =
                keys.keySet().stream()
                        .anyMatch(k -> k.length() > pressed.length() && k.startsWith(pressed));
        if (moreMayCome) {
            return MenuStep.stay(state.pressing(pressed, now.plus(state.menu().between())));
        }
        return chosen == null ? invalid(state, now) : choose(state, pressed, chosen, now);
    }

    private MenuStep choose(MenuState state, String pressed, MenuTarget chosen, Instant now) {
        MenuState next = state.choosing(state.menu().name() + ":" + pressed);
        return goTo(chosen, next.choices(), next.entered(), state.hops(), now);
    }

    // ---- a number

    private MenuStep entering(MenuState state, Menu.Entry entry, char key, Instant now) {
        if (key == '#') {
            return entered(state, entry, now);
        }
        if (key == '*') {
            return MenuStep.stay(state.pressing("", now.plus(state.menu().timeout())));
        }
        String digits = state.pressed() + key;
        MenuState next = state.pressing(digits, now.plus(state.menu().between()));
        return digits.length() == entry.max() ? entered(next, entry, now) : MenuStep.stay(next);
    }

    private MenuStep entered(MenuState state, Menu.Entry entry, Instant now) {
        if (state.pressed().length() < entry.min()) {
            return invalid(state, now);
        }
        MenuState next = state.entering(entry.field(), state.pressed());
        return goTo(entry.then(), next.choices(), next.entered(), state.hops(), now);
    }

    // ---- nothing of use

    private MenuStep invalid(MenuState state, Instant now) {
        List<String> prompts = new ArrayList<>();
        prompts.add(Phrases.INVALID);
        prompts.addAll(state.menu().prompts());
        return again(state, prompts, now);
    }

    private MenuStep again(MenuState state, List<String> prompts, Instant now) {
        Menu menu = state.menu();
        if (state.said() >= menu.tries()) {
            return goTo(menu.otherwise(), state.choices(), state.entered(), state.hops(), now);
        }
        return MenuStep.say(state.sayingAgain(patience(menu, prompts, now)), prompts);
    }

    private Instant patience(Menu menu, List<String> prompts, Instant now) {
        return now.plus(lengths.apply(menu, prompts)).plus(menu.timeout());
    }

    // ---- the way

    private MenuStep goTo(
            MenuTarget target,
            List<String> choices,
            Map<String, String> entered,
            int hops,
            Instant now) {
        MenuTarget to = target;
        int count = hops;
        while (to instanceof MenuTarget.ToMenu(var name)) {
            Menu menu = menus.get(name);
            if (menu == null || count >= HOPS_MAX) {
                return MenuStep.leave(new MenuTarget.HangUp(), choices, entered);
            }
            count++;
            if (menu.hours().isOpen(now)) {
                Instant until = patience(menu, menu.prompts(), now);
                return MenuStep.say(
                        new MenuState(menu, "", 1, until, choices, entered, count), menu.prompts());
            }
            to = menu.closed().orElse(menu.otherwise());
        }
        return MenuStep.leave(to, choices, entered);
    }
}
