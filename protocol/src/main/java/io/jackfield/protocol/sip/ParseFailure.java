package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * Why bytes were refused.
 *
 * @param position offset of the first byte that was not expected, from the start of the message
 * @param reason our own words, fit for a log and for a person; nothing the sender wrote
 * @param answer what to send back; empty to drop: responses and ACK are never answered, and nothing
 *     can be answered when the topmost Via cannot be read
 */
public record ParseFailure(int position, String reason, Optional<Refusal> answer) {}
