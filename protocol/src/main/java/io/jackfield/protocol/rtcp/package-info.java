/**
 * RTCP: RFC 3550 §6, with reduced-size packets (RFC 5506) and RTP/RTCP on one port (RFC 5761).
 *
 * <p>Here: SR, RR, SDES and BYE, read and written; every other type is walked over by its length.
 * {@link io.jackfield.protocol.rtcp.RtcpReporter} knows when a report is due and keeps what peers
 * say they heard. Not here: what is counted per packet ({@code protocol.rtp}), SRTCP ({@code
 * protocol.srtp}).
 *
 * <p>Packets are immutable, any thread; the reporter belongs to one.
 */
@NullMarked
package io.jackfield.protocol.rtcp;

import org.jspecify.annotations.NullMarked;
