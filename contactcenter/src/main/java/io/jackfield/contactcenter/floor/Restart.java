package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.agent.AgentEvent;
import io.jackfield.contactcenter.agent.Conversation;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import java.util.List;
import java.util.Set;

/**
 * A stored floor goes on in another process. Places and promises are kept; what was ringing rings
 * anew; agents have their grace to come back.
 *
 * <p>Confined to one step.
 */
final class Restart {
    private final Draft draft;

    Restart(Draft draft) {
        this.draft = draft;
    }

    void run(Set<CallId> alive) {
        draft.offers().all().forEach(draft.offering()::withdraw);
        for (QueueState queue : draft.queues().all()) {
            queue.callbacks().stream()
                    .filter(c -> c.dialling().isPresent())
                    .forEach(c -> draft.callbacks().startAgain(queue, c));
            queue.callers().forEach(c -> caller(queue, c, alive));
        }
        draft.agents().all().forEach(a -> agent(a.agent(), alive));
    }

    private void caller(QueueState queue, Place.Caller caller, Set<CallId> alive) {
        if (alive.contains(caller.call())) {
            draft.effect(
                    new FloorEffect.Park(
                            caller.call(),
                            queue.settings().id(),
                            queue.settings().waiting().music()));
        } else {
            draft.callers().abandoned(new Callers.Waiting(queue, caller));
        }
    }

    private void agent(Agent agent, Set<CallId> alive) {
        List<Conversation> calls = agent.onCall().map(c -> c.conversations()).orElse(List.of());
        calls.stream()
                .map(Conversation::call)
                .filter(c -> !alive.contains(c))
                .forEach(c -> draft.staff().tell(agent.id(), new AgentEvent.CallEnded(c)));
        if (agent.registered()) {
            draft.staff().tell(agent.id(), new AgentEvent.PhoneGone());
        }
    }
}
