package io.jackfield.call.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what a dialled number means. Pure; any thread. */
public final class Router {
    /** Reserved: hear yourself. */
    public static final String ECHO = "600";

    /** Reserved: hear yourself two seconds later, and have the line measured. */
    public static final String QUALITY_ECHO = "601";

    private Router() {}

    /** Whether no agent may bear that name. */
    public static boolean isReserved(String name) {
        return name.equals(ECHO) || name.equals(QUALITY_ECHO);
    }

    /** What an agent reaches by dialling this. */
    public static Destination fromAgent(Site site, String dialled) {
        if (dialled.equals(ECHO)) {
            return new Destination.Echo();
        }
        if (dialled.equals(QUALITY_ECHO)) {
            return new Destination.QualityEcho();
        }
        Optional<Agent> agent = site.agent(dialled);
        if (agent.isPresent()) {
            return new Destination.Agents(List.of(agent.get()));
        }
        if (site.queue(dialled).isPresent()) {
            return resolve(site, new Target.ToQueue(dialled), dialled, "");
        }
        return route(site, dialled)
                .map(r -> byRoute(site, r, dialled))
                .orElse(new Destination.Unknown());
    }

    /**
     * What the site itself reaches by that number, for a queue or a menu: as an agent would, but no
     * call token is wanted.
     */
    public static Destination bySite(Site site, String number) {
        Destination found = fromAgent(site, number);
        return found instanceof Destination.WithToken guarded ? guarded.trunks() : found;
    }

    private static Destination byRoute(Site site, Route route, String dialled) {
        Destination found =
                resolve(site, route.target(), dialled, wildcards(route.pattern(), dialled));
        return found instanceof Destination.Trunks trunks && route.token().isPresent()
                ? new Destination.WithToken(trunks, route.token().get().campaigns())
                : found;
    }

    /** What a trunk reaches by asking for this number. */
    public static Destination fromTrunk(Site site, String dialled) {
        return number(site, dialled)
                .map(n -> resolve(site, n.target(), dialled, wildcards(n.pattern(), dialled)))
                .orElse(new Destination.Unknown());
    }

    /** The route for what an agent dials that is no extension. */
    static Optional<Route> route(Site site, String dialled) {
        return site.routes().stream()
                .filter(r -> r.pattern().match(dialled).isPresent())
                .min(Comparator.comparing(Route::pattern, DialPattern::moreSpecificThan));
    }

    /** The number that a trunk asks for. */
    static Optional<InboundNumber> number(Site site, String dialled) {
        return site.numbers().stream()
                .filter(n -> n.pattern().match(dialled).isPresent())
                .min(Comparator.comparing(InboundNumber::pattern, DialPattern::moreSpecificThan));
    }

    private static String wildcards(DialPattern pattern, String dialled) {
        return pattern.match(dialled).orElse("");
    }

    private static Destination resolve(Site site, Target target, String dialled, String wildcards) {
        return switch (target) {
            case Target.ToAgent to -> agents(site, List.of(to.name(wildcards)));
            case Target.ToQueue(var number) ->
                    site.queue(number).isPresent()
                            ? new Destination.Waiting(number)
                            : new Destination.Unknown();
            case Target.ToMenu(var name) -> new Destination.InMenu(name);
            case Target.ToTrunks to ->
                    new Destination.Trunks(
                            to.trunks().stream()
                                    .flatMap(name -> site.trunk(name).stream())
                                    .map(trunk ->
                                            new Destination.TrunkAttempt(
                                                    trunk,
                                                    to.number(dialled),
                                                    to.callerId().or(trunk::callerId)))
                                    .toList());
        };
    }

    private static Destination agents(Site site, List<String> names) {
        List<Agent> found = names.stream().flatMap(name -> site.agent(name).stream()).toList();
        return found.isEmpty() ? new Destination.Unknown() : new Destination.Agents(found);
    }
}
