package io.jackfield.protocol.dtmf;

/**
 * One press of a key.
 *
 * @param durationMillis as far as the packets told
 */
public record DtmfPress(DtmfDigit digit, int durationMillis) {}
