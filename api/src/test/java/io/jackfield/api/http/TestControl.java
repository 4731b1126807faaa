package io.jackfield.api.http;

import io.jackfield.call.CallControl;
import io.jackfield.media.audio.Supervision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what is wanted of calls, and says what the test says. */
final class TestControl implements CallControl {
    final List<String> wanted = new ArrayList<>();
    Outcome outcome = Outcome.TOLD;

    private Outcome note(String what) {
        wanted.add(what);
        return outcome;
    }

    @Override
    public Begun originate(String agent, String to, Optional<String> reference) {
        note("originate " + agent + " " + to + " " + reference.orElse("-"));
        return new Begun(outcome, outcome == Outcome.TOLD ? Optional.of("c9") : Optional.empty());
    }

    @Override
    public Outcome hangUp(String callId) {
        return note(callId + " hangup");
    }

    @Override
    public Outcome transfer(String callId, Optional<String> leaving, String to) {
        return note(callId + " transfer " + leaving.orElse("-") + " " + to);
    }

    @Override
    public Outcome invite(String callId, String to) {
        return note(callId + " conference " + to);
    }

    @Override
    public Outcome supervise(String callId, String supervisor, String agent, Supervision mode) {
        return note(callId + " " + mode + " " + supervisor + " " + agent);
    }
}
