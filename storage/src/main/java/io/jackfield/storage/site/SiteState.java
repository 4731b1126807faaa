package io.jackfield.storage.site;

/** All rows, and which version they are. */
public record SiteState(SiteVersion version, SiteRows rows) {}
