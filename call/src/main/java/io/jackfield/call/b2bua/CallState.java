package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What all rules of one call share: its legs, where it stands, and what is to be done about the
 * event at hand.
 *
 * <p>Confined to its call.
 */
final class CallState {
    /** Where the call stands. */
    enum Stage {
        /** The caller's media is being opened, or phones ring. */
        SETTING_UP,
        /** The caller was answered, and nobody talks with it yet. */
        WAITING,
        /** Both sides can talk. */
        TALKING,
        /** Legs are being ended, or their last statistics are awaited. */
        ENDING,
        /** Written down; nothing left. */
        ENDED
    }

    private final NewCall newCall;
    private final CallContext context;
    private final CallRecord record;
    private final Legs legs;
    private final Set<String> agentsIn = new HashSet<>();
    private final List<CallEffect> effects = new ArrayList<>();
    private final Conversation conversation = new Conversation(this);
    private Stage stage = Stage.SETTING_UP;
    private boolean callerAnswered;
    private Optional<String> winnerId = Optional.empty();
    private long nowNanos;

    CallState(NewCall newCall, CallContext context, long nowNanos) {
        this.newCall = newCall;
        this.context = context;
        this.record = new CallRecord(newCall, nowNanos);
        this.legs = new Legs(newCall.id(), newCall.invited().isPresent());
        this.nowNanos = nowNanos;
    }

    String id() {
        return newCall.id();
    }

    NewCall newCall() {
        return newCall;
    }

    CallContext context() {
        return context;
    }

    CallSettings settings() {
        return context.settings();
    }

    CallRecord record() {
        return record;
    }

    Legs legs() {
        return legs;
    }

    // ---- time

    /** The time of the event at hand. */
    long nowNanos() {
        return nowNanos;
    }

    void nowIs(long nanos) {
        nowNanos = nanos;
    }

    // ---- where it stands

    boolean settingUp() {
        return stage == Stage.SETTING_UP;
    }

    boolean waiting() {
        return stage == Stage.WAITING;
    }

    boolean talking() {
        return stage == Stage.TALKING;
    }

    boolean ending() {
        return stage == Stage.ENDING;
    }

    boolean ended() {
        return stage == Stage.ENDED;
    }

    void become(Stage next) {
        stage = next;
    }

    // ---- who talks with whom

    /** The called leg that has the call; empty until one has answered, and with the echo. */
    Optional<String> winnerId() {
        return winnerId;
    }

    void won(String legId) {
        winnerId = Optional.of(legId);
    }

    /** That leg takes the place of a side. */
    void replace(String sideId, String legId) {
        if (legs.isCaller(sideId)) {
            legs.callerIs(legId);
        } else {
            won(legId);
        }
    }

    /** Whether the caller's INVITE was answered with 200. */
    boolean callerAnswered() {
        return callerAnswered;
    }

    void callerIsAnswered() {
        callerAnswered = true;
    }

    /** Somebody who was called has answered first, and is the caller from now on. */
    void callerIsThere(Leg first) {
        legs.callerIs(first.id());
        callerIsAnswered();
        become(Stage.WAITING);
    }

    /** Who hears whom. */
    Conversation conversation() {
        return conversation;
    }

    boolean isWinner(String legId) {
        return winnerId.filter(legId::equals).isPresent();
    }

    /** One of the two without which there is no call. */
    boolean isNeeded(String legId) {
        return legs.isCaller(legId) || isWinner(legId);
    }

    /** The one whom this leg talks with; empty where there are none, or several. */
    Optional<Leg> other(String legId) {
        if (winnerId.isEmpty() || !isNeeded(legId) || conversation.isRoom()) {
            return Optional.empty();
        }
        return legs.find(legs.isCaller(legId) ? winnerId.get() : legs.caller().id())
                .filter(l -> !l.ended());
    }

    /** Everybody whose leg has not ended. */
    List<CallSnapshot.PartyInCall> parties() {
        return legs.all().stream()
                .filter(leg -> !leg.ended())
                .map(leg ->
                        new CallSnapshot.PartyInCall(
                                leg.id(), leg.partyName(), leg.party().number(), part(leg.id())))
                .toList();
    }

    private String part(String legId) {
        if (legs.isCaller(legId)) {
            return waiting() ? "waits" : "caller";
        }
        return isWinner(legId) ? "callee" : conversation.part(legId).orElse("rings");
    }

    // ---- which agents are in it

    /**
     * That one's phone has a part in the call from now on.
     *
     * @param told whether others hear of it; whoever has offered the call knows
     */
    void agentIsIn(Leg leg, boolean told) {
        if (leg.party() instanceof Party.Phone phone && agentsIn.add(leg.id())) {
            publish(new PbxEvent.AgentJoined(id(), leg.id(), phone.agent(), told));
        }
    }

    /** That one's phone has none any more. */
    void agentIsOut(Leg leg) {
        if (leg.party() instanceof Party.Phone phone && agentsIn.remove(leg.id())) {
            publish(new PbxEvent.AgentLeft(id(), leg.id(), phone.agent()));
        }
    }

    // ---- what is to be done

    void effect(CallEffect effect) {
        effects.add(effect);
    }

    void publish(PbxEvent event) {
        effects.add(new CallEffect.Publish(event));
    }

    /** All effects since the last time, in order. */
    List<CallEffect> drain() {
        List<CallEffect> out = List.copyOf(effects);
        effects.clear();
        return out;
    }
}
