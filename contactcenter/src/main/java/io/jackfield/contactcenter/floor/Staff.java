package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.agent.AgentCause;
import io.jackfield.contactcenter.agent.AgentChange;
import io.jackfield.contactcenter.agent.AgentEvent;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AgentRules;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.agent.AgentStep;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.agent.Conversation;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.contactcenter.site.Staffing;
import io.jackfield.contactcenter.site.WrapUpSettings;
import java.time.Duration;
import java.util.Optional;

/** What happens to agents. Confined to one step. */
final class Staff {
    private final Draft draft;

    Staff(Draft draft) {
        this.draft = draft;
    }

    /** Lets the agent's own rules decide, and does what follows from it for the others. */
    void tell(AgentId id, AgentEvent event) {
        Optional<FloorAgent> found = draft.agents().find(id);
        if (found.isEmpty()) {
            return;
        }
        FloorAgent post = found.get();
        AgentStep step =
                AgentRules.step(
                        post.agent(), event, post.settings(), draft.breakReasons(), draft.now());
        draft.agents().put(id, post.with(step.next()));
        step.change().ifPresent(c -> draft.effect(new FloorEffect.AgentChanged(c)));
        if (event instanceof AgentEvent.Asked(var request, var by)) {
            step.refused()
                    .ifPresent(why ->
                            draft.effect(new FloorEffect.RequestRefused(id, request, by, why)));
        }
        step.dropped().ifPresent(offer -> draft.offering().dropped(offer));
    }

    void registered(AgentId agent) {
        tell(agent, new AgentEvent.Registered());
    }

    void phoneGone(AgentId agent) {
        tell(agent, new AgentEvent.PhoneGone());
    }

    void asked(AgentId agent, AgentRequest request, AskedBy by) {
        tell(agent, new AgentEvent.Asked(request, by));
    }

    void graded(AgentId id, Grade grade) {
        draft.agents()
                .find(id)
                .ifPresent(a -> draft.agents().put(id, a.with(a.agent().graded(grade))));
    }

    // ---- their calls

    void callBegan(AgentId agent, CallId call, Optional<QueueId> queue) {
        Optional<QueueState> known = queue.flatMap(draft.queues()::find);
        WrapUpSettings wrapUp = known.map(q -> q.settings().wrapUp()).orElse(WrapUpSettings.NONE);
        Optional<QueueId> id = known.map(q -> q.settings().id());
        tell(
                agent,
                new AgentEvent.CallBegan(new Conversation(call, id, draft.now(), false, wrapUp)));
    }

    void callHeld(AgentId agent, CallId call, boolean held) {
        tell(agent, new AgentEvent.CallHeld(call, held));
    }

    void callEnded(AgentId id, CallId call) {
        Optional<Conversation> over = conversation(id, call);
        if (over.isEmpty()) {
            return;
        }
        if (draft.callbacks().agentLeft(id, call)) {
            tell(id, new AgentEvent.CallFailed(call));
            return;
        }
        tell(id, new AgentEvent.CallEnded(call));
        over.get().queue().ifPresent(queue -> handled(queue, over.get()));
    }

    private Optional<Conversation> conversation(AgentId id, CallId call) {
        return draft.agents()
                .find(id)
                .map(FloorAgent::agent)
                .flatMap(Agent::onCall)
                .flatMap(calls -> calls.conversation(call));
    }

    /** The estimate learns how long an agent was busy; a wrap-up counts as long as it may be. */
    private void handled(QueueId queue, Conversation over) {
        Duration busy = Duration.between(over.since(), draft.now()).plus(over.wrapUp().limit());
        draft.change(queue, q -> q.handled(busy.toMillis()));
    }

    // ---- who is there

    /** Whether the queue has people enough. */
    boolean enough(QueueSettings queue, Staffing rule) {
        return rule == Staffing.ANY
                || queue.members().stream()
                        .flatMap(m -> draft.agents().find(m.agent()).stream())
                        .filter(a -> !a.retired())
                        .anyMatch(a -> counts(a.agent().status(), rule));
    }

    private static boolean counts(AgentStatus status, Staffing rule) {
        return switch (rule) {
            case ANY -> true;
            case STAFFED -> status != AgentStatus.OFFLINE;
            case WORKING -> FloorFigures.works(status);
        };
    }

    /** How many work in the queue, busy or not. */
    int working(QueueSettings queue) {
        return (int)
                queue.members().stream()
                        .flatMap(m -> draft.agents().find(m.agent()).stream())
                        .filter(a -> FloorFigures.works(a.agent().status()))
                        .count();
    }

    /** Those who are not in the site any more go when they are through with their callers. */
    void removeRetired() {
        for (FloorAgent post : draft.agents().all()) {
            boolean busy = post.agent().onCall().isPresent() || post.agent().offer().isPresent();
            if (post.retired() && !busy) {
                remove(post.agent());
            }
        }
    }

    private void remove(Agent agent) {
        draft.agents().remove(agent.id());
        if (agent.status() != AgentStatus.OFFLINE) {
            draft.effect(
                    new FloorEffect.AgentChanged(
                            new AgentChange(
                                    agent.id(),
                                    agent.state(),
                                    new AgentState.Offline(),
                                    AgentCause.REMOVED,
                                    Optional.empty(),
                                    draft.now(),
                                    Duration.between(agent.since(), draft.now()))));
        }
    }
}
