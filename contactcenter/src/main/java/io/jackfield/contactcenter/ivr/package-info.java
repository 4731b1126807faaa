/**
 * Menus: callers hear prompts, press keys, and go on from there.
 *
 * <p>Start with {@link io.jackfield.contactcenter.ivr.MenuRules}, a pure function; {@link
 * io.jackfield.contactcenter.ivr.MenuCheck} finds menus without a way out.
 */
@NullMarked
package io.jackfield.contactcenter.ivr;

import org.jspecify.annotations.NullMarked;
