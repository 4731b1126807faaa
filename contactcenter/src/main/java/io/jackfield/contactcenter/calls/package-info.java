/**
 * Brings the floor and the calls together: what the floor wants done goes to calls, and what
 * happens in calls goes to the floor.
 *
 * <p>Start with {@link io.jackfield.contactcenter.calls.FloorCalls}.
 */
@NullMarked
package io.jackfield.contactcenter.calls;

import org.jspecify.annotations.NullMarked;
