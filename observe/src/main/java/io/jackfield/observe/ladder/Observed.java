package io.jackfield.observe.ladder;

import io.jackfield.call.event.PbxEvent;

/**
 * Something that happened, and when it was told.
 *
 * @param atMicros wall clock, microseconds since 1970 UTC
 */
record Observed(long atMicros, PbxEvent event) {}
