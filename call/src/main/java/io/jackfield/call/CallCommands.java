package io.jackfield.call;

import io.jackfield.call.b2bua.CallEvent;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.b2bua.NewCall;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.call.routing.Site;
import io.jackfield.media.audio.Supervision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds who is meant by the site, and tells the call. Any thread. */
public final class CallCommands implements CallControl {
    private final Calls calls;
    private final Supplier<Site> site;
    private final CallIds callIds;
    private final Supplier<Instant> wallClock;

    public CallCommands(
            Calls calls, Supplier<Site> site, CallIds callIds, Supplier<Instant> wallClock) {
        this.calls = calls;
        this.site = site;
        this.callIds = callIds;
        this.wallClock = wallClock;
    }

    @Override
    public Begun originate(String agent, String to, Optional<String> reference) {
        Site now = site.get();
        Destination destination = Router.fromAgent(now, to);
        Optional<Agent> found = now.agent(agent);
        if (destination instanceof Destination.WithToken) {
            return new Begun(Outcome.TOKEN_REQUIRED, Optional.empty());
        }
        if (found.isEmpty() || destination instanceof Destination.Unknown) {
            return new Begun(Outcome.NO_SUCH_NUMBER, Optional.empty());
        }
        String id = callIds.next();
        NewCall wanted =
                NewCall.ringing(id, found.get(), to, destination, reference, wallClock.get());
        return calls.start(wanted)
                ? new Begun(Outcome.TOLD, Optional.of(id))
                : new Begun(Outcome.TOO_MANY, Optional.empty());
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
                    Destination.Waiting _,
                    Destination.InMenu _ ->
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
