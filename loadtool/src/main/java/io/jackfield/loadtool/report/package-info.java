/**
 * What a run has shown: figures of each phone and of all, for people ({@link
 * io.jackfield.loadtool.report.TextReport}) and for programs ({@link
 * io.jackfield.loadtool.report.JsonReport}); what the server's process used meanwhile.
 *
 * <p>Values and arithmetic; any thread. Start with {@link io.jackfield.loadtool.report.LoadReport}.
 */
@NullMarked
package io.jackfield.loadtool.report;

import org.jspecify.annotations.NullMarked;
