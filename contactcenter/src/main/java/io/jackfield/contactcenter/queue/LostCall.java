package io.jackfield.contactcenter.queue;

import io.jackfield.contactcenter.CallId;
import java.time.Duration;
import java.time.Instant;

/** A caller who hung up before anybody answered, or who could not be called back. */
public record LostCall(
        Instant at, CallId call, String number, Duration waited, boolean wasCallback) {}
