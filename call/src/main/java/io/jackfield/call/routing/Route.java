package io.jackfield.call.routing;

/** An outbound rule: what an agent dials, and where it goes. */
public record Route(DialPattern pattern, Target target) {}
