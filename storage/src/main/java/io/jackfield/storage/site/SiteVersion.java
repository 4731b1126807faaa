package io.jackfield.storage.site;

/**
 * Which state of the tables it is.
 *
 * @param number counted up by every statement, or row, that changes the site; 0 when nothing did
 * @param changedAt UTC, as {@code 2026-11-23T10:00:00.000Z}; empty at version 0
 * @param changedBy {@code sql:} and the database's user, or who used another door
 */
public record SiteVersion(long number, String changedAt, String changedBy) {}
