package io.jackfield.call;

import io.jackfield.call.b2bua.CallEvent;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.call.routing.Site;
import io.jackfield.media.audio.Supervision;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds who is meant by the site, and tells the call. Any thread. */
public final class CallCommands implements CallControl {
    private final Calls calls;
    private final Supplier<Site> site;

    public CallCommands(Calls calls, Supplier<Site> site) {
        this.calls = calls;
        this.site = site;
    }

    @Override
    public Outcome hangUp(String callId) {
        return tell(callId, new CallEvent.HangUp("hung up by the API"));
    }

    @Override
    public Outcome transfer(String callId, Optional<String> leaving, String to) {
        return to(to, callId, destination -> new CallEvent.Transfer(leaving, destination));
    }

    @Override
    public Outcome invite(String callId, String to) {
        return to(to, callId, CallEvent.Invite::new);
    }

    @Override
    public Outcome supervise(String callId, String supervisor, String agent, Supervision mode) {
        return site.get()
                .agent(supervisor)
                .map(found -> new Destination.Agents(List.of(found)))
                .map(phones -> new CallEvent.Supervise(supervisor, phones, agent, mode))
                .map(command -> tell(callId, command))
                .orElse(Outcome.NO_SUCH_NUMBER);
    }

    private interface Command {
        CallEvent.Command to(Destination destination);
    }

    private Outcome to(String number, String callId, Command command) {
        return switch (Router.fromAgent(site.get(), number)) {
            case Destination.Unknown(),
                    Destination.Echo(),
                    Destination.QualityEcho(),
                    Destination.Waiting _ ->
                    Outcome.NO_SUCH_NUMBER;
            case Destination.WithToken _ -> Outcome.TOKEN_REQUIRED;
            case Destination.Agents agents -> tell(callId, command.to(agents));
            case Destination.Trunks trunks -> tell(callId, command.to(trunks));
        };
    }

    private Outcome tell(String callId, CallEvent.Command command) {
        return calls.tell(callId, command) ? Outcome.TOLD : Outcome.NO_SUCH_CALL;
    }
}
