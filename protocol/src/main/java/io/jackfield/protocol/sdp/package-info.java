/**
 * Session descriptions and offer/answer: RFC 8866, RFC 3264, and what browsers need of RFC 5761,
 * 5763, 7587, 8122, 8829, 8839, 8842 and 8843.
 *
 * <p>Here: the model ({@link io.jackfield.protocol.sdp.SessionDescription}), parser, writer, the
 * vocabulary of codecs, and the pure functions by which a B2BUA that does not transcode reads and
 * writes offers and answers ({@link io.jackfield.protocol.sdp.Negotiation}). Not here: checking
 * connectivity ({@code ice}), keys ({@code srtp}), when to offer ({@code call.b2bua}), resolving
 * names (nowhere: a name as a media address is refused).
 *
 * <p>Start with {@code Negotiation}. Left out on purpose: SDES keys (a={@code crypto} is kept as
 * text and never used), preconditions, capability negotiation (RFC 5939), simulcast, multicast.
 * Every value is immutable and, once it exists, valid; any thread.
 */
@NullMarked
package io.jackfield.protocol.sdp;

import org.jspecify.annotations.NullMarked;
