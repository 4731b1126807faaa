package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.OfferMiss;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A caller in a queue: answered, with music, while agents are rung one after the other or together.
 * Whom to ring, how long, and who gets the caller is decided elsewhere and comes as commands.
 *
 * <p>Confined to its call.
 */
final class Waiting {
    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private final CalledLegs called;
    private final Caller caller;
    private final Consumer<Destination> reach;
    private final Map<Long, Offer> offers = new HashMap<>();

    /** What the caller hears while nothing is said; empty while they do not wait. */
    private Optional<Prompt> music = Optional.empty();

    /** When what is being said is over. */
    private OptionalLong saidByNanos = OptionalLong.empty();

    /** The cause with which the call ends once that is said. */
    private Optional<String> lastWords = Optional.empty();

    /** By when somebody has to say what becomes of the caller; empty once it was said. */
    private OptionalLong decidedByNanos = OptionalLong.empty();

    /**
     * @param reach goes on with the caller elsewhere
     */
    Waiting(
            CallState state,
            Dialogs dialogs,
            MediaControl media,
            Endings endings,
            CalledLegs called,
            Caller caller,
            Consumer<Destination> reach) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
        this.endings = endings;
        this.called = called;
        this.caller = caller;
        this.reach = reach;
    }

    /** Somebody else has to say soon what becomes of the caller. */
    void undecided() {
        decidedByNanos = OptionalLong.of(state.nowNanos() + state.settings().ringFor().toNanos());
    }

    boolean isUndecided() {
        return decidedByNanos.isPresent();
    }

    /** The caller wants to wait there. */
    void enter(String queue) {
        undecided();
        state.publish(
                new PbxEvent.CallerWaits(state.id(), queue, state.newCall().caller().number()));
    }

    /** The caller is to hear that menu. */
    void enterMenu(String menu) {
        undecided();
        state.publish(
                new PbxEvent.CallerInMenu(state.id(), menu, state.newCall().caller().number()));
    }

    /** The caller may wait: with music, from now on. */
    void park(Prompt next) {
        if (isThere()) {
            music = Optional.of(next);
            saidByNanos = OptionalLong.empty();
            media.play(callerId(), next, true);
        }
    }

    /** Answers the caller who is not answered yet; false when nobody hears anything any more. */
    private boolean isThere() {
        if (!state.settingUp() && !state.waiting()) {
            return false;
        }
        decidedByNanos = OptionalLong.empty();
        if (state.callerAnswered() || caller.answerAlone()) {
            return true;
        }
        endings.end(CallEnd.byPbx("no common codec", 488));
        return false;
    }

    private String callerId() {
        return state.legs().caller().id();
    }

    // ---- what is said to the caller

    /** The caller who waits hears that, then the music again. */
    void announce(Prompt prompt) {
        if (state.waiting() && music.isPresent() && lastWords.isEmpty()) {
            say(prompt);
        }
    }

    /** The caller hears that, and nothing after it. */
    void lastWords(Prompt prompt, String cause) {
        if (isThere()) {
            List.copyOf(offers.keySet()).forEach(this::cancel);
            lastWords = Optional.of(cause);
            say(prompt);
        }
    }

    private void say(Prompt prompt) {
        saidByNanos = OptionalLong.of(state.nowNanos() + prompt.duration().toNanos());
        media.play(callerId(), prompt, false);
    }

    private void isSaid() {
        saidByNanos = OptionalLong.empty();
        if (lastWords.isPresent()) {
            endings.end(CallEnd.byPbx(lastWords.get(), 480));
        } else {
            music.ifPresent(m -> media.play(callerId(), m, true));
        }
    }

    /** The caller goes on to somebody else. */
    void routeOn(Destination destination) {
        if ((state.settingUp() || state.waiting()) && lastWords.isEmpty()) {
            decidedByNanos = OptionalLong.empty();
            if (saidByNanos.isPresent()) {
                isSaid();
            }
            List.copyOf(offers.keySet()).forEach(this::cancel);
            reach.accept(destination);
        }
    }

    /** Rings that agent for the caller. */
    void offer(long id, Agent agent) {
        if (state.waiting() && !offers.containsKey(id)) {
            Offer offer = new Offer(id);
            offers.put(id, offer);
            offer.attempt.call(new Destination.Agents(List.of(agent)));
        } else {
            state.publish(new PbxEvent.OfferMissed(state.id(), id, OfferMiss.UNREACHABLE));
        }
    }

    /** Rings that one no more; who has answered just now is hung up on. */
    void cancel(long id) {
        Offer offer = offers.remove(id);
        if (offer != null) {
            offer.attempt.cancel(Optional.empty());
            offer.answeredBy.ifPresent(
                    legId -> dialogs.tell(legId, new UsageEvent.Hangup(Optional.empty())));
        }
    }

    /** That one, who has answered, gets the caller. */
    void connect(long id) {
        Offer offer = offers.remove(id);
        Optional<Leg> agent =
                offer == null
                        ? Optional.empty()
                        : offer.answeredBy.flatMap(state.legs()::find).filter(l -> !l.ended());
        if (state.waiting() && agent.isPresent()) {
            List.copyOf(offers.keySet()).forEach(this::cancel);
            music = Optional.empty();
            saidByNanos = OptionalLong.empty();
            decidedByNanos = OptionalLong.empty();
            caller.connect(agent.get());
        }
    }

    /** An agent who has answered, and has not been given the caller yet. */
    Optional<Leg> answered() {
        return offers.values().stream()
                .flatMap(offer -> offer.answeredBy.stream())
                .flatMap(legId -> state.legs().find(legId).stream())
                .filter(leg -> !leg.ended())
                .findFirst();
    }

    void onTick() {
        boolean hasNobody = state.settingUp() || state.waiting();
        if (hasNobody && Deadlines.due(decidedByNanos, state.nowNanos())) {
            endings.end(CallEnd.byPbx("no answer", 480));
        }
        if (state.waiting() && Deadlines.due(saidByNanos, state.nowNanos())) {
            isSaid();
        }
    }

    OptionalLong deadlineNanos() {
        if (state.waiting()) {
            return Deadlines.earlier(saidByNanos, decidedByNanos);
        }
        return state.settingUp() ? decidedByNanos : OptionalLong.empty();
    }

    private final class Offer extends Offering {
        private final long id;
        private Optional<String> answeredBy = Optional.empty();
        private final Callees attempt;

        Offer(long id) {
            super(state, id);
            this.id = id;
            this.attempt = called.attempt(this, OptionalLong.empty());
        }

        @Override
        public List<Codec> codecs() {
            return state.legs().caller().media().chosen();
        }

        @Override
        public Party from() {
            return state.newCall().caller();
        }

        @Override
        public boolean connect(Leg callee) {
            answeredBy = Optional.of(callee.id());
            answered();
            return true;
        }

        @Override
        public void failed(CallEnd why) {
            offers.remove(id);
            missed(why);
        }
    }
}
