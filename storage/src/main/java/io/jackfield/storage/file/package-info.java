/** Files and folders with the rights that records of calls need. */
@NullMarked
package io.jackfield.storage.file;

import org.jspecify.annotations.NullMarked;
