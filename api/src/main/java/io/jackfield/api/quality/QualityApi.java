package io.jackfield.api.quality;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Endpoint;
import io.jackfield.api.http.Exchange;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import io.jackfield.observe.quality.CallQuality;
import io.jackfield.observe.quality.QualityMonitor;
import io.jackfield.storage.ladder.LadderReader;
import io.jackfield.storage.ladder.LadderUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/v1/calls/{id}/quality}: each leg and direction, window by window, and the
 * verdict; of a call that is up, and of those whose ladders are kept. Any thread.
 */
public final class QualityApi implements ApiPart {
    private final QualityMonitor monitor;
    private final Optional<LadderReader> kept;

    /**
     * @param kept empty where nothing is
     */
    public QualityApi(QualityMonitor monitor, Optional<LadderReader> kept) {
        this.monitor = monitor;
        this.kept = kept;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        "/api/v1/calls/{id}/quality",
                        Optional.of(Scope.CALLS_READ),
                        "getQuality",
                        this::quality));
    }

    private void quality(Exchange exchange) {
        String id = exchange.variable("id");
        Optional<CallQuality> live = monitor.of(id);
        if (live.isPresent()) {
            exchange.json(200, QualityJson.full(live.get()));
            return;
        }
        try {
            Optional<String> stored = kept.isPresent() ? kept.get().quality(id) : Optional.empty();
            if (stored.isPresent()) {
                exchange.send("application/json", stored.get().getBytes(StandardCharsets.UTF_8));
            } else {
                exchange.refuse(
                        Problem.notFound(
                                "Nothing is known of how that call was heard; it may have had no"
                                        + " sound, or be older than ladder.keep."));
            }
        } catch (LadderUnavailable away) {
            exchange.refuse(Problem.unavailable("It cannot be read at the moment."));
        }
    }
}
