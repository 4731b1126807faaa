/** Database servers that tests start for themselves, from the packages of the system. */
@NullMarked
package io.jackfield.testkit.database;

import org.jspecify.annotations.NullMarked;
