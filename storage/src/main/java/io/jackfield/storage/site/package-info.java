/**
 * The site as rows of tables: reading all of them at one moment, writing some of them at once, what
 * was before, and the secrets in them.
 *
 * <p>Here: rows, columns, versions, history. Not here: what a row means and whether it may be so
 * ({@code server.config}). Start with {@link io.jackfield.storage.site.SiteTables}, then {@link
 * io.jackfield.storage.site.SiteStore}.
 */
@NullMarked
package io.jackfield.storage.site;

import org.jspecify.annotations.NullMarked;
