/**
 * Call tokens at the edges of the process: key sets from the web, and the signatures that the
 * command line makes. Not here: what a token must be ({@code call.token}), how the site writes keys
 * down ({@code server.config}).
 */
@NullMarked
package io.jackfield.server.token;

import org.jspecify.annotations.NullMarked;
