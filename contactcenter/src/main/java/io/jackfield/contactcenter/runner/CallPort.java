package io.jackfield.contactcenter.runner;

import io.jackfield.contactcenter.floor.FloorEffect;

/**
 * Does with calls what the floor wants done. Declared here, implemented beside the call engine;
 * docs/decisions/0011 says what each effect asks of it and which events it answers by.
 *
 * <p>Thread-safety: called on the floor's thread, in order. It must not wait: it puts the effect
 * into the mailbox of its call. What can't be done comes back as an event.
 */
public interface CallPort {
    void perform(FloorEffect.ForCalls effect);
}
