/** How calls were heard, over HTTP. */
@NullMarked
package io.jackfield.api.quality;

import org.jspecify.annotations.NullMarked;
