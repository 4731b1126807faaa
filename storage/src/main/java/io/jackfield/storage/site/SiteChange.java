package io.jackfield.storage.site;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one door wants to have changed, all of it or nothing.
 *
 * @param basis the version that it was checked against
 * @param by who wants it
 * @param summary for the history: {@code 2 added, 1 changed}; no secrets
 * @param undoes the version that is taken back
 * @param sourceChecksum of the file that it came from
 */
public record SiteChange(
        long basis,
        List<SiteEdit> edits,
        String by,
        String summary,
        OptionalLong undoes,
        Optional<String> sourceChecksum) {
    public SiteChange {
        edits = List.copyOf(edits);
    }
}
