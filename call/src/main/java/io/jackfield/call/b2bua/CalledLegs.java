package io.jackfield.call.b2bua;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All attempts of one call to reach somebody: the first, and those for whom it asks later.
 *
 * <p>Confined to its call.
 */
final class CalledLegs {
    /**
     * Attempts that are remembered, with their legs: a caller may wait for hours while agents are
     * rung in turn. Late words of a phone that was rung before that many others find no dialog.
     */
    static final int REMEMBERED_MAX = 32;

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private final List<Callees> attempts = new ArrayList<>();

    CalledLegs(CallState state, Dialogs dialogs, MediaControl media, Endings endings) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
        this.endings = endings;
    }

    /** A new attempt, which rings as long as calls of this site do; nobody is called yet. */
    Callees attempt(Callees.Purpose purpose) {
        return attempt(purpose, OptionalLong.of(state.settings().ringFor().toNanos()));
    }

    /**
     * @param ringForNanos empty where somebody else says when it is enough
     */
    Callees attempt(Callees.Purpose purpose, OptionalLong ringForNanos) {
        forgetOldest();
        Callees next = new Callees(state, dialogs, media, endings, purpose, ringForNanos);
        attempts.add(next);
        return next;
    }

    private void forgetOldest() {
        if (attempts.size() >= REMEMBERED_MAX) {
            Optional<Callees> oldest =
                    attempts.stream().filter(Callees::mayBeForgotten).findFirst();
            oldest.ifPresent(attempt -> {
                attempts.remove(attempt);
                attempt.legs().forEach(leg -> forget(leg.id()));
            });
        }
    }

    private void forget(String legId) {
        dialogs.forgetOver(state.legs().get(legId));
        state.legs().remove(legId);
        state.record().forget(legId);
        state.effect(new CallEffect.Forget(legId));
    }

    /** For what that leg was called; empty of the caller's. */
    Optional<Callees> of(String legId) {
        return attempts.stream().filter(a -> a.has(legId)).findFirst();
    }

    void onTick() {
        List.copyOf(attempts).forEach(Callees::onTick);
    }

    OptionalLong deadlineNanos() {
        return attempts.stream()
                .map(Callees::deadlineNanos)
                .reduce(OptionalLong.empty(), Deadlines::earlier);
    }
}
