/**
 * What the phones of a run do together: who they are ({@link
 * io.jackfield.loadtool.scenario.PhoneNames}) and the echo run ({@link
 * io.jackfield.loadtool.scenario.EchoRun}).
 *
 * <p>Here: pace and phases. Not here: a phone ({@code phone}), what comes out ({@code report}). One
 * virtual thread per phone while it connects; the phases on the caller's thread.
 */
@NullMarked
package io.jackfield.loadtool.scenario;

import org.jspecify.annotations.NullMarked;
