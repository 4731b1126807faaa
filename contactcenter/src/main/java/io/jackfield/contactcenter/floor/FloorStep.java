package io.jackfield.contactcenter.floor;

import java.util.List;

/**
 * What came of an event.
 *
 * @param effects in the order in which they are to be done
 */
public record FloorStep(Floor next, List<FloorEffect> effects) {
    public FloorStep {
        effects = List.copyOf(effects);
    }
}
