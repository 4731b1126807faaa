package io.jackfield.api.events;

import java.util.Arrays;
import java.util.Optional;

/** What can be told to a CRM. The words are part of the API and stay. */
public enum EventType {
    /** Somebody calls; nothing has rung yet. */
    CALL_CREATED("call.created"),
    /** An agent's phone is about to ring: all that a screen shows, before the first ring. */
    CALL_OFFERED("call.offered"),
    /** The phone of whoever is called rings. */
    CALL_RINGING("call.ringing"),
    /** An offer came to nothing, or was taken back: a screen that popped may close. */
    CALL_OFFER_ENDED("call.offer_ended"),
    /** Both sides can talk. */
    CALL_ANSWERED("call.answered"),
    CALL_HELD("call.held"),
    CALL_RESUMED("call.resumed"),
    /** One side is somebody else from now on. */
    CALL_TRANSFERRED("call.transferred"),
    /** Nobody took the call that was transferred; the two are together again. */
    TRANSFER_FAILED("transfer.failed"),
    /** Somebody who was wanted in a call has not come. */
    JOIN_FAILED("join.failed"),
    /** The call is over, with its times and its cause. */
    CALL_ENDED("call.ended"),
    /** How a call was heard, and which link was bad; comes with its end. */
    QUALITY_READY("quality.ready"),
    RECORDING_STARTED("recording.started"),
    /** A recording is whole and can be fetched. */
    RECORDING_READY("recording.ready"),
    RECORDING_FAILED("recording.failed"),
    AGENT_STATE("agent.state"),
    /** The caller has gone through menus: what was chosen, and numbers that were entered. */
    CALL_MENU("call.menu"),
    QUEUE_ENTERED("queue.entered"),
    QUEUE_LEFT("queue.left"),
    /** A customer was told that they will be called back. */
    CALLBACK_PROMISED("callback.promised"),
    /** A customer is being called back. */
    CALLBACK_DUE("callback.due"),
    CALLBACK_ENDED("callback.ended"),
    /** Sent by hand, to see whether an endpoint hears us. */
    TEST("test");

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    /** As the JSON says it. */
    public String word() {
        return word;
    }

    /** The type of that word; empty when there is none. */
    public static Optional<EventType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
