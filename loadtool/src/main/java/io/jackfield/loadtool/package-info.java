@org.jspecify.annotations.NullMarked
package io.jackfield.loadtool;
