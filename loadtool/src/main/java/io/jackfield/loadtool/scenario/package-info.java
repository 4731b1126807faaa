/**
 * What the phones of a run do together: who they are ({@link
 * io.jackfield.loadtool.scenario.PhoneNames}), whom they call and when ({@link
 * io.jackfield.loadtool.scenario.LoadRun}), and what the server uses meanwhile.
 *
 * <p>Here: pace and phases. Not here: a phone ({@code phone}), its media ({@code media}), what
 * comes out ({@code report}). One virtual thread per phone while it connects; the phases on the
 * caller's thread.
 */
@NullMarked
package io.jackfield.loadtool.scenario;

import org.jspecify.annotations.NullMarked;
