/**
 * The back-to-back user agent: two or more legs make a call (RFC 7092).
 *
 * <p>Here: {@link io.jackfield.call.b2bua.Call}, the rules, pure; {@link
 * io.jackfield.call.b2bua.CallRunner}, the thread that drives one call; {@link
 * io.jackfield.call.b2bua.Calls}, all of them. Not here: what one leg says in its dialog ({@code
 * protocol.sip.dialog}), what its packets do ({@code media}).
 *
 * <p>No byte of one leg is forwarded to another: a message is read once and written anew.
 */
@NullMarked
package io.jackfield.call.b2bua;

import org.jspecify.annotations.NullMarked;
