package io.jackfield.server;

import io.jackfield.api.http.RecordingApi;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Site;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.recording.Recorder;
import io.jackfield.media.recording.Recording;
import io.jackfield.media.recording.RecordingFolder;
import io.jackfield.media.recording.RecordingOrder;
import io.jackfield.server.config.Configuration;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Recordings, assembled: the folder, the writers, and what throws old ones away. Any thread. */
final class RecordingPart implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RecordingPart.class.getName());

    private final RecordingFolder folder;
    private final Opus opus;
    private final Recorder recorder;
    private final ScheduledExecutorService sweeper;

    private RecordingPart(RecordingFolder folder, Opus opus, Recorder recorder) {
        this.folder = folder;
        this.opus = opus;
        this.recorder = recorder;
        sweeper =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("recording-sweeper").daemon().factory());
    }

    /** Makes whole what an earlier process left, then starts the writers. */
    static RecordingPart start(
            Configuration.Recordings settings, Site site, SecureRandom random, Events events) {
        Opus opus = Opus.best();
        RecordingFolder folder =
                new RecordingFolder(settings.folder(), settings.key(), opus, random);
        recover(folder);
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        Recorder recorder =
                Recorder.start(
                        folder,
                        opus,
                        event -> events.publish(new PbxEvent.RecordingHappened(event)),
                        System::nanoTime,
                        threads);
        RecordingPart part = new RecordingPart(folder, opus, recorder);
        settings.keep().ifPresent(part::sweepHourly);
        if (site.recording().recordsAnything() && settings.key().isEmpty()) {
            LOG.log(Level.INFO, "calls are recorded, and not sealed: there is no recordings.key");
        }
        return part;
    }

    private static void recover(RecordingFolder folder) {
        try {
            int saved = folder.recover();
            if (saved > 0) {
                LOG.log(Level.INFO, "recordings made whole after the last end: " + saved);
            }
        } catch (IOException disk) {
            LOG.log(Level.ERROR, "recordings cannot be looked through: " + disk.getMessage());
        }
    }

    private void sweepHourly(Duration keep) {
        var _ = sweeper.scheduleAtFixedRate(() -> sweep(keep), 0, 1, TimeUnit.HOURS);
    }

    private void sweep(Duration keep) {
        try {
            LocalDate keepFrom = LocalDate.now(ZoneOffset.UTC).minusDays(keep.toDays());
            RecordingFolder.Swept swept = folder.sweep(keepFrom);
            if (swept.deleted() > 0) {
                LOG.log(
                        Level.INFO,
                        "recordings deleted, their days being over: " + swept.deleted());
            }
            if (!swept.failures().isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "old recordings that cannot be deleted: "
                                + swept.failures().size()
                                + ", the first: "
                                + swept.failures().getFirst());
            }
        } catch (IOException | RuntimeException disk) {
            LOG.log(Level.WARNING, "old recordings cannot be deleted: " + disk.getMessage());
        }
    }

    Optional<Recording> record(RecordingOrder order) {
        return recorder.record(order);
    }

    Recorder.Counters counters() {
        return recorder.counters();
    }

    RecordingApi api(RecordingApi.Pauses pauses) {
        return new RecordingApi(folder, opus, pauses);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        recorder.close();
    }
}
