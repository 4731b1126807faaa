package io.jackfield.contactcenter.ivr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds what is wrong with menus as a whole: targets that are not there, and rings. Pure. */
public final class MenuCheck {
    /**
     * One thing that is wrong.
     *
     * @param menu its name
     * @param known what could be named instead, where that is a list
     */
    public record Fault(String menu, String value, String reason, Set<String> known) {}

    private final Map<String, Menu> menus;
    private final Set<String> queues;
    private final List<Fault> faults = new ArrayList<>();

    private MenuCheck(Map<String, Menu> menus, Set<String> queues) {
        this.menus = menus;
        this.queues = queues;
    }

    /**
     * @param menus by name
     * @param queues that callers may be sent to
     */
    public static List<Fault> faults(Map<String, Menu> menus, Set<String> queues) {
        MenuCheck check = new MenuCheck(new TreeMap<>(menus), queues);
        check.menus.values().forEach(check::check);
        return List.copyOf(check.faults);
    }

    private void check(Menu menu) {
        new TreeMap<>(menu.keys()).values().forEach(target -> known(menu, target));
        known(menu, menu.otherwise());
        menu.closed().ifPresent(target -> known(menu, target));
        menu.entry().ifPresent(entry -> known(menu, entry.then()));
        if (menu.keys().isEmpty() && menu.entry().isEmpty()) {
            fault(menu, "", "asks for nothing: give it keys or an entry");
        }
        endsWithout(menu, "press nothing", Menu::otherwise);
        endsWithout(menu, "call out of hours", m -> m.closed().orElse(m.otherwise()));
    }

    private void known(Menu menu, MenuTarget target) {
        switch (target) {
            case MenuTarget.ToMenu(var name) -> known(menu, name, menus.keySet(), "menu");
            case MenuTarget.ToQueue(var number) -> known(menu, number, queues, "queue");
            case MenuTarget.ToNumber _, MenuTarget.ToMessage _, MenuTarget.HangUp _ -> {}
        }
    }

    private void known(Menu menu, String value, Set<String> all, String kind) {
        if (!all.contains(value)) {
            faults.add(new Fault(menu.name(), value, "leads to no such " + kind, all));
        }
    }

    /** Who does nothing must come to an end. */
    private void endsWithout(Menu menu, String who, Function<Menu, MenuTarget> way) {
        Set<String> seen = new HashSet<>();
        Menu at = menu;
        while (seen.add(at.name())) {
            if (!(way.apply(at) instanceof MenuTarget.ToMenu(var next))
                    || !menus.containsKey(next)) {
                return;
            }
            at = menus.getOrDefault(next, at);
        }
        fault(menu, at.name(), "callers who " + who + " go round for ever; let one menu end");
    }

    private void fault(Menu menu, String value, String reason) {
        faults.add(new Fault(menu.name(), value, reason, Set.of()));
    }
}
