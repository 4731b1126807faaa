package io.jackfield.server;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.ivr.MenuRules;
import io.jackfield.contactcenter.ivr.MenuState;
import io.jackfield.contactcenter.ivr.MenuStep;
import io.jackfield.contactcenter.ivr.MenuTarget;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.server.config.PbxSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says where a call would go, without making it: by the same rules as calls, menus and hours do. It
 * knows nothing of who is there at that time.
 *
 * <p>Pure; any thread, one way each.
 */
final class RouteTester {
    /** Steps of a way; menus and queues may lead on, and end sooner. */
    private static final int STEPS_MAX = 100;

    /**
     * Where it goes.
     *
     * @param steps in words, in order
     * @param arrives whether somebody, or something, takes the call
     */
    record Way(List<String> steps, boolean arrives) {
        Way {
            steps = List.copyOf(steps);
        }
    }

    private final PbxSite site;
    private final Instant at;
    private final List<String> steps = new ArrayList<>();
    private final Set<String> queues = new HashSet<>();
    private String keys;
    private boolean arrives;

    private RouteTester(PbxSite site, Instant at, String keys) {
        this.site = site;
        this.at = at;
        this.keys = keys;
    }

    /** What a carrier's call for that number would meet; the caller presses these keys. */
    static Way fromTrunk(PbxSite site, String number, Instant at, String keys) {
        return new RouteTester(site, at, keys).from(Router.fromTrunk(site.calls(), number));
    }

    /** What an agent who dials that number would meet. */
    static Way fromAgent(PbxSite site, String number, Instant at, String keys) {
        return new RouteTester(site, at, keys).from(Router.fromAgent(site.calls(), number));
    }

    private Way from(Destination destination) {
        go(destination);
        return new Way(steps, arrives);
    }

    private void say(String step) {
        if (steps.size() < STEPS_MAX) {
            steps.add(step);
        }
    }

    private void arrive(String step) {
        say(step);
        arrives = true;
    }

    private void go(Destination destination) {
        switch (destination) {
            case Destination.Echo() -> arrive("echo");
            case Destination.QualityEcho() -> arrive("quality echo");
            case Destination.Agents(var agents) ->
                    arrive(
                            "rings "
                                    + agents.stream()
                                            .map(Agent::name)
                                            .collect(Collectors.joining(", ")));
            case Destination.Trunks trunks -> arrive(over(trunks));
            case Destination.WithToken guarded ->
                    arrive("with a call token: " + over(guarded.trunks()));
            case Destination.Waiting(var queue) -> queue(queue);
            case Destination.InMenu(var menu) -> menu(menu);
            case Destination.Unknown() -> say("nobody has that number");
        }
    }

    private static String over(Destination.Trunks trunks) {
        return trunks.attempts().stream()
                .map(a -> "dials " + a.number() + " over " + a.trunk().name())
                .collect(Collectors.joining(", else "));
    }

    // ---- queues

    private void queue(String number) {
        Optional<QueueSettings> queue = site.floor().queue(new QueueId(number));
        if (queue.isEmpty() || !queues.add(number)) {
            say("queue " + number + (queue.isEmpty() ? " is not there" : " again: the call ends"));
            return;
        }
        if (queue.get().hours().isOpen(at)) {
            arrive("queue " + number);
            return;
        }
        say("queue " + number + " is closed");
        switch (queue.get().overflowOf(OverflowCause.CLOSED)) {
            case OverflowTarget.ToQueue(var next) -> queue(next.number());
            case OverflowTarget.ToNumber(var next) -> go(Router.bySite(site.calls(), next));
            case OverflowTarget.ToMessage(var prompt) ->
                    arrive("hears " + prompt + ", then the end");
            case OverflowTarget.ToCallback() -> arrive("is called back");
            case OverflowTarget.HangUp() -> say("the call ends");
        }
    }

    // ---- menus

    private void menu(String name) {
        MenuRules rules = new MenuRules(site.menus(), (_, _) -> Duration.ZERO);
        MenuStep step = rules.enter(name, at);
        String before = "";
        while (step.next().isPresent()) {
            MenuState state = step.next().get();
            if (!state.menu().name().equals(before)) {
                say("menu " + state.menu().name());
                before = state.menu().name();
            }
            if (keys.isEmpty()) {
                say(state.pressed().isEmpty() ? "presses nothing" : "presses no more");
                step = rules.timeOut(state, state.deadline());
            } else {
                say("presses " + keys.charAt(0));
                step = rules.pressed(state, keys.charAt(0), at);
                keys = keys.substring(1);
            }
        }
        step.left().ifPresent(this::left);
    }

    private void left(MenuStep.Left left) {
        left.entered().forEach((field, digits) -> say("has entered " + field + " " + digits));
        switch (left.to()) {
            case MenuTarget.ToQueue(var number) -> queue(number);
            case MenuTarget.ToNumber(var number) -> go(Router.bySite(site.calls(), number));
            case MenuTarget.ToMessage(var prompt) -> arrive("hears " + prompt + ", then the end");
            case MenuTarget.HangUp(), MenuTarget.ToMenu(_) -> say("the call ends");
        }
    }
}
