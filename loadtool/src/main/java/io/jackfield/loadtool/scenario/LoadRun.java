package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.measure.Histogram;
import io.jackfield.loadtool.media.MediaClock;
import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.media.MediaHost;
import io.jackfield.loadtool.media.Way;
import io.jackfield.loadtool.phone.PhoneCall;
import io.jackfield.loadtool.phone.PhoneMedia;
import io.jackfield.loadtool.phone.RandomIdentifiers;
import io.jackfield.loadtool.phone.SipPhone;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.SetupTimes;
import io.jackfield.loadtool.report.StepReport;
import io.jackfield.loadtool.trunk.TrunkServer;
import io.jackfield.protocol.sdp.Codec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All phones register; then calls are begun, step by step, each step is held and measured; or short
 * calls are made one after another. Thread: the caller's, which it blocks.
 */
public final class LoadRun {
    private static final Duration SETUP_MAX = Duration.ofSeconds(20);
    private static final Duration HANG_UP_MAX = Duration.ofSeconds(5);

    /** Ten times the round trip of a fair network: what comes later is lost to a listener too. */
    private static final Duration LAST_FRAMES = Duration.ofSeconds(1);

    /** Before a short call is hung up, for the same reason, where the network is this machine. */
    private static final Duration LAST_FRAMES_SHORT = Duration.ofMillis(100);

    /** So that each phone has sent a frame for each 20 ms of the window, also one that is late. */
    private static final Duration WINDOW_MORE = Duration.ofMillis(100);

    private final LoadPlan plan;
    private final Consumer<String> progress;
    private final List<Caller> callers;
    private final List<Caller> called;
    private final Way way;
    private final Histogram registered = new Histogram();
    private final Meter meter;

    /** What is open for as long as the run lasts. */
    private record Open(ExecutorService threads, HttpClient http, MediaHost host) {}

    /** A step of one phone, which may take its time. */
    private interface PhoneStep {
        void take(Caller caller)
                throws IOException, InterruptedException, ExecutionException, TimeoutException;
    }

    /**
     * @param progress told in words what happens
     */
    public LoadRun(LoadPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.callers =
                IntStream.range(0, plan.callers())
                        .mapToObj(i -> new Caller(plan.accounts().get(i), plan.numberOf(i)))
                        .toList();
        this.called =
                IntStream.range(plan.callers(), plan.pairs() ? 2 * plan.callers() : plan.callers())
                        .mapToObj(i -> new Caller(plan.accounts().get(i), ""))
                        .toList();
        this.way = way(plan);
        this.meter = new Meter(plan.process());
    }

    private static Way way(LoadPlan plan) {
        if (plan.pairs()) {
            return Way.TO_PHONE;
        }
        return plan.trunk().isPresent() ? Way.TO_TRUNK : Way.ECHO;
    }

    /**
     * @throws IOException when media or the trunk cannot begin at all
     * @throws InterruptedException when asked to stop
     */
    public LoadReport run() throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient http = WebSocketClients.open(threads, plan.anyCertificate());
                MediaHost host = MediaHost.start(plan.seed(), plan.payload())) {
            Open open = new Open(threads, http, host);
            if (plan.trunk().isEmpty()) {
                return measure(open);
            }
            InetSocketAddress at = plan.trunk().get();
            try (TrunkServer _ =
                    TrunkServer.start(
                            at,
                            List.of(Codec.PCMU, Codec.PCMA),
                            dialled -> host.trunk(at.getAddress(), dialled),
                            new RandomIdentifiers())) {
                return measure(open);
            }
        }
    }

    private LoadReport measure(Open open) throws InterruptedException {
        long beforeKib = meter.serverKib();
        List<Caller> all = Stream.concat(callers.stream(), called.stream()).toList();
        progress.accept("registering " + all.size() + " phones");
        Meter.Window registering = meter.begin();
        inTurn(open.threads, all, caller -> register(caller, open.http));
        Meter.Use registration = registering.end();
        called.forEach(one ->
                one.phone()
                        .ifPresent(p -> p.takeCalls(() -> media(open.host, "", new MediaClock()))));
        long registeredKib = meter.serverKib();
        List<StepReport> steps =
                plan.talkFor().isPresent()
                        ? List.of(shortCalls(open, plan.talkFor().get()))
                        : steps(open);
        long callsKib = meter.serverKib();
        List<Caller> talking = callers.stream().filter(c -> c.running().isPresent()).toList();
        progress.accept("hanging up");
        hangUp(talking);
        all.forEach(caller -> caller.phone().ifPresent(SipPhone::close));
        Map<String, String> problems = new HashMap<>();
        all.forEach(c -> c.problem().ifPresent(words -> problems.put(c.user(), words)));
        return new LoadReport(
                plan.number(),
                all.size(),
                callers.stream()
                        .map(Caller::codecName)
                        .filter(n -> !n.isEmpty())
                        .distinct()
                        .toList(),
                registered.spread(),
                registration.server(),
                new LoadReport.MemoryUse(beforeKib, registeredKib, talking.size(), callsKib),
                steps,
                problems);
    }

    // Setting up.

    /** Begins the step for each at its time, and waits until all have taken it. */
    private void inTurn(ExecutorService threads, List<Caller> some, PhoneStep step)
            throws InterruptedException {
        long beginNanos = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            sleepUntil(beginNanos + plan.beginsAfter(i).toNanos());
            Caller caller = some.get(i);
            running.add(threads.submit(() -> attempt(caller, step)));
        }
        for (Future<?> one : running) {
            finish(one);
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    private static void finish(Future<?> one) throws InterruptedException {
        try {
            Object _ = one.get();
        } catch (ExecutionException ours) {
            throw new IllegalStateException(ours.getCause());
        }
    }

    private static void attempt(Caller caller, PhoneStep step) {
        if (caller.problem().isPresent()) {
            return;
        }
        try {
            step.take(caller);
        } catch (IOException | CompletionException failure) {
            caller.problem("cannot connect: " + failure.getMessage());
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            caller.problem(cause == null ? "failed" : "" + cause.getMessage());
        } catch (TimeoutException _) {
            caller.problem("no answer in " + SETUP_MAX.toSeconds() + " s");
        } catch (InterruptedException _) {
            caller.problem("interrupted");
        }
    }

    private void register(Caller caller, HttpClient http)
            throws InterruptedException, ExecutionException, TimeoutException {
        SipPhone phone = SipPhone.connect(caller.account(), plan.codecs(), http, plan.server());
        caller.phone(phone);
        long nanos = soon(phone.register()).toNanos();
        synchronized (registered) {
            registered.record(nanos);
        }
    }

    private void call(Caller caller, MediaHost host)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        SipPhone phone = caller.phone().orElseThrow();
        MediaClock times = new MediaClock();
        PhoneMedia media = media(host, caller.number(), times);
        PhoneCall call = phone.call(caller.number(), media);
        caller.calls(call, times);
        caller.answered(soon(call.answered()), call.codecName());
        if (!soon(media.connected())) {
            caller.problem("media could not be connected");
        }
    }

    private PhoneMedia media(MediaHost host, String number, MediaClock times) throws IOException {
        return host.phone(new InetSocketAddress(plan.local(), 0), number, way, times);
    }

    private static <T> T soon(Future<T> awaited)
            throws InterruptedException, ExecutionException, TimeoutException {
        return awaited.get(SETUP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    // Steps of calls that stay.

    private List<StepReport> steps(Open open) throws InterruptedException {
        List<StepReport> reports = new ArrayList<>();
        int before = 0;
        for (int calls : plan.steps()) {
            progress.accept("calling " + plan.number() + ", " + calls + " at once");
            List<Caller> added = callers.subList(before, calls);
            inTurn(open.threads, added, caller -> call(caller, open.host));
            Thread.sleep(plan.settleFor());
            progress.accept("talking for " + plan.steadyFor().toSeconds() + " s");
            reports.add(step(open.host, callers.subList(0, calls), added));
            before = calls;
            if (!plan.limits().heldBy(reports.getLast())) {
                break;
            }
        }
        return reports;
    }

    private StepReport step(MediaHost host, List<Caller> all, List<Caller> added)
            throws InterruptedException {
        Meter.Window window = meter.begin();
        host.openWindow();
        Thread.sleep(plan.steadyFor().plus(WINDOW_MORE));
        host.closeWindow();
        Meter.Use use = window.end();
        Thread.sleep(LAST_FRAMES);
        MediaFigures media = host.figures();
        all.forEach(Caller::checkCall);
        SetupTimes.Gathered setup = new SetupTimes.Gathered();
        added.forEach(caller -> caller.addTo(setup));
        int up = (int) all.stream().filter(caller -> caller.problem().isEmpty()).count();
        return new StepReport(
                all.size(),
                up,
                false,
                use.took(),
                setup.spread(),
                media,
                use.server(),
                use.jvm(),
                use.own(),
                use.stealPercent());
    }

    // Short calls.

    private StepReport shortCalls(Open open, Duration talkFor) throws InterruptedException {
        progress.accept("short calls to " + plan.number());
        if (!plan.warmFor().isZero()) {
            ShortCalls _ = new ShortCalls(open, talkFor).make(plan.warmFor());
        }
        Meter.Window window = meter.begin();
        open.host.openWindow();
        ShortCalls calls = new ShortCalls(open, talkFor).make(plan.steadyFor());
        open.host.closeWindow();
        Meter.Use use = window.end();
        return new StepReport(
                calls.made,
                calls.well.get(),
                true,
                use.took(),
                calls.setup.spread(),
                open.host.figures(),
                use.server(),
                use.jvm(),
                use.own(),
                use.stealPercent());
    }

    /** Calls that are begun at the plan's rate, by whichever phone is free. */
    private final class ShortCalls {
        private final Open open;
        private final Duration talkFor;
        private final BlockingQueue<Caller> free =
                new ArrayBlockingQueue<>(callers.size(), false, callers);
        private final SetupTimes.Gathered setup = new SetupTimes.Gathered();
        private final AtomicInteger well = new AtomicInteger();
        private final List<Future<?>> running = new ArrayList<>();
        private int made;

        ShortCalls(Open open, Duration talkFor) {
            this.open = open;
            this.talkFor = talkFor;
        }

        /** Begins calls for that long, and waits until all are over. */
        ShortCalls make(Duration forThat) throws InterruptedException {
            long beginNanos = System.nanoTime();
            while (plan.beginsAfter(made).compareTo(forThat) < 0) {
                sleepUntil(beginNanos + plan.beginsAfter(made).toNanos());
                made++;
                Caller caller = free.poll();
                if (caller != null) {
                    running.add(open.threads.submit(() -> one(caller)));
                }
            }
            for (Future<?> one : running) {
                finish(one);
            }
            return this;
        }

        private void one(Caller caller) {
            attempt(caller, c -> shortCall(c, open.host, talkFor, setup));
            well.addAndGet(caller.problem().isEmpty() ? 1 : 0);
            free.add(caller);
        }
    }

    private void shortCall(
            Caller caller, MediaHost host, Duration talkFor, SetupTimes.Gathered setup)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        call(caller, host);
        Thread.sleep(talkFor);
        PhoneCall call = caller.running().orElseThrow().call();
        call.media().hush();
        Thread.sleep(LAST_FRAMES_SHORT);
        caller.checkCall();
        caller.addTo(setup);
        caller.phone().orElseThrow().hangUp();
        String _ = soon(call.ended());
        call.media().close();
        caller.callOver();
    }

    // The end.

    private static void hangUp(List<Caller> talking) throws InterruptedException {
        talking.forEach(c -> c.running().ifPresent(r -> r.call().media().hush()));
        talking.forEach(c -> c.phone().ifPresent(SipPhone::hangUp));
        long endNanos = System.nanoTime() + HANG_UP_MAX.toNanos();
        for (Caller caller : talking) {
            PhoneCall call = caller.running().orElseThrow().call();
            try {
                long left = Math.max(0, endNanos - System.nanoTime());
                String _ = call.ended().get(left, TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException _) {
                // The figures are taken; a server that does not answer a BYE ends the call itself.
            }
            call.media().close();
        }
    }
}
