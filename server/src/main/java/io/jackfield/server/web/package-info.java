/**
 * The web side: one Jetty server for pages, API and SIP over WebSocket (RFC 6455, RFC 7118).
 *
 * <p>Here: listeners, TLS, limits, files of the phone, the WebSocket endpoint. Not here: what the
 * API says ({@code api}), what SIP means ({@code call}). Jetty's types stay in this package and in
 * {@code api}.
 *
 * <p>Start with {@link io.jackfield.server.web.WebServer}. Every request and every WebSocket
 * message runs on a virtual thread.
 */
@NullMarked
package io.jackfield.server.web;

import org.jspecify.annotations.NullMarked;
