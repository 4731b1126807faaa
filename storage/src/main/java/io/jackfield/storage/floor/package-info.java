/**
 * The contact centre's floor on the disk, so that a process that starts goes on where another one
 * stopped.
 *
 * <p>Start with {@link io.jackfield.storage.floor.FloorFile}.
 */
@NullMarked
package io.jackfield.storage.floor;

import org.jspecify.annotations.NullMarked;
