/**
 * The back-to-back user agent: two or more legs make a call (RFC 7092).
 *
 * <p>Here: {@link io.jackfield.call.b2bua.Call}, the rules, pure, with a class for each part of
 * them; {@link io.jackfield.call.b2bua.CallRunner}, the thread that drives one call; {@link
 * io.jackfield.call.b2bua.Calls}, all of them. Not here: what one leg says in its dialog ({@code
 * protocol.sip.dialog}), what its packets do ({@code media}).
 *
 * <p>Start with {@code Call.on} and {@code Call.onNotice}: everything that happens to a call passes
 * there, to {@code Caller} and {@code Callees} until somebody has answered, to {@code Reoffers},
 * {@code MediaReports} and {@code Connections} while they talk, to {@code Endings} at last. What
 * they share is the {@code CallState}.
 *
 * <p>No byte of one leg is forwarded to another: a message is read once and written anew.
 */
@NullMarked
package io.jackfield.call.b2bua;

import org.jspecify.annotations.NullMarked;
