/**
 * Ogg pages (RFC 3533) and Opus in them (RFC 7845): as much of it as recordings and prompts need.
 *
 * <p>Here: pages, packets, the identification header. Not here: Opus itself ({@code codec}), files
 * ({@code recording}), what prompts make of it ({@code prompt}). Left out: seeking, other codecs,
 * several streams in one file (the first counts).
 */
@NullMarked
package io.jackfield.media.ogg;

import org.jspecify.annotations.NullMarked;
