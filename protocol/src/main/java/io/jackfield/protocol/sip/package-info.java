/**
 * SIP messages: RFC 3261 §7, §19, §20 and §25, with RFC 3581, RFC 5118, RFC 5626 §3.5.1 and RFC
 * 7118.
 *
 * <p>Here: URIs, headers, requests, responses, the parser, the writer, stream framing. Not here:
 * transactions ({@code sip.transaction}), dialogs ({@code sip.dialog}), digest ({@code
 * sip.digest}).
 *
 * <p>Start with {@link io.jackfield.protocol.sip.SipParser} and {@link
 * io.jackfield.protocol.sip.SipMessage}. Every value is immutable and, once it exists, valid; any
 * thread.
 *
 * <p>Read strictly, with these exceptions, each met in the wild and none able to mean two things:
 * underscores in host names, an empty value or an equals sign in a URI parameter's value, the same
 * parameter said twice alike, a From without tag (RFC 2543), free text that is no UTF-8 (shown as
 * U+FFFD). Headers that nothing here reads are kept as text: a wrong Date, for one, is no reason to
 * refuse a call.
 */
@NullMarked
package io.jackfield.protocol.sip;

import org.jspecify.annotations.NullMarked;
