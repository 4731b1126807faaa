/**
 * The sockets that SIP arrives at over UDP, TCP and TLS (RFC 3261 §18), and the connections we open
 * ourselves.
 *
 * <p>Here: binding, reading, framing, writing through bounded queues, time limits, limits per
 * source. Not here: what a message means ({@code protocol.sip}, {@code call}), WebSocket ({@code
 * server.web}).
 *
 * <p>Start with {@link io.jackfield.server.listener.SipListeners}. One platform thread per UDP
 * socket; a virtual thread per direction of a stream connection.
 */
@NullMarked
package io.jackfield.server.listener;

import org.jspecify.annotations.NullMarked;
