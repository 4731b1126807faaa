/**
 * SIP transactions: RFC 3261 §17, with RFC 6026's Accepted state.
 *
 * <p>Here: matching, repetition, timers A to M, CANCEL (§9), merged requests (§8.2.2.2), bounds.
 * Not here: dialogs ({@code sip.dialog}), who is called ({@code call.routing}), sockets (nowhere in
 * this module).
 *
 * <p>Start with {@link io.jackfield.protocol.sip.transaction.InviteClient}, a pure machine as the
 * other three are, then {@link io.jackfield.protocol.sip.transaction.Transactions}, the table that
 * runs them all for one thread.
 *
 * <p>Left out on purpose: timer C and everything else that only proxies do; failing over to another
 * address (RFC 3263 §4.3), which is the user's, who hears of the failure; repeating a 2xx and its
 * ACK, and reliable provisional responses, which are the dialog's (§13, RFC 3262); 408 to a late
 * non-INVITE (RFC 4320 §4.2 forbids it). A response is matched by its branch alone, wherever it
 * comes from (§17.1.3); a CANCEL must come over the flow of its INVITE.
 */
@NullMarked
package io.jackfield.protocol.sip.transaction;

import org.jspecify.annotations.NullMarked;
