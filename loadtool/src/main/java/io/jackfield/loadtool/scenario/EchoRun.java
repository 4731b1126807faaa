package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.phone.HeadlessPhone;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.PhoneResult;
import io.jackfield.loadtool.report.ProcessSample;
import io.jackfield.loadtool.report.ServerUse;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.media.client.HeadlessReport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * All phones register, call an echo, talk at once for a while, fall silent, wait for what is still
 * on its way, and hang up. Thread: the caller's, which it blocks.
 */
public final class EchoRun {
    private static final Duration SETUP_MAX = Duration.ofSeconds(20);
    private static final Duration HANG_UP_MAX = Duration.ofSeconds(5);

    /** Ten times the round trip of a fair network: what comes later is lost to a listener too. */
    private static final Duration LAST_ECHO = Duration.ofSeconds(1);

    private final LoadPlan plan;
    private final Consumer<String> progress;

    /**
     * @param progress told in words what happens
     */
    public EchoRun(LoadPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** One phone of the run, and how far it came. One thread at a time. */
    private static final class Place {
        private final PhoneAccount account;
        private Optional<HeadlessPhone> phone = Optional.empty();
        private Optional<Duration> registeredAfter = Optional.empty();
        private Optional<Duration> answeredAfter = Optional.empty();
        private Optional<String> problem = Optional.empty();

        Place(PhoneAccount account) {
            this.account = account;
        }
    }

    /** A step of one phone, which may take its time. */
    private interface PhoneStep {
        void take(Place place)
                throws IOException, InterruptedException, ExecutionException, TimeoutException;
    }

    /**
     * @throws IOException when media cannot begin at all
     * @throws InterruptedException when asked to stop
     */
    public LoadReport run() throws IOException, InterruptedException {
        List<Place> places = plan.accounts().stream().map(Place::new).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient http = HttpClient.newBuilder().executor(threads).build();
                HeadlessHost host = HeadlessHost.start()) {
            progress.accept("registering " + places.size() + " phones");
            inTurn(threads, places, place -> register(place, host, http));
            progress.accept("calling " + plan.number());
            inTurn(threads, places, this::call);
            progress.accept("talking for " + plan.steadyFor().toSeconds() + " s");
            Optional<ProcessSample> before = sample();
            Thread.sleep(plan.steadyFor());
            Optional<ServerUse> use =
                    before.flatMap(b -> sample().map(after -> ServerUse.between(b, after)));
            List<PhoneResult> results = end(places);
            return new LoadReport(plan.number(), plan.steadyFor(), results, use);
        }
    }

    private Optional<ProcessSample> sample() {
        return plan.serverPid().isEmpty()
                ? Optional.empty()
                : ProcessSample.of(plan.serverPid().getAsLong());
    }

    /** Begins the step for each phone at its time, and waits until all have taken it. */
    private void inTurn(ExecutorService threads, List<Place> places, PhoneStep step)
            throws InterruptedException {
        long beginNanos = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            long dueNanos = beginNanos + plan.beginsAfter(i).toNanos();
            TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
            Place place = places.get(i);
            running.add(threads.submit(() -> attempt(place, step)));
        }
        for (Future<?> one : running) {
            try {
                Object _ = one.get();
            } catch (ExecutionException ours) {
                throw new IllegalStateException(ours.getCause());
            }
        }
    }

    private static void attempt(Place place, PhoneStep step) {
        if (place.problem.isPresent()) {
            return;
        }
        try {
            step.take(place);
        } catch (IOException | CompletionException failure) {
            place.problem = Optional.of("cannot connect: " + failure.getMessage());
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            place.problem = Optional.of(cause == null ? "failed" : "" + cause.getMessage());
        } catch (TimeoutException _) {
            place.problem = Optional.of("no answer in " + SETUP_MAX.toSeconds() + " s");
        } catch (InterruptedException _) {
            place.problem = Optional.of("interrupted");
        }
    }

    private void register(Place place, HeadlessHost host, HttpClient http)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        HeadlessPhone phone =
                HeadlessPhone.connect(
                        place.account, host, plan.local(), plan.codec(), http, plan.server());
        place.phone = Optional.of(phone);
        place.registeredAfter = Optional.of(soon(phone.register()));
    }

    private void call(Place place)
            throws InterruptedException, ExecutionException, TimeoutException {
        HeadlessPhone phone = place.phone.orElseThrow();
        place.answeredAfter = Optional.of(soon(phone.call(plan.number())));
        HeadlessReport.State state = soon(phone.media().settled());
        if (state != HeadlessReport.State.CONNECTED) {
            place.problem = Optional.of("media: " + state);
        }
    }

    private static <T> T soon(Future<T> awaited)
            throws InterruptedException, ExecutionException, TimeoutException {
        return awaited.get(SETUP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<PhoneResult> end(List<Place> places) throws InterruptedException {
        places.forEach(EchoRun::silence);
        Thread.sleep(LAST_ECHO);
        List<PhoneResult> results = places.stream().map(EchoRun::result).toList();
        progress.accept("hanging up");
        hangUp(places.stream().flatMap(place -> place.phone.stream()).toList());
        return results;
    }

    private static void silence(Place place) {
        place.phone.ifPresent(phone -> {
            phone.media().hush();
            if (place.problem.isEmpty()) {
                place.problem = phone.ended().map(why -> "the call ended early: " + why);
            }
        });
    }

    private static PhoneResult result(Place place) {
        Optional<HeadlessReport> media =
                place.answeredAfter
                        .flatMap(_ -> place.phone)
                        .map(phone -> phone.media().report().join());
        return new PhoneResult(
                place.account.user(),
                place.problem,
                place.registeredAfter,
                place.answeredAfter,
                place.phone.map(HeadlessPhone::codecName).orElse(""),
                media);
    }

    private static void hangUp(List<HeadlessPhone> phones) throws InterruptedException {
        long endNanos = System.nanoTime() + HANG_UP_MAX.toNanos();
        List<Future<String>> ends = new ArrayList<>();
        phones.forEach(phone -> ends.add(phone.hangUp()));
        for (Future<String> end : ends) {
            try {
                String _ = end.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException _) {
                // The figures are taken; a server that does not answer a BYE ends the call itself.
            }
        }
        phones.forEach(HeadlessPhone::close);
    }
}
