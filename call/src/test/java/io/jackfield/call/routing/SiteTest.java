package io.jackfield.call.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A site")
class SiteTest {
    private static Agent agent(String name) {
        return new Agent(name, Optional.empty(), Credential.of(name, "test", "secret"));
    }

    private static Site of(List<Agent> agents, List<Queue> queues) {
        return new Site(agents, List.of(), List.of(), List.of(), queues);
    }

    @Test
    @DisplayName("finds everybody by name, exactly as written")
    void finds() {
        Agent anna = agent("anna");
        Queue queue = new Queue("700", List.of("anna"));
        Site site = of(List.of(anna, agent("boris")), List.of(queue));
        assertThat(site.agent("anna")).contains(anna);
        assertThat(site.agent("ANNA")).isEmpty();
        assertThat(site.agent("")).isEmpty();
        assertThat(site.queue("700")).contains(queue);
        assertThat(site.queue("7000")).isEmpty();
        assertThat(site.trunk("none")).isEmpty();
        assertThat(Site.EMPTY.agent("anna")).isEmpty();
    }

    @Test
    @DisplayName("stays as it was, whatever becomes of the lists it was made of")
    void immutable() {
        List<Agent> agents = new ArrayList<>(List.of(agent("anna")));
        Site site = of(agents, List.of());
        agents.add(agent("boris"));
        assertThat(site.agents()).hasSize(1);
        assertThat(site.agent("boris")).isEmpty();
        assertThatThrownBy(() -> site.agents().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("with a name twice is refused")
    void twice() {
        assertThatThrownBy(() -> of(List.of(agent("anna"), agent("anna")), List.of()))
                .isInstanceOf(InvalidSite.class)
                .hasMessageContaining("agent anna is there twice");
        assertThatThrownBy(() ->
                        of(
                                List.of(),
                                List.of(new Queue("700", List.of()), new Queue("700", List.of()))))
                .isInstanceOf(InvalidSite.class)
                .hasMessageContaining("queue 700 is there twice");
    }
}
