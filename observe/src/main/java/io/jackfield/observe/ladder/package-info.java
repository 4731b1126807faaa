/**
 * The ladder of every call: what was said over SIP on both legs, ICE, DTLS, the first packets and
 * every change, on one time axis; kept without secrets, shown as rows, text or a capture file.
 */
@NullMarked
package io.jackfield.observe.ladder;

import org.jspecify.annotations.NullMarked;
