/**
 * SIP transactions: RFC 3261 §17, with RFC 6026's Accepted state.
 *
 * <p>Here: matching, retransmission, timers A to M. Not here: dialogs ({@code sip.dialog}), who is
 * called ({@code call.routing}), sockets (nowhere in this module).
 */
@NullMarked
package io.jackfield.protocol.sip.transaction;

import org.jspecify.annotations.NullMarked;
