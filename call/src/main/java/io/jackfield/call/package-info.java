/**
 * Calls: who is called, how two legs make a call, what is written down about it.
 *
 * <p>Here: the SIP edge ({@code edge}), the registrar, the back-to-back user agent ({@code b2bua}),
 * routing, trunks, the CDR. Not here: sockets ({@code server}), SQL ({@code storage}), RTP ({@code
 * media}).
 */
@NullMarked
package io.jackfield.call;

import org.jspecify.annotations.NullMarked;
