package io.jackfield.server.token;

import io.jackfield.call.token.KeyRing;
import io.jackfield.call.token.KeySet;
import io.jackfield.call.token.KeySetSource;
import io.jackfield.call.token.TokenKey;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The keys of one set on the web, fetched on a thread of its own: a call only looks at what is
 * here. The last good set is kept, for as long as its source allows, whatever the web does.
 *
 * <p>Thread-safety: {@link #find} and {@link #close} from any thread.
 */
public final class FetchedKeys implements KeyRing, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FetchedKeys.class.getName());

    /** A key id nobody knows asks for the set at once, but not more often than this. */
    private static final Duration PAUSE_MIN = Duration.ofSeconds(30);

    /** Fetches the text of a set; empty when that failed. */
    @FunctionalInterface
    interface Fetch {
        Optional<String> get();
    }

    private record Held(KeyRing keys, long sinceNanos) {}

    private final KeySetSource source;
    private final Fetch fetch;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Boolean> wishes = new ArrayBlockingQueue<>(1);
    private volatile Optional<Held> held = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();

    FetchedKeys(KeySetSource source, Fetch fetch, LongSupplier nanoTime) {
        this.source = source;
        this.fetch = fetch;
        this.nanoTime = nanoTime;
    }

    /** Fetches that set from now on, and again and again. */
    public static FetchedKeys start(KeySetSource source) {
        FetchedKeys keys =
                new FetchedKeys(source, new KeySetRequest(source.url())::send, System::nanoTime);
        keys.thread = Optional.of(Thread.ofVirtual().name("token-keys").start(keys::run));
        return keys;
    }

    /** That set as it is now, fetched while the caller waits: for the command line. */
    public static KeyRing once(KeySetSource source) {
        FetchedKeys keys =
                new FetchedKeys(source, new KeySetRequest(source.url())::send, System::nanoTime);
        keys.refresh();
        return keys;
    }

    @Override
    public Optional<TokenKey> find(String kid) {
        Optional<TokenKey> key = held.filter(this::fresh).flatMap(h -> h.keys().find(kid));
        if (key.isEmpty()) {
            wishes.offer(true);
        }
        return key;
    }

    private boolean fresh(Held set) {
        return nanoTime.getAsLong() - set.sinceNanos() < source.keep().toNanos();
    }

    private void run() {
        try {
            while (true) {
                refresh();
                TimeUnit.NANOSECONDS.sleep(PAUSE_MIN.toNanos());
                long rest = source.refresh().minus(PAUSE_MIN).toNanos();
                wishes.poll(Math.max(0, rest), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fetches once; what is no good set changes nothing. */
    void refresh() {
        Optional<List<TokenKey>> keys =
                fetch.get().flatMap(text -> KeySet.read(text, source.issuer()));
        if (keys.isPresent()) {
            held = Optional.of(new Held(KeyRing.of(keys.get()), nanoTime.getAsLong()));
        } else {
            LOG.log(
                    Level.WARNING,
                    "token keys cannot be fetched url="
                            + source.url()
                            + (held.isPresent() ? " the last ones are kept" : " there are none"));
        }
    }

    @Override
    public void close() {
        thread.ifPresent(Thread::interrupt);
    }
}
