/**
 * {@code jackfield load}: many headless phones against one server, and what they saw.
 *
 * <p>Here: the command line. Not here: one phone ({@code phone}), what they all do ({@code
 * scenario}), figures ({@code report}); nor anything of the server, which may be any that speaks
 * RFC 7118 and WebRTC.
 *
 * <p>Start with {@link io.jackfield.loadtool.Main}.
 */
@NullMarked
package io.jackfield.loadtool;

import org.jspecify.annotations.NullMarked;
