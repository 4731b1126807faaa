package io.jackfield.storage.site;

import java.sql.SQLException;

/** Somebody else has changed the site since a change was checked against it; nothing was done. */
public final class SiteMovedOn extends SQLException {
    private static final long serialVersionUID = 1L;

    public SiteMovedOn(long basis, long now) {
        super("the site was version " + basis + " and is version " + now + " now");
    }
}
