/**
 * The site while it lives in a database: the doors by which it is changed, and the watch that takes
 * every change over into the running server.
 *
 * <p>Here: {@link io.jackfield.server.site.SiteDoor} writes the tables, {@link
 * io.jackfield.server.site.SiteWatch} notices what anybody wrote, {@link
 * io.jackfield.server.site.SiteSnapshot} keeps the last good rows for a start without the database.
 * Not here: what a valid site is ({@code server.config}), SQL ({@code storage.site}).
 */
@NullMarked
package io.jackfield.server.site;

import org.jspecify.annotations.NullMarked;
