package io.jackfield.storage.site;

import java.util.OptionalLong;

/**
 * One line of what became of the site.
 *
 * @param undoes the version that this one took back
 * @param restorable whether all its rows are kept
 */
public record SiteHistoryEntry(
        SiteVersion version,
        Verdict verdict,
        OptionalLong undoes,
        String summary,
        boolean restorable) {
    /** What the program said to a change. */
    public enum Verdict {
        APPLIED,
        REFUSED
    }
}
