/**
 * The HTTP API: health, metrics, call records, running calls, and what the demo's page needs.
 *
 * <p>Here: which path answers what, who may ask, JSON (RFC 8259), problems (RFC 9457). Not here:
 * sockets and TLS ({@code server.web}), where records are kept ({@code storage}).
 *
 * <p>Start with {@link io.jackfield.api.http.ApiHandler}. One virtual thread per request.
 */
@NullMarked
package io.jackfield.api.http;

import org.jspecify.annotations.NullMarked;
