/** Ladders and the live trace over HTTP. */
@NullMarked
package io.jackfield.api.ladder;

import org.jspecify.annotations.NullMarked;
