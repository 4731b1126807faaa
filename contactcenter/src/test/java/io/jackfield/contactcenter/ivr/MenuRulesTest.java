package io.jackfield.contactcenter.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.media.prompt.Language;
import io.jackfield.testkit.Seed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A menu")
class MenuRulesTest {
    /** A Monday. */
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Duration PROMPT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final MenuTarget SALES = new MenuTarget.ToQueue("700");
    private static final MenuTarget ORDERS = new MenuTarget.ToQueue("701");
    private static final MenuTarget END = new MenuTarget.ToMessage("busy");

    private static Menu menu(String name, Map<String, MenuTarget> keys) {
        return new Menu(
                name,
                Language.ENGLISH,
                List.of("welcome"),
                keys,
                TIMEOUT,
                BETWEEN,
                2,
                END,
                Optional.empty(),
                OpeningHours.ALWAYS,
                Optional.empty());
    }

    private static Menu asking(String name, int min, int max, MenuTarget then) {
        return new Menu(
                name,
                Language.ENGLISH,
                List.of("number"),
                Map.of(),
                TIMEOUT,
                BETWEEN,
                2,
                END,
                Optional.of(new Menu.Entry("order", min, max, then)),
                OpeningHours.ALWAYS,
                Optional.empty());
    }

    private static Menu open(Menu menu, OpeningHours hours, Optional<MenuTarget> closed) {
        return new Menu(
                menu.name(),
                menu.language(),
                menu.prompts(),
                menu.keys(),
                menu.timeout(),
                menu.between(),
                menu.tries(),
                menu.otherwise(),
                menu.entry(),
                hours,
                closed);
    }

    /** One caller in these menus, in virtual time. */
    private static final class Caller {
        private final MenuRules rules;
        private Instant now = NOON;
        private MenuStep step;

        Caller(String first, Menu... menus) {
            Map<String, Menu> all = new HashMap<>();
            List.of(menus).forEach(m -> all.put(m.name(), m));
            rules = new MenuRules(all, (_, prompts) -> PROMPT.multipliedBy(prompts.size()));
            step = rules.enter(first, now);
        }

        MenuState state() {
            return step.next().orElseThrow();
        }

        Caller presses(String keys) {
            for (char key : keys.toCharArray()) {
                step = rules.pressed(state(), key, now);
            }
            return this;
        }

        Caller waits(Duration time) {
            now = now.plus(time);
            step = rules.timeOut(state(), now);
            return this;
        }

        MenuTarget left() {
            return step.left().orElseThrow().to();
        }
    }

    @Test
    @DisplayName("is said, and its keys lead on, also while it is said")
    void choice() {
        Caller caller = new Caller("main", menu("main", Map.of("1", SALES, "2", ORDERS)));
        assertThat(caller.step.say()).containsExactly("welcome");
        assertThat(caller.presses("2").left()).isEqualTo(ORDERS);
        assertThat(caller.step.left().orElseThrow().choices()).containsExactly("main:2");
        assertThat(caller.step.next()).isEmpty();
    }

    @Test
    @DisplayName("is said again to who presses nothing, from the end of what is said, then it ends")
    void nothingPressed() {
        Caller caller = new Caller("main", menu("main", Map.of("1", SALES)));
        assertThat(caller.waits(PROMPT.plus(TIMEOUT).minusMillis(1)).step.say()).isEmpty();
        assertThat(caller.waits(Duration.ofMillis(1)).step.say()).containsExactly("welcome");
        assertThat(caller.waits(PROMPT.plus(TIMEOUT)).left()).isEqualTo(END);
    }

    @Test
    @DisplayName("tells who presses something unknown, then it ends")
    void invalid() {
        Caller caller = new Caller("main", menu("main", Map.of("1", SALES)));
        assertThat(caller.presses("9").step.say()).containsExactly("invalid", "welcome");
        assertThat(caller.waits(PROMPT.multipliedBy(2)).step.say()).isEmpty();
        assertThat(caller.presses("9").left()).isEqualTo(END);
    }

    @Test
    @DisplayName("waits for the next key where one begins another")
    void longestMatch() {
        Menu menu = menu("main", Map.of("1", SALES, "12", ORDERS, "34", SALES));
        assertThat(new Caller("main", menu).presses("12").left()).isEqualTo(ORDERS);
        Caller hesitant = new Caller("main", menu).presses("1");
        assertThat(hesitant.waits(BETWEEN.minusMillis(1)).step.left()).isEmpty();
        assertThat(hesitant.waits(Duration.ofMillis(1)).left()).isEqualTo(SALES);
        Caller incomplete = new Caller("main", menu).presses("3");
        assertThat(incomplete.waits(BETWEEN).step.say()).containsExactly("invalid", "welcome");
        assertThat(incomplete.state().pressed()).isEmpty();
        assertThat(new Caller("main", menu).presses("13").step.say()).startsWith("invalid");
    }

    @Test
    @DisplayName("leads to another one, which knows what was chosen before")
    void further() {
        Caller caller =
                new Caller(
                        "main",
                        menu("main", Map.of("1", new MenuTarget.ToMenu("more"))),
                        menu("more", Map.of("2", ORDERS, "9", new MenuTarget.ToMenu("main"))));
        assertThat(caller.presses("1").step.say()).containsExactly("welcome");
        assertThat(caller.presses("912").left()).isEqualTo(ORDERS);
        assertThat(caller.step.left().orElseThrow().choices())
                .containsExactly("main:1", "more:9", "main:1", "more:2");
    }

    @Test
    @DisplayName("is no place to go round in for ever")
    void rounds() {
        Caller caller =
                new Caller("main", menu("main", Map.of("1", new MenuTarget.ToMenu("main"))));
        for (int i = 1; i < MenuRules.HOPS_MAX; i++) {
            caller.presses("1");
        }
        assertThat(caller.presses("1").left()).isEqualTo(new MenuTarget.HangUp());
    }

    @Test
    @DisplayName("that is not there is the end")
    void missing() {
        assertThat(new Caller("gone").left()).isEqualTo(new MenuTarget.HangUp());
    }

    @Test
    @DisplayName("takes a number, ended by # or its length; * begins anew")
    void entry() {
        Menu menu = asking("order", 3, 5, SALES);
        Caller short3 = new Caller("order", menu).presses("123#");
        assertThat(short3.left()).isEqualTo(SALES);
        assertThat(short3.step.left().orElseThrow().entered()).containsEntry("order", "123");
        assertThat(new Caller("order", menu).presses("12345").left()).isEqualTo(SALES);
        assertThat(new Caller("order", menu).presses("12#").step.say())
                .containsExactly("invalid", "number");
        Caller anew = new Caller("order", menu).presses("99*123");
        assertThat(anew.waits(BETWEEN).left()).isEqualTo(SALES);
        assertThat(anew.step.left().orElseThrow().entered()).containsEntry("order", "123");
        Caller slow = new Caller("order", menu).presses("12").waits(BETWEEN);
        assertThat(slow.step.say()).containsExactly("invalid", "number");
        assertThat(new Caller("order", menu).presses("1A23#").left()).isEqualTo(SALES);
    }

    @Test
    @DisplayName("that is closed leads on at once")
    void closed() {
        OpeningHours tuesdays =
                new OpeningHours(
                        ZoneId.of("UTC"),
                        Map.of(DayOfWeek.TUESDAY, List.of(OpeningHours.Range.ofHours(9, 18))),
                        Map.of());
        Menu plain = menu("main", Map.of("1", SALES));
        assertThat(new Caller("main", open(plain, tuesdays, Optional.of(ORDERS))).left())
                .isEqualTo(ORDERS);
        assertThat(new Caller("main", open(plain, tuesdays, Optional.empty())).left())
                .isEqualTo(END);
        assertThat(new Caller("main", plain).step.left()).isEmpty();
    }

    @Test
    @DisplayName("is found without an end, without a question, or with a way to nowhere")
    void check() {
        Menu ring = otherwise(menu("ring", Map.of("1", SALES)), new MenuTarget.ToMenu("back"));
        Menu back = otherwise(menu("back", Map.of("1", SALES)), new MenuTarget.ToMenu("ring"));
        assertThat(faults(ring, back))
                .anyMatch(f -> f.contains("callers who press nothing go round for ever"));
        assertThat(faults(menu("mute", Map.of()))).anyMatch(f -> f.contains("asks for nothing"));
        assertThat(faults(menu("lost", Map.of("1", new MenuTarget.ToMenu("los")))))
                .anyMatch(f -> f.contains("leads to no such menu"));
        assertThat(faults(menu("lost", Map.of("1", new MenuTarget.ToQueue("799")))))
                .anyMatch(f -> f.contains("leads to no such queue"));
        Menu night =
                open(
                        menu("night", Map.of("1", SALES)),
                        OpeningHours.ALWAYS,
                        Optional.of(new MenuTarget.ToMenu("night")));
        assertThat(faults(night)).anyMatch(f -> f.contains("call out of hours go round"));
        assertThat(faults(menu("good", Map.of("1", SALES, "2", ORDERS)))).isEmpty();
    }

    private static Menu otherwise(Menu menu, MenuTarget target) {
        return new Menu(
                menu.name(),
                menu.language(),
                menu.prompts(),
                menu.keys(),
                menu.timeout(),
                menu.between(),
                menu.tries(),
                target,
                menu.entry(),
                menu.hours(),
                menu.closed());
    }

    private static List<String> faults(Menu... menus) {
        Map<String, Menu> all = new HashMap<>();
        List.of(menus).forEach(m -> all.put(m.name(), m));
        return MenuCheck.faults(all, Set.of("700", "701")).stream()
                .map(MenuCheck.Fault::reason)
                .toList();
    }

    // ---- the model

    private static final int EVENTS = 200_000;
    private static final String KEYS = "0123456789*#A";

    @Test
    @DisplayName(
            "of any kind has every caller out in time, by a way that it names (200,000 events)")
    void model() {
        Seed seed = Seed.printed("MenuRulesTest");
        RandomGenerator random = seed.random();
        int left = 0;
        for (int event = 0; event < EVENTS; ) {
            Map<String, Menu> menus = anyMenus(random);
            MenuRules rules =
                    new MenuRules(menus, (_, prompts) -> PROMPT.multipliedBy(prompts.size()));
            Instant now = NOON;
            MenuStep step = rules.enter("m0", now);
            int said = step.say().isEmpty() ? 0 : 1;
            while (step.next().isPresent()) {
                event++;
                MenuState state = step.next().get();
                assertThat(state.deadline()).isAfterOrEqualTo(now);
                assertThat(state.said()).isLessThanOrEqualTo(state.menu().tries());
                assertThat(state.hops()).isLessThanOrEqualTo(MenuRules.HOPS_MAX);
                assertThat(state.pressed().length()).isLessThanOrEqualTo(20);
                Instant later = now.plusMillis(random.nextInt(1_500));
                if (random.nextInt(3) == 0 || !later.isBefore(state.deadline())) {
                    now = state.deadline();
                    step = rules.timeOut(state, now);
                } else {
                    now = later;
                    step = rules.pressed(state, KEYS.charAt(random.nextInt(KEYS.length())), now);
                }
                said += step.say().isEmpty() ? 0 : 1;
                assertThat(said).isLessThanOrEqualTo(MenuRules.HOPS_MAX * 10 + 1);
            }
            MenuStep.Left way = step.left().orElseThrow();
            assertThat(way.to()).isNotInstanceOf(MenuTarget.ToMenu.class);
            assertThat(step.say()).isEmpty();
            for (String choice : way.choices()) {
                String[] parts = choice.split(":");
                assertThat(menus.get(parts[0]).keys()).containsKey(parts[1]);
            }
            way.entered().values().forEach(v -> assertThat(v).matches("[0-9]{1,6}"));
            left++;
        }
        assertThat(left).isGreaterThan(EVENTS / 100);
    }

    private static Map<String, Menu> anyMenus(RandomGenerator random) {
        int count = 1 + random.nextInt(4);
        Map<String, Menu> menus = new HashMap<>();
        for (int i = 0; i < count; i++) {
            boolean entry = random.nextInt(4) == 0;
            int min = 1 + random.nextInt(3);
            menus.put(
                    "m" + i,
                    new Menu(
                            "m" + i,
                            Language.ENGLISH,
                            List.of("p"),
                            entry ? Map.of() : anyKeys(random, count),
                            TIMEOUT,
                            BETWEEN,
                            1 + random.nextInt(3),
                            anyTarget(random, count),
                            entry
                                    ? Optional.of(
                                            new Menu.Entry(
                                                    "f",
                                                    min,
                                                    min + random.nextInt(4),
                                                    anyTarget(random, count)))
                                    : Optional.empty(),
                            OpeningHours.ALWAYS,
                            Optional.empty()));
        }
        return menus;
    }

    private static Map<String, MenuTarget> anyKeys(RandomGenerator random, int menus) {
        Map<String, MenuTarget> keys = new HashMap<>();
        List<String> all = new ArrayList<>(List.of("1", "2", "12", "123", "#", "*0", "9"));
        for (String key : all) {
            if (random.nextBoolean()) {
                keys.put(key, anyTarget(random, menus));
            }
        }
        return keys;
    }

    private static MenuTarget anyTarget(RandomGenerator random, int menus) {
        return switch (random.nextInt(5)) {
            case 0 -> SALES;
            case 1 -> new MenuTarget.ToNumber("1001");
            case 2 -> new MenuTarget.HangUp();
            default -> new MenuTarget.ToMenu("m" + random.nextInt(menus));
        };
    }
}
