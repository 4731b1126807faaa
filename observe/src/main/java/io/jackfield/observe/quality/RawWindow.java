package io.jackfield.observe.quality;

import io.jackfield.media.LinkWindow;

/**
 * A window and when it was.
 *
 * @param fromMillis since the call began
 * @param toMillis the same
 */
record RawWindow(long fromMillis, long toMillis, LinkWindow raw) {}
