/**
 * Metrics for Prometheus: counted from the events that call and media publish, and read from gauges
 * when asked. No label ever holds a user, a number or a call.
 */
@NullMarked
package io.jackfield.observe.metrics;

import org.jspecify.annotations.NullMarked;
