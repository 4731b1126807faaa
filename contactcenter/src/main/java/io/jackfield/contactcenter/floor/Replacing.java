package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.QueueSettings;
import java.util.Optional;

/**
 * New settings for a floor that works. No running call is touched: who waits in a queue that is
 * gone is served by its old settings, who talks to an agent who is gone goes on talking.
 *
 * <p>Confined to one step.
 */
final class Replacing {
    private final Draft draft;

    Replacing(Draft draft) {
        this.draft = draft;
    }

    void replace(FloorSettings settings) {
        draft.house(settings.zone(), settings.breakReasons());
        settings.queues().forEach(this::set);
        settings.agents().forEach(this::set);
        draft.queues().all().stream()
                .filter(q -> settings.queue(q.settings().id()).isEmpty())
                .forEach(q -> draft.queues().put(q.settings().id(), q.retire()));
        draft.agents().all().stream()
                .filter(a -> settings.agent(a.agent().id()).isEmpty())
                .forEach(a ->
                        draft.agents()
                                .put(
                                        a.agent().id(),
                                        new FloorAgent(a.settings(), true, a.agent())));
    }

    private void set(QueueSettings queue) {
        Optional<QueueState> before = draft.queues().find(queue.id());
        draft.queues()
                .put(
                        queue.id(),
                        before.map(q -> q.settings(queue)).orElseGet(() -> QueueState.of(queue)));
    }

    private void set(AgentSettings agent) {
        Agent before =
                draft.agents()
                        .find(agent.id())
                        .map(FloorAgent::agent)
                        .orElseGet(() -> Agent.of(agent.id(), draft.now()));
        draft.agents().put(agent.id(), new FloorAgent(agent, false, before));
    }
}
