package io.jackfield.server;

import io.jackfield.api.events.EventFile;
import io.jackfield.api.events.EventHub;
import io.jackfield.api.webhook.Webhooks;
import io.jackfield.storage.StorageException;
import io.jackfield.storage.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;

/** What is told to CRMs: starts it in its folder. */
final class EventsPart {
    private EventsPart() {}

    /**
     * Starts with the events that are kept.
     *
     * @throws StorageException when the folder cannot be used
     */
    static EventHub start(Path folder, Predicate<String> isAgent) {
        create(folder);
        EventFile file = new EventFile(folder, EventHub.HISTORY_MAX);
        return EventHub.start(file, isAgent, Instant::now);
    }

    /**
     * Tells nobody yet.
     *
     * @throws StorageException when the folder cannot be used
     */
    static Webhooks webhooks(Path folder, boolean allowPrivate) {
        create(folder);
        return new Webhooks(folder, allowPrivate, Instant::now);
    }

    private static void create(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
        } catch (IOException unusable) {
            throw StorageException.ofFolder(folder, unusable);
        }
    }
}
