package io.jackfield.server;

import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.runner.CallPort;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Holds an offer back for a moment while somebody listens to events: their way to the agent's
 * screen is longer than that of the call to the agent's phone, and the customer is to pop up before
 * the phone rings. An offer that is taken back meanwhile never rings.
 *
 * <p>Thread-safety: {@link #perform} on the floor's thread; what is held back goes on on another
 * one. Nothing waits.
 */
final class HeadStart implements CallPort {
    /** Time for a CRM to be told and to show it; nobody hears that a phone rings so much later. */
    static final Duration LENGTH = Duration.ofMillis(150);

    private final CallPort calls;
    private final BooleanSupplier listened;
    private final BiConsumer<Runnable, Duration> later;
    private final Set<Long> held = new HashSet<>();

    /**
     * @param listened whether somebody wants to hear of offers
     * @param later runs something after that time, on any thread
     */
    HeadStart(CallPort calls, BooleanSupplier listened, BiConsumer<Runnable, Duration> later) {
        this.calls = calls;
        this.listened = listened;
        this.later = later;
    }

    @Override
    public synchronized void perform(FloorEffect.ForCalls effect) {
        switch (effect) {
            case FloorEffect.Offer offer when listened.getAsBoolean() -> {
                held.add(offer.offer().id());
                later.accept(() -> release(offer), LENGTH);
            }
            case FloorEffect.CancelOffer(var id) when held.remove(id) -> {
                // no phone has heard of it
            }
            default -> calls.perform(effect);
        }
    }

    private synchronized void release(FloorEffect.Offer offer) {
        if (held.remove(offer.offer().id())) {
            calls.perform(offer);
        }
    }
}
