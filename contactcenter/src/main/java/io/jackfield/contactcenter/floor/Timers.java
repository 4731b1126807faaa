package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentEvent;
import io.jackfield.contactcenter.queue.Estimate;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.WaitSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Does what is due. Confined to one step. */
final class Timers {
    private final Draft draft;

    Timers(Draft draft) {
        this.draft = draft;
    }

    void run() {
        offers();
        agents();
        for (QueueState queue : draft.queues().all()) {
            queue.callers().forEach(c -> caller(queue, c));
            queue.callbacks().forEach(c -> callback(queue, c));
        }
        retiredQueues();
    }

    private void offers() {
        draft.offers().all().stream()
                .filter(o -> !o.reserved() && draft.due(o.until()))
                .forEach(draft.offering()::ringTimeOver);
    }

    private void agents() {
        draft.agents().all().stream()
                .map(FloorAgent::agent)
                .filter(a -> a.deadline().filter(draft::due).isPresent())
                .forEach(a -> draft.staff().tell(a.id(), new AgentEvent.Tick()));
    }

    // ---- those who wait

    private void caller(QueueState queue, Place.Caller caller) {
        if (draft.due(caller.overflowAt())) {
            draft.callers().overflow(new Callers.Waiting(queue, caller), OverflowCause.TIMEOUT);
            return;
        }
        boolean isOffered = !draft.offersFor(caller.ticket()).isEmpty();
        Place.Caller next = caller;
        if (caller.announceAt().filter(draft::due).isPresent()) {
            next = announce(queue, next, isOffered);
        }
        if (caller.comfortAt().filter(draft::due).isPresent()) {
            next = comfort(queue, next, isOffered);
        }
        if (caller.choosyUntil().filter(draft::due).isPresent()) {
            next = next.contented();
        }
        if (!next.equals(caller)) {
            Place.Caller changed = next;
            draft.change(queue.settings().id(), q -> q.with(changed));
        }
    }

    /** While an agent is rung, nothing is said: they would answer into the middle of it. */
    private Place.Caller announce(QueueState queue, Place.Caller caller, boolean isOffered) {
        Optional<WaitSettings.Announcements> how = queue.settings().waiting().announcements();
        if (how.isPresent() && !isOffered) {
            tell(queue, caller, how.get());
        }
        return caller.announceAt(how.map(h -> draft.now().plus(h.every())));
    }

    private void tell(QueueState queue, Place.Caller caller, WaitSettings.Announcements how) {
        int position =
                draft.queues().find(queue.settings().id()).orElse(queue).position(caller.ticket());
        Optional<Duration> wait =
                Estimate.wait(
                        position, draft.staff().working(queue.settings()), queue.usualMillis());
        if (how.position() || how.estimate() && wait.isPresent()) {
            draft.effect(
                    new FloorEffect.Announce(
                            caller.call(),
                            queue.settings().id(),
                            how.position() ? OptionalInt.of(position) : OptionalInt.empty(),
                            wait.filter(_ -> how.estimate())));
        }
    }

    private Place.Caller comfort(QueueState queue, Place.Caller caller, boolean isOffered) {
        Optional<WaitSettings.Comfort> how = queue.settings().waiting().comfort();
        Optional<Instant> again = how.map(h -> draft.now().plus(h.every()));
        if (how.isEmpty() || isOffered) {
            return caller.comfortAt(again, caller.comforts());
        }
        List<String> prompts = how.get().prompts();
        String prompt = prompts.get(caller.comforts() % prompts.size());
        draft.effect(new FloorEffect.Play(caller.call(), queue.settings().id(), prompt));
        return caller.comfortAt(again, (caller.comforts() + 1) % prompts.size());
    }

    // ---- those who are called back

    private void callback(QueueState queue, Place.Callback place) {
        if (place.dialling().isPresent()) {
            place.dialling()
                    .filter(d -> draft.due(d.until()))
                    .ifPresent(draft.callbacks()::ringTimeOver);
        } else if (draft.due(place.expiresAt())) {
            draft.callbacks().expired(queue, place);
        } else if (place.notBefore().filter(draft::due).isPresent()) {
            draft.change(queue.settings().id(), q -> q.with(place.notBefore(Optional.empty())));
        }
    }

    // ---- queues that are to go

    private void retiredQueues() {
        for (QueueState queue : draft.queues().all()) {
            QueueId id = queue.settings().id();
            if (queue.retired() && queue.line().isEmpty()) {
                draft.queues().remove(id);
            }
        }
    }
}
