/**
 * What the contact centre is configured to do: agents, queues, members, skills, hours.
 *
 * <p>Here: immutable records, and {@link io.jackfield.contactcenter.site.SiteCheck}, which finds
 * everything that is wrong with them at once. Not here: reading them from YAML or SQL ({@code
 * server.config}, {@code storage}).
 *
 * <p>Start with {@link io.jackfield.contactcenter.site.FloorSettings}. Everything is pure; any
 * thread.
 */
@NullMarked
package io.jackfield.contactcenter.site;

import org.jspecify.annotations.NullMarked;
