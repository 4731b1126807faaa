package io.jackfield.contactcenter.site;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that contradict themselves; the last good ones stay. */
public final class InvalidFloor extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SiteFault> faults;

    public InvalidFloor(List<SiteFault> faults) {
        super(faults.stream().map(SiteFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** All of them, in the order of the site. */
    public List<SiteFault> faults() {
        return faults;
    }
}
