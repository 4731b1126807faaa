/**
 * Call tokens: the CRM signs that this agent may dial this number now, once, for this campaign (RFC
 * 7515, 7517, 7519; carried as RFC 8898 or in {@code X-Call-Token}).
 *
 * <p>Here: what a token must say ({@link io.jackfield.call.token.TokenCheck}, pure), which have
 * been used, how much may be dialled with them, and {@link io.jackfield.call.token.TokenGate},
 * which puts these together. Not here: which routes ask for one ({@code routing}), where keys and
 * limits are read from and fetched ({@code server}), the files behind the memory of used tokens
 * ({@code storage}).
 *
 * <p>A token's text is a secret while it lives: nothing here puts it into a message, an event or
 * {@code toString}. Start with {@link io.jackfield.call.token.TokenCheck}.
 */
@NullMarked
package io.jackfield.call.token;

import org.jspecify.annotations.NullMarked;
