/**
 * SIP messages: RFC 3261 §7, §19, §20 and §25, with RFC 3581, RFC 5118 and RFC 7118.
 *
 * <p>Here: URIs, headers, requests, responses, the parser, the writer, stream framing. Not here:
 * transactions ({@code sip.transaction}), dialogs ({@code sip.dialog}), digest ({@code
 * sip.digest}).
 *
 * <p>Start with {@link io.jackfield.protocol.sip.SipMessage}. Every value is immutable and, once it
 * exists, valid; any thread.
 */
@NullMarked
package io.jackfield.protocol.sip;

import org.jspecify.annotations.NullMarked;
