/**
 * The browser's end of a leg without a browser, for load and for tests: {@link
 * io.jackfield.media.client.HeadlessMedia} checks ICE, shakes hands, talks in numbered frames and
 * says what came back.
 *
 * <p>It speaks through the same DTLS, SRTP and pipelines as the server; that both understand each
 * other therefore proves less than a call from a real browser, and is not meant to. Not here:
 * signalling.
 *
 * <p>Start with {@link io.jackfield.media.client.HeadlessHost}.
 */
@NullMarked
package io.jackfield.media.client;

import org.jspecify.annotations.NullMarked;
