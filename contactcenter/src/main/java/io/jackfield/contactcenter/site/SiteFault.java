package io.jackfield.contactcenter.site;

import java.util.Set;

/**
 * One thing that is wrong with a site.
 *
 * @param path where, as {@code queues[700].members[2].agent}
 * @param value what stands there
 * @param reason what is wrong with it, for a person
 * @param known what could stand there, where that is a list; whoever shows the fault names the
 *     nearest
 */
public record SiteFault(String path, String value, String reason, Set<String> known) {
    public SiteFault {
        known = Set.copyOf(known);
    }

    @Override
    public String toString() {
        return path + ": " + value + ": " + reason;
    }
}
