/**
 * RTP: RFC 3550 §5 and appendix A, RFC 8285's header extensions, RFC 6464's audio level.
 *
 * <p>Here: {@link io.jackfield.protocol.rtp.RtpPacket}, a flyweight over the caller's buffer; what
 * a receiver and a sender count; {@link io.jackfield.protocol.rtp.RtpRewriter}, which makes one
 * unbroken stream of changing sources. Not here: reports ({@code protocol.rtcp}), encryption
 * ({@code protocol.srtp}), codecs.
 *
 * <p>Nothing allocates per packet. Each object belongs to one thread.
 */
@NullMarked
package io.jackfield.protocol.rtp;

import org.jspecify.annotations.NullMarked;
