package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.ivr.MenuTarget;
import io.jackfield.media.prompt.Language;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A menu of the site")
class MenuReaderTest {
    private static final String BASE =
            """
            agents:
              - {name: anna, password: anna-secret}
            queues:
              - {number: "700", members: [anna]}
            menus:
            """;

    private static Menu menu(String keys) {
        return SiteLoader.read("site.yaml", BASE + "  - name: main\n" + keys.indent(4), "realm")
                .menus()
                .values()
                .iterator()
                .next();
    }

    private static String faults(String keys) {
        ConfigurationException wrong =
                catchThrowableOfType(ConfigurationException.class, () -> menu(keys));
        assertThat(wrong).as(keys).isNotNull();
        return wrong.problems().toString();
    }

    @Test
    @DisplayName("says what is heard, what may be pressed, and where that leads")
    void choice() {
        Menu menu =
                menu(
                        """
                        prompts: [please-wait, busy]
                        language: ru
                        keys: {"1": {queue: "700"}, "12": {number: "1002"}, "#": hangup, "9": {menu: main}}
                        timeout: 4s
                        between: 1s
                        tries: 2
                        otherwise: {message: busy}
                        """);
        assertThat(menu.keys())
                .isEqualTo(
                        Map.of(
                                "1", new MenuTarget.ToQueue("700"),
                                "12", new MenuTarget.ToNumber("1002"),
                                "#", new MenuTarget.HangUp(),
                                "9", new MenuTarget.ToMenu("main")));
        assertThat(menu.prompts()).containsExactly("please-wait", "busy");
        assertThat(menu.language()).isEqualTo(Language.RUSSIAN);
        assertThat(menu.timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(menu.between()).isEqualTo(Duration.ofSeconds(1));
        assertThat(menu.tries()).isEqualTo(2);
        assertThat(menu.otherwise()).isEqualTo(new MenuTarget.ToMessage("busy"));
    }

    @Test
    @DisplayName("that cannot be is told why, with what it may be")
    void refused() {
        String good = "prompts: [busy]\nkeys: {\"1\": hangup}\notherwise: hangup\n";
        assertThat(menu(good)).isNotNull();
        assertThat(faults("prompts: [busi]\nkeys: {\"1\": hangup}\notherwise: hangup"))
                .contains("Did you mean busy?");
        assertThat(faults("prompts: [busy]\notherwise: hangup")).contains("asks for nothing");
        assertThat(faults("prompts: [busy]\nkeys: {\"1\": hangup}"))
                .contains("otherwise is missing");
        assertThat(faults("prompts: [busy]\nkeys: {\"x\": hangup}\notherwise: hangup"))
                .contains("x cannot be pressed");
        assertThat(faults("prompts: [busy]\nkeys: {\"1\": {queue: \"701\"}}\notherwise: hangup"))
                .contains("leads to no such queue", "Did you mean 700?");
        assertThat(faults("prompts: [busy]\nkeys: {\"1\": hangup}\notherwise: {menu: main}"))
                .contains("go round for ever");
        assertThat(faults("prompts: [busy]\nkeys: {\"1\": now}\notherwise: hangup"))
                .contains("{queue: …}");
        assertThat(faults(good + "entry: {field: a, then: hangup}"))
                .contains("has both keys and an entry");
        assertThat(
                        faults(
                                "prompts: [busy]\nentry: {field: a, min: 5, max: 3, then: hangup}\n"
                                        + "otherwise: hangup"))
                .contains("max is below min");
        assertThat(faults(good + "tires: 3")).contains("Did you mean tries?");
    }

    @Test
    @DisplayName("can be where a number leads to, if it is there")
    void number() {
        String site =
                BASE
                        + "  - {name: main, prompts: [busy], keys: {\"1\": hangup}, otherwise: hangup}\n"
                        + "numbers:\n  - {pattern: \"8700\", menu: %s}\n";
        assertThat(SiteLoader.read("site.yaml", site.formatted("main"), "realm").menus())
                .containsKey("main");
        ConfigurationException wrong =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () -> SiteLoader.read("site.yaml", site.formatted("mian"), "realm"));
        assertThat(wrong.problems().toString()).contains("Did you mean main?");
    }
}
