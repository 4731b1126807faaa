/**
 * Who somebody is: digest for phones (RFC 3261 §22, RFC 8760), source addresses for trunks.
 *
 * <p>Not here: the arithmetic of digest ({@code protocol.sip.digest}).
 */
@NullMarked
package io.jackfield.call.auth;

import org.jspecify.annotations.NullMarked;
