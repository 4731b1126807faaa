/**
 * The files behind {@code call.token}'s memory of used tokens. Not here: what a token is.
 *
 * <p>Start with {@link io.jackfield.storage.token.UsedTokenFiles}.
 */
@NullMarked
package io.jackfield.storage.token;

import org.jspecify.annotations.NullMarked;
