/**
 * Dialogs and the invite usage: RFC 3261 §12 to §15, RFC 3262, 3311, 3264 §4, 3515, 4028, 6141.
 *
 * <p>Here: what one of our legs says and hears in its dialog. Not here: transactions ({@code
 * sip.transaction}), how two legs make a call, and what becomes of a REFER ({@code call.b2bua}).
 *
 * <p>Start with {@link io.jackfield.protocol.sip.dialog.InviteUsage}: it hands each event to the
 * file that bears the rule's name, and a {@code Turn} collects what changes. Everything is pure;
 * any thread.
 */
@NullMarked
package io.jackfield.protocol.sip.dialog;

import org.jspecify.annotations.NullMarked;
