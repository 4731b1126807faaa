package io.jackfield.contactcenter.runner;

import io.jackfield.contactcenter.floor.FloorEffect;

/**
 * Hears what happens on the floor: screens, webhooks, reports.
 *
 * <p>Thread-safety: called on the floor's thread, in order; it must not wait.
 */
public interface FloorListener {
    void told(FloorEffect.Told what);
}
