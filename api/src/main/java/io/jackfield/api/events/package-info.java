/**
 * What a CRM hears of calls, queues and agents: events with a stable form, as a stream over HTTP.
 *
 * <p>Here: which event means what ({@link io.jackfield.api.events.EventType}), how it is written
 * (JSON, RFC 8259), the last events in memory and on disk, server-sent events (HTML Living Standard
 * §9.2) with resume. Not here: who may listen ({@code api.http.Guard}), webhooks ({@code
 * api.webhook}).
 *
 * <p>Start with {@link io.jackfield.api.events.EventHub}, then {@link
 * io.jackfield.api.events.Translator}.
 */
@NullMarked
package io.jackfield.api.events;

import org.jspecify.annotations.NullMarked;
