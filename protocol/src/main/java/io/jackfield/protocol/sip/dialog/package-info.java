/**
 * Dialogs and the invite usage: RFC 3261 §12 to §15, RFC 3262, 3311, 3264 §4, 4028, 6141.
 *
 * <p>Here: what one of our legs says and hears in its dialog. Not here: transactions ({@code
 * sip.transaction}), how two legs make a call ({@code call.b2bua}), transfers: REFER gets 405.
 *
 * <p>Start with {@link io.jackfield.protocol.sip.dialog.InviteUsage}: it hands each event to the
 * file that bears the rule's name, and a {@code Turn} collects what changes. Everything is pure;
 * any thread.
 */
@NullMarked
package io.jackfield.protocol.sip.dialog;

import org.jspecify.annotations.NullMarked;
