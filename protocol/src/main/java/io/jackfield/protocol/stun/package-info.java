/**
 * STUN messages: RFC 8489 §5, §6, §9.1 and §14, with the ICE attributes of RFC 8445 §16.1.
 *
 * <p>Here: parsing, writing, MESSAGE-INTEGRITY (HMAC-SHA1) and FINGERPRINT. Not here: who is
 * answered and what a check means ({@code protocol.ice}), TURN (left out: operators run a relay of
 * their own), long-term credentials as a server, MESSAGE-INTEGRITY-SHA256 (ICE does not use it).
 *
 * <p>Start with {@link io.jackfield.protocol.stun.StunParser}. Messages are immutable, any thread;
 * {@link io.jackfield.protocol.stun.StunKey} belongs to one thread at a time.
 */
@NullMarked
package io.jackfield.protocol.stun;

import org.jspecify.annotations.NullMarked;
