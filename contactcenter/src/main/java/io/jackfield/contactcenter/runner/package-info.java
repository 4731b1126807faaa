/**
 * Drives the floor: its one thread, its clock, and the ports through which it acts.
 *
 * <p>Here: {@link io.jackfield.contactcenter.runner.FloorRunner}, and {@link
 * io.jackfield.contactcenter.runner.MenuCalls} for callers in menus. Not here: any rule ({@code
 * floor}); who does what the floor wants ({@code call}, by {@link
 * io.jackfield.contactcenter.runner.CallPort}); who stores it ({@code storage}, by {@link
 * io.jackfield.contactcenter.runner.FloorStore}).
 */
@NullMarked
package io.jackfield.contactcenter.runner;

import org.jspecify.annotations.NullMarked;
