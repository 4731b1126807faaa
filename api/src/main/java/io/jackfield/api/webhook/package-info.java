/**
 * Webhooks: each event is posted to the addresses of the site, signed, in order, again and again
 * for a day until it is taken.
 *
 * <p>Here: what waits, when it is tried again ({@link io.jackfield.api.webhook.Outbox}, pure), the
 * files it outlives a restart in, the signature (HMAC-SHA256, RFC 2104), the request (RFC 9112), to
 * which addresses it may go. Not here: which event means what ({@code api.events}).
 *
 * <p>Each endpoint has a platform thread of its own: looking up a name may block a carrier thread,
 * and an endpoint that hangs must not slow a call. Start with {@link
 * io.jackfield.api.webhook.Webhooks}.
 */
@NullMarked
package io.jackfield.api.webhook;

import org.jspecify.annotations.NullMarked;
