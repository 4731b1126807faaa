/**
 * One phone without a browser: it registers, calls, talks in numbered frames and says what came
 * back (RFC 7118, RFC 3261, WebRTC's media).
 *
 * <p>Here: signalling. Not here: ICE, DTLS, SRTP and frames ({@code media.client}).
 *
 * <p>Start with {@link io.jackfield.loadtool.phone.HeadlessPhone}; its SIP is in {@code Line},
 * which knows neither socket nor clock. One virtual thread per phone.
 */
@NullMarked
package io.jackfield.loadtool.phone;

import org.jspecify.annotations.NullMarked;
