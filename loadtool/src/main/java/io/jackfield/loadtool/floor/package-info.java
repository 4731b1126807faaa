/**
 * What this machine takes at least for a call: kernel and cryptography, with no PBX around them.
 *
 * <p>Start with {@link io.jackfield.loadtool.floor.Floor}.
 */
@NullMarked
package io.jackfield.loadtool.floor;

import org.jspecify.annotations.NullMarked;
