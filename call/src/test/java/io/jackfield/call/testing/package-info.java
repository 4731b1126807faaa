/** What the tests of this module share: flows without a network, names without randomness. */
@NullMarked
package io.jackfield.call.testing;

import org.jspecify.annotations.NullMarked;
