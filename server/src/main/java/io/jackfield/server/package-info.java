@org.jspecify.annotations.NullMarked
package io.jackfield.server;
