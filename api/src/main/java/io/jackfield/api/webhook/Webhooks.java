package io.jackfield.api.webhook;

import io.jackfield.api.events.EventLine;
import io.jackfield.api.events.EventType;
import io.jackfield.call.routing.Webhook;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/**
 * All endpoints of the site.
 *
 * <p>Thread-safety: {@link #apply} one caller at a time, all else from any thread; nothing waits
 * for an endpoint.
 */
public final class Webhooks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());

    /** Each has a thread and up to some MiB of what waits. */
    public static final int MAX = 20;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final Path folder;
    private final HttpPost post;
    private final Supplier<Instant> wallClock;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("webhook-watch").factory());
    private final Map<String, Endpoint> endpoints = new ConcurrentSkipListMap<>();

    /**
     * @param folder there, and nobody else's to read
     * @param allowPrivate whether addresses that are not on the public internet may be told
     */
    public Webhooks(Path folder, boolean allowPrivate, Supplier<Instant> wallClock) {
        this(folder, allowPrivate ? _ -> true : PublicAddress::is, wallClock, ANSWER_WITHIN);
    }

    Webhooks(
            Path folder,
            Predicate<InetAddress> allowed,
            Supplier<Instant> wallClock,
            Duration answerWithin) {
        this.folder = folder;
        this.wallClock = wallClock;
        SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
        this.post = new HttpPost(allowed, watch, answerWithin, tls);
    }

    /**
     * The endpoints from now on, no more than {@value #MAX}. One that is gone is forgotten with all
     * that waited for it.
     */
    public void apply(List<Webhook> wanted) {
        Map<String, Webhook> byName =
                wanted.stream()
                        .limit(MAX)
                        .collect(
                                Collectors.toMap(
                                        Webhook::name, w -> w, (first, _) -> first, TreeMap::new));
        endpoints.forEach((name, endpoint) -> {
            if (!byName.containsKey(name)) {
                endpoints.remove(name);
                endpoint.stop(true);
            }
        });
        byName.forEach((name, webhook) -> {
            Endpoint known = endpoints.get(name);
            if (known == null) {
                endpoints.put(name, open(webhook));
            } else {
                known.replace(webhook);
            }
        });
    }

    private Endpoint open(Webhook webhook) {
        Journal journal = new Journal(folder.resolve(webhook.name() + ".jsonl"));
        Outbox outbox = new Outbox();
        try {
            outbox = journal.read();
        } catch (IOException unreadable) {
            LOG.log(
                    Level.ERROR,
                    "webhook=" + webhook.name() + " what waited cannot be read: " + unreadable);
        }
        Endpoint endpoint = new Endpoint(webhook, outbox, journal, post, wallClock);
        endpoint.start();
        return endpoint;
    }

    /** An event happened: it is on disk for each that wants it when this returns. */
    public void take(EventLine line) {
        endpoints.values().forEach(endpoint -> endpoint.take(line));
    }

    /** Whether any endpoint is to be told of that. */
    public boolean want(EventType type) {
        return endpoints.values().stream().anyMatch(endpoint -> endpoint.wants(type.word()));
    }

    List<Endpoint> all() {
        return List.copyOf(endpoints.values());
    }

    Optional<Endpoint> endpoint(String name) {
        return Optional.ofNullable(endpoints.get(name));
    }

    /** Ends; what waits stays on disk. */
    @Override
    public void close() {
        endpoints.values().forEach(endpoint -> endpoint.stop(false));
        watch.shutdown();
    }
}
