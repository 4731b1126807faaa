package io.jackfield.api.ladder;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Endpoint;
import io.jackfield.api.http.Exchange;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import io.jackfield.observe.ladder.LadderRecorder;
import io.jackfield.observe.ladder.SeenRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/**
 * {@code GET /api/v1/trace}: every row as it happens, as server-sent events (HTML Living Standard
 * §9.2), with {@code ?call=}, {@code ?agent=} and {@code ?number=}.
 *
 * <p>Any thread; each who looks on holds a virtual one. Whoever reads too slowly misses rows, and
 * is told how many.
 */
public final class TraceApi implements ApiPart {
    /** Each costs a connection, a thread, and a filter in the way of every row. */
    private static final int LOOKERS_MAX = 20;

    private static final int WAITING_MAX = 2_000;
    private static final long QUIET_SECONDS = 10;

    /** How soon a stream ends when the server stops. */
    private static final long LOOK_MILLIS = 500;

    private final LadderRecorder recorder;
    private final BooleanSupplier stopping;
    private final Semaphore places = new Semaphore(LOOKERS_MAX);

    /**
     * @param stopping true once the server ends
     */
    public TraceApi(LadderRecorder recorder, BooleanSupplier stopping) {
        this.recorder = recorder;
        this.stopping = stopping;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        "/api/v1/trace",
                        Optional.of(Scope.DIAGNOSIS_READ),
                        "trace",
                        this::trace));
    }

    /** What one looker has not read yet. */
    private static final class Waiting implements Consumer<SeenRow> {
        private final Predicate<SeenRow> wanted;
        private final BlockingQueue<SeenRow> rows = new ArrayBlockingQueue<>(WAITING_MAX);
        private final AtomicLong missed = new AtomicLong();

        Waiting(Predicate<SeenRow> wanted) {
            this.wanted = wanted;
        }

        @Override
        public void accept(SeenRow row) {
            if (wanted.test(row) && !rows.offer(row)) {
                missed.incrementAndGet();
            }
        }
    }

    private void trace(Exchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            exchange.response().getHeaders().put(HttpHeader.RETRY_AFTER, 5);
            exchange.refuse(Problem.unavailable("Too many look on already; try again later."));
            return;
        }
        Waiting waiting = new Waiting(wanted(exchange));
        Runnable end = recorder.look(waiting);
        try {
            stream(waiting, exchange.response());
            exchange.callback().succeeded();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            exchange.callback().failed(stopped);
        } catch (IOException gone) {
            exchange.callback().failed(gone);
        } finally {
            end.run();
            places.release();
        }
    }

    private static Predicate<SeenRow> wanted(Exchange exchange) {
        Optional<String> call = exchange.parameter("call");
        Optional<String> agent = exchange.parameter("agent");
        Optional<String> number = exchange.parameter("number");
        return row ->
                call.map(row.callId()::equals).orElse(true)
                        && agent.map(a -> a.equals(row.party()) || a.equals(row.caller()))
                                .orElse(true)
                        && number.map(n -> row.caller().contains(n) || row.callee().contains(n))
                                .orElse(true);
    }

    private void stream(Waiting waiting, Response response)
            throws IOException, InterruptedException {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Accel-Buffering", "no");
        write(response, ": looking on\n\n", false);
        long quietSince = System.nanoTime();
        while (!stopping.getAsBoolean()) {
            SeenRow row = waiting.rows.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            long missed = waiting.missed.getAndSet(0);
            StringBuilder text = new StringBuilder();
            if (missed > 0) {
                text.append("event: gap\ndata: {\"missed\":").append(missed).append("}\n\n");
            }
            for (; row != null; row = waiting.rows.poll()) {
                text.append("event: row\ndata: ").append(LadderJson.of(row)).append("\n\n");
            }
            long now = System.nanoTime();
            if (text.isEmpty() && now - quietSince > TimeUnit.SECONDS.toNanos(QUIET_SECONDS)) {
                text.append(": still here\n\n");
            }
            if (!text.isEmpty()) {
                write(response, text.toString(), false);
                quietSince = now;
            }
        }
        write(response, ": the server stops\n\n", true);
    }

    private static void write(Response response, String text, boolean last) throws IOException {
        Content.Sink.write(response, last, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
