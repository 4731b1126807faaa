/**
 * Who is called: the site's plan and how a dialled number finds its way in it.
 *
 * <p>Here: the immutable {@link io.jackfield.call.routing.Site} (agents, trunks, routes, numbers,
 * queues) and the {@link io.jackfield.call.routing.Router}. Not here: where the site is read from
 * ({@code server.config}), whether a trunk is up ({@code trunk}).
 */
@NullMarked
package io.jackfield.call.routing;

import org.jspecify.annotations.NullMarked;
