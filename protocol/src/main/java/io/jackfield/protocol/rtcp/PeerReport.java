package io.jackfield.protocol.rtcp;

import java.util.OptionalLong;

/**
 * What the peer says it heard of our stream.
 *
 * @param block as received
 * @param rttNanos round trip from LSR and DLSR (RFC 3550 §6.4.1); empty where the peer has not
 *     heard a report of ours yet, or says what cannot be
 * @param receivedAtNanos when the report came in
 */
public record PeerReport(ReportBlock block, OptionalLong rttNanos, long receivedAtNanos) {}
