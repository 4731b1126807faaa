package io.jackfield.server;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.ladder.LadderApi;
import io.jackfield.api.ladder.TraceApi;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.observe.hep.HepExport;
import io.jackfield.observe.ladder.LadderRecorder;
import io.jackfield.observe.metrics.PbxMetrics;
import io.jackfield.server.config.Configuration;
import io.jackfield.storage.ladder.LadderLimits;
import io.jackfield.storage.ladder.LadderReader;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Ladders, their way to capture servers, and their API. Any thread. */
final class LadderPart implements AutoCloseable {
    private final LadderRecorder recorder;
    private final HepExport hep;

    private LadderPart(LadderRecorder recorder, HepExport hep) {
        this.recorder = recorder;
        this.hep = hep;
    }

    static LadderPart start(Configuration configuration, LadderLimits limits) {
        Configuration.Hep to = configuration.hep();
        HepExport hep = new HepExport(to.servers(), to.id(), to.password());
        LadderRecorder recorder =
                LadderRecorder.start(
                        configuration.data().resolve("ladder.db"),
                        limits,
                        Instant::now,
                        System::nanoTime);
        if (!to.servers().isEmpty()) {
            Runnable _ = recorder.look(hep::take);
        }
        return new LadderPart(recorder, hep);
    }

    /** Tells how it does. */
    void tell(PbxMetrics metrics) {
        metrics.diagnosis(recorder, hep);
    }

    /** What is kept. */
    LadderReader reader() {
        return recorder.reader();
    }

    /** Takes an event; at once. */
    void on(PbxEvent event) {
        recorder.on(event);
    }

    /**
     * @param stopping true once the server ends
     */
    List<ApiPart> api(BooleanSupplier stopping) {
        return List.of(new LadderApi(recorder.reader()), new TraceApi(recorder, stopping));
    }

    @Override
    public void close() {
        recorder.close();
        hep.close();
    }
}
