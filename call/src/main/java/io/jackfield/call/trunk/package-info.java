/**
 * Trunks as lines that are up or down: where they are, whether they answer, registration there.
 *
 * <p>Here: OPTIONS pings, REGISTER as a client (RFC 3261 §10.2), DNS off the call path. Not here:
 * calls over a trunk ({@code b2bua}), which call belongs to which trunk ({@code auth}).
 */
@NullMarked
package io.jackfield.call.trunk;

import org.jspecify.annotations.NullMarked;
