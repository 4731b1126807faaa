package io.jackfield.contactcenter.runner;

import io.jackfield.call.b2bua.CallEvent;
import io.jackfield.call.b2bua.CallEvent.Command;
import io.jackfield.call.event.LogBudget;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.contactcenter.ivr.MenuRules;
import io.jackfield.contactcenter.ivr.MenuState;
import io.jackfield.contactcenter.ivr.MenuStep;
import io.jackfield.contactcenter.ivr.MenuTarget;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.prompt.Language;
import io.jackfield.media.prompt.Music;
import io.jackfield.media.prompt.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Callers in menus: one mailbox, one thread, no locks. What is pressed comes from calls, what is to
 * be said and where they go is told to calls.
 *
 * <p>Thread-safety: any thread may call {@link #on} and {@link #stop}; everything else runs on its
 * own.
 */
public final class MenuCalls implements Runnable {
    private static final System.Logger LOG = System.getLogger(MenuCalls.class.getName());

    /** Keys of some thousand callers who press all at once. */
    private static final int MAILBOX_MAX = 8_192;

    private static final Duration IDLE = Duration.ofSeconds(10);

    /** While nothing is said. */
    private static final Prompt SILENCE = new Prompt(new short[10 * Prompt.RATE]);

    /** While somebody is rung. */
    private static final Prompt RINGBACK = Music.ringback();

    private sealed interface Happened {
        record Came(String call, String menu) implements Happened {}

        record Pressed(String call, char key) implements Happened {}

        record Gone(String call) implements Happened {}

        record Nothing() implements Happened {}
    }

    private final BiPredicate<String, Command> calls;
    private final House house;
    private final Consumer<PbxEvent> told;
    private final LongSupplier nanoTime;
    private final Supplier<Instant> wallClock;
    private final BlockingQueue<Happened> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);

    /** Callers in menus, for those who only look whether a key matters. */
    private final Set<String> inside = ConcurrentHashMap.newKeySet();

    private final Map<String, MenuState> states = new HashMap<>();
    private final LogBudget bugs = new LogBudget(20, Duration.ofMinutes(1));
    private volatile boolean stopped;

    /**
     * @param calls tells a call something; false when there is none of that name
     * @param told takes what others are to know
     */
    public MenuCalls(
            BiPredicate<String, Command> calls,
            House house,
            Consumer<PbxEvent> told,
            LongSupplier nanoTime,
            Supplier<Instant> wallClock) {
        this.calls = calls;
        this.house = house;
        this.told = told;
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
    }

    /** Takes what was published; what is of no concern to menus is passed over. */
    public void on(PbxEvent event) {
        switch (event) {
            case PbxEvent.CallerInMenu(var call, var menu, _) -> {
                inside.add(call);
                if (!mailbox.offer(new Happened.Came(call, menu))) {
                    inside.remove(call);
                    tell(call, new CallEvent.HangUp("too many callers in menus"));
                }
            }
            case PbxEvent.MediaHappened(var call, MediaEvent.DtmfReceived(_, var key, _)) -> {
                if (inside.contains(call)) {
                    mailbox.offer(new Happened.Pressed(call, key));
                }
            }
            case PbxEvent.CallEnding(var call) -> {
                if (inside.remove(call)) {
                    mailbox.offer(new Happened.Gone(call));
                }
            }
            default -> {}
        }
    }

    /** Ends the thread; callers stay where they are. */
    public void stop() {
        stopped = true;
        mailbox.offer(new Happened.Nothing());
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                Happened next = mailbox.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
                if (!stopped) {
                    step(next == null ? new Happened.Nothing() : next);
                }
            }
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration patience() {
        Instant now = wallClock.get();
        return states.values().stream()
                .map(state -> Duration.between(now, state.deadline()))
                .min(Duration::compareTo)
                .filter(d -> d.compareTo(IDLE) < 0)
                .map(d -> d.isNegative() ? Duration.ZERO : d)
                .orElse(IDLE);
    }

    /** One step, and what is due; a mistake of ours costs the event that met it. */
    private void step(Happened happened) {
        try {
            handle(happened);
            due();
        } catch (RuntimeException bug) {
            bugs.take(nanoTime.getAsLong())
                    .ifPresent(left ->
                            LOG.log(
                                    System.Logger.Level.ERROR,
                                    "a menu failed left_out=" + left,
                                    bug));
        }
    }

    private void handle(Happened happened) {
        Instant now = wallClock.get();
        switch (happened) {
            case Happened.Came(var call, var menu) -> {
                tell(call, new CallEvent.Park(SILENCE));
                happens(call, rules().enter(menu, now));
            }
            case Happened.Pressed(var call, var key) ->
                    Optional.ofNullable(states.get(call))
                            .ifPresent(state -> happens(call, rules().pressed(state, key, now)));
            case Happened.Gone(var call) -> states.remove(call);
            case Happened.Nothing() -> {}
        }
    }

    private void due() {
        Instant now = wallClock.get();
        List<String> late =
                states.entrySet().stream()
                        .filter(e -> !e.getValue().deadline().isAfter(now))
                        .map(Map.Entry::getKey)
                        .toList();
        for (String call : late) {
            Optional.ofNullable(states.get(call))
                    .ifPresent(state -> happens(call, rules().timeOut(state, now)));
        }
    }

    private MenuRules rules() {
        return new MenuRules(
                house.menus(),
                (menu, prompts) ->
                        said(menu.language(), prompts).map(Prompt::duration).orElse(Duration.ZERO));
    }

    private Optional<Prompt> said(Language language, List<String> prompts) {
        return house.prompts().say(prompts, language);
    }

    private void happens(String call, MenuStep step) {
        Language language =
                step.next()
                        .or(() -> Optional.ofNullable(states.get(call)))
                        .map(state -> state.menu().language())
                        .orElse(Language.ENGLISH);
        step.next().ifPresentOrElse(state -> states.put(call, state), () -> states.remove(call));
        if (!step.say().isEmpty()) {
            said(language, step.say())
                    .ifPresent(prompt -> tell(call, new CallEvent.Announce(prompt)));
        }
        step.left().ifPresent(left -> leaves(call, left, language));
    }

    private void leaves(String call, MenuStep.Left left, Language language) {
        inside.remove(call);
        told.accept(new PbxEvent.MenuLeft(call, left.choices(), left.entered()));
        if (left.to() instanceof MenuTarget.ToNumber) {
            tell(call, new CallEvent.Park(RINGBACK));
        }
        tell(call, command(left.to(), language));
    }

    /** A call that is over by now needs nothing any more. */
    private void tell(String call, Command command) {
        boolean _ = calls.test(call, command);
    }

    private Command command(MenuTarget to, Language language) {
        return switch (to) {
            case MenuTarget.ToQueue(var number) ->
                    new CallEvent.RouteOn(new Destination.Waiting(number));
            case MenuTarget.ToNumber(var number) ->
                    new CallEvent.RouteOn(Router.bySite(house.site(), number));
            case MenuTarget.ToMessage(var prompt) ->
                    said(language, List.of(prompt))
                            .<Command>map(p -> new CallEvent.LastWords(p, "menu: message"))
                            .orElse(new CallEvent.HangUp("menu: message"));
            case MenuTarget.HangUp(), MenuTarget.ToMenu(_) -> new CallEvent.HangUp("menu: end");
        };
    }
}
