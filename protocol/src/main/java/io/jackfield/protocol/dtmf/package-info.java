/**
 * DTMF as RTP events: RFC 4733 §2.
 *
 * <p>Here: the payload, {@link io.jackfield.protocol.dtmf.DtmfReceiver} (one press from many
 * packets) and {@link io.jackfield.protocol.dtmf.DtmfSender} (many packets from one press). Not
 * here: SIP INFO ({@code call}), tones in the audio (nowhere yet).
 *
 * <p>Each machine belongs to one thread; time comes in.
 */
@NullMarked
package io.jackfield.protocol.dtmf;

import org.jspecify.annotations.NullMarked;
