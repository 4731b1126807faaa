/**
 * The transport of one leg: {@link io.jackfield.media.peer.PeerTransport} is ICE, DTLS and SRTP
 * towards a browser (RFC 5764, RFC 7675, RFC 8834), {@link io.jackfield.media.peer.PlainTransport}
 * the address lock of a trunk.
 *
 * <p>Here: whose packets are taken, and where ours go. Not here: sockets ({@code socket}), what is
 * in the packets ({@code pipeline}).
 *
 * <p>Machines of the media loop's thread; time comes in.
 */
@NullMarked
package io.jackfield.media.peer;

import org.jspecify.annotations.NullMarked;
