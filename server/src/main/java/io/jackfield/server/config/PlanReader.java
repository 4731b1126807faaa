package io.jackfield.server.config;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.DialPattern;
import io.jackfield.call.routing.InboundNumber;
import io.jackfield.call.routing.InvalidSite;
import io.jackfield.call.routing.Queue;
import io.jackfield.call.routing.Route;
import io.jackfield.call.routing.Router;
import io.jackfield.call.routing.Target;
import io.jackfield.call.routing.Trunk;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.QueueSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the items of {@code routes:}, {@code numbers:} and {@code queues:}, and follows every name
 * in them to what it names.
 */
final class PlanReader {
    private static final Pattern PREPEND = Pattern.compile("[0-9A-Za-z+*#]{0,32}");
    private static final int STRIP_MAX = 32;

    private final Set<String> agents;
    private final Set<String> trunks;
    private final Problems problems;
    private final QueueReader queues;

    PlanReader(
            List<Located<Agent>> agents,
            List<Located<Trunk>> trunks,
            Problems problems,
            QueueReader queues) {
        this.queues = queues;
        this.agents = names(agents.stream().map(a -> a.value().name()).toList());
        this.trunks = names(trunks.stream().map(t -> t.value().name()).toList());
        this.problems = problems;
    }

    /** What an item of {@code queues:} says. */
    record QueueItem(Queue queue, QueueSettings settings) {}

    Optional<QueueItem> queue(Fields fields) {
        Optional<String> number = fields.required("number", Form.text("the queue's extension"));
        number.filter(Router::isReserved)
                .ifPresent(n ->
                        fields.problem(
                                fields.placeOf("number"),
                                n + " is reserved for the echo",
                                "Choose another number."));
        Optional<List<MemberSettings>> members = queues.members(fields);
        List<String> names = members.map(QueueReader::names).orElse(List.of());
        names.forEach(name -> known(fields, "members", name, agents, "agent"));
        QueueSettings settings =
                queues.settings(fields, number.orElse(""), members.orElse(List.of()));
        return number.map(n -> new QueueItem(new Queue(n, names), settings));
    }

    Optional<Route> route(Fields fields, List<Located<Queue>> queues, Set<String> menus) {
        Optional<DialPattern> pattern = pattern(fields);
        Optional<Target> target = target(fields, pattern, queues, menus, true);
        Optional<Route.TokenDemand> token = token(fields, target);
        return pattern.flatMap(p -> target.map(t -> new Route(p, t, token)));
    }

    /** {@code token: required}, and for which campaigns. */
    private static Optional<Route.TokenDemand> token(Fields fields, Optional<Target> target) {
        boolean required = fields.optional("token", required()).isPresent();
        Optional<List<String>> campaigns =
                fields.optional("campaigns", Form.list(Form.text("the name of a campaign")));
        boolean outside = target.filter(Target.ToTrunks.class::isInstance).isPresent();
        if (target.isPresent() && (required || campaigns.isPresent()) && !outside) {
            fields.problem(
                    fields.placeOf(required ? "token" : "campaigns"),
                    "leads to no trunk",
                    "Call tokens are for routes with trunks.");
        }
        if (campaigns.isPresent() && !required) {
            fields.problem(
                    fields.placeOf("campaigns"),
                    "campaigns are named by call tokens",
                    "Add 'token: required'.");
        }
        return required
                ? Optional.of(new Route.TokenDemand(Set.copyOf(campaigns.orElse(List.of()))))
                : Optional.empty();
    }

    private static Form<Boolean> required() {
        return Form.scalar(
                "required, or left out",
                text -> text.equals("required") ? Optional.of(true) : Optional.empty());
    }

    Optional<InboundNumber> number(Fields fields, List<Located<Queue>> queues, Set<String> menus) {
        Optional<DialPattern> pattern = pattern(fields);
        Optional<Target> target = target(fields, pattern, queues, menus, false);
        return pattern.flatMap(p -> target.map(t -> new InboundNumber(p, t)));
    }

    private Optional<DialPattern> pattern(Fields fields) {
        Optional<String> text = fields.required("pattern", Form.text("a pattern as _9X."));
        try {
            return text.map(DialPattern::new);
        } catch (InvalidSite unfit) {
            fields.problem(
                    fields.placeOf("pattern"),
                    "pattern cannot be used",
                    String.valueOf(unfit.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Target> target(
            Fields fields,
            Optional<DialPattern> pattern,
            List<Located<Queue>> queues,
            Set<String> menus,
            boolean outbound) {
        Optional<String> agent =
                fields.optional("agent", Form.text("the name of an agent, as agent0XXX"));
        Optional<String> queue = fields.optional("queue", Form.text("the number of a queue"));
        Optional<String> menu = fields.optional("menu", Form.text("the name of a menu"));
        Optional<Target> trunkTarget = outbound ? trunkTarget(fields) : Optional.empty();
        long given =
                List.of(agent, queue, menu, trunkTarget).stream()
                        .filter(Optional::isPresent)
                        .count();
        if (given != 1) {
            String kinds = outbound ? "trunks, agent, queue or menu" : "agent, queue or menu";
            fields.problem(
                    fields.place(),
                    "leads to " + given + " targets",
                    "Give one of: " + kinds + ".");
            return Optional.empty();
        }
        boolean plain = pattern.isPresent() && !pattern.get().wild();
        agent.filter(_ -> plain).ifPresent(a -> known(fields, "agent", a, agents, "agent"));
        Set<String> numbers = names(queues.stream().map(q -> q.value().number()).toList());
        queue.ifPresent(q -> known(fields, "queue", q, numbers, "queue"));
        menu.ifPresent(m -> known(fields, "menu", m, menus, "menu"));
        return agent.<Target>map(Target.ToAgent::new)
                .or(() -> menu.map(Target.ToMenu::new))
                .or(() -> queue.map(Target.ToQueue::new))
                .or(() -> trunkTarget);
    }

    private Optional<Target> trunkTarget(Fields fields) {
        Optional<List<String>> names =
                fields.optional("trunks", Form.list(Form.text("the name of a trunk")));
        int strip = fields.optional("strip", Form.number(0, STRIP_MAX)).orElse(0);
        String prepend =
                fields.optional("prepend", Form.text("digits to put before the number", PREPEND))
                        .orElse("");
        Optional<String> callerId = fields.optional("callerId", Form.text("a number to show"));
        names.orElse(List.of()).forEach(name -> known(fields, "trunks", name, trunks, "trunk"));
        return names.map(n -> new Target.ToTrunks(n, strip, prepend, callerId));
    }

    private void known(
            Fields fields, String field, String name, Collection<String> all, String kind) {
        if (!all.contains(name)) {
            problems.add(
                    fields.placeOf(field),
                    "there is no " + kind + " " + name,
                    Nearest.to(name, all)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Add it under " + kind + "s:, or correct the name."));
        }
    }

    private static Set<String> names(List<String> names) {
        return names.stream().collect(Collectors.toUnmodifiableSet());
    }
}
