/**
 * How well both sides of a call heard each other, and which link was bad: windows of five seconds
 * for each leg and direction, scores by the E-model, and a verdict in words.
 */
@NullMarked
package io.jackfield.observe.quality;

import org.jspecify.annotations.NullMarked;
