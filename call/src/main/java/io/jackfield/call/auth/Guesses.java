package io.jackfield.call.auth;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.GuessLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How many passwords may be guessed (threat T3): for one account from one source, from one source
 * for whatever account, and for one account from everywhere. Beyond that no password is looked at
 * for a while; whoever guesses gets the same answer as before and does not learn it.
 *
 * <p>The people behind the same address, or with the same account, go on:
 *
 * <ul>
 *   <li>A connection that has proved an account is counted by itself.
 *   <li>An account that proved itself from a source within the last day is at home there: what
 *       others guess from elsewhere, or for other accounts, is not held against it.
 *   <li>A connection over which nothing was guessed may prove itself though the limit is reached,
 *       one every ten seconds.
 * </ul>
 *
 * <p>Over UDP an address may be forged, so what came that way is held against UDP alone, and there
 * is no such chance.
 *
 * <p>Thread-safety: any thread. Everything that is remembered is bounded, and only accounts that
 * exist take room of their own.
 */
public final class Guesses {
    /** For one account from one source; more than people mistype, far too few to guess. */
    static final int ACCOUNT_AT_SOURCE_MAX = 20;

    /** From one source: a house whose phones all have an old password stays below. */
    static final int SOURCE_MAX = 100;

    /** For one account, from all sources where it is not at home. */
    static final int ACCOUNT_MAX = 100;

    /** Within which they are counted, and for which nobody looks at more. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** How often a connection that has guessed nothing may try though the limit is reached. */
    static final Duration CHANCE_EVERY = Duration.ofSeconds(10);

    /** How long an account is at home where it has proved itself. */
    static final Duration AT_HOME = Duration.ofDays(1);

    /** In each list of those who guess; some 2 MB. Beyond it the oldest is forgotten. */
    static final int KEYS_MAX = 10_000;

    /** In each list of those who have proved themselves. */
    static final int PROVED_MAX = 50_000;

    /** IPv6 hands out networks; whoever has one has all addresses in it. */
    private static final int NETWORK_BYTES = 8;

    private static final int ONCE = 1;

    private sealed interface Place {
        /**
         * @param network the address, or its first half
         */
        record Source(ByteBuffer network, boolean reliable) implements Place {}

        record Connection(String flowId) implements Place {}

        record Everywhere() implements Place {}
    }

    private record AccountAt(String account, Place place) {}

    private final Events events;
    private final LongSupplier nanoTime;
    private final Tally<AccountAt> accountsAt = tally(WINDOW, ACCOUNT_AT_SOURCE_MAX, KEYS_MAX);
    private final Tally<Place> sources = tally(WINDOW, SOURCE_MAX, KEYS_MAX);
    private final Tally<String> accounts = tally(WINDOW, ACCOUNT_MAX, KEYS_MAX);
    private final Tally<Place> failedConnections = tally(WINDOW, ONCE, KEYS_MAX);
    private final Tally<AccountAt> chances = tally(CHANCE_EVERY, ONCE, KEYS_MAX);
    private final Tally<AccountAt> proved = tally(AT_HOME, ONCE, PROVED_MAX);

    public Guesses(Events events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    private static <K> Tally<K> tally(Duration window, int limit, int keysMax) {
        return new Tally<>(window.toNanos(), limit, keysMax);
    }

    /** Whether a password for that account may be looked at. Asking uses up a chance. */
    synchronized boolean mayTry(String account, Flow flow) {
        long now = nanoTime.getAsLong();
        return !isLimited(account, flow, now) || hasChance(account, flow, now);
    }

    private boolean isLimited(String account, Flow flow, long now) {
        boolean stranger = !isAtHome(account, flow, now);
        return accountsAt.isFull(accountAt(account, flow, now), now)
                || (stranger && (accounts.isFull(account, now) || sources.isFull(of(flow), now)));
    }

    private boolean hasChance(String account, Flow flow, long now) {
        Place where = accounts.isFull(account, now) ? new Place.Everywhere() : of(flow);
        return flow.reliable()
                && !failedConnections.isFull(connection(flow), now)
                && chances.add(new AccountAt(account, where), now);
    }

    /**
     * Credentials were wrong.
     *
     * @param account whose password was guessed; empty when there is no such account, or when the
     *     password was not looked at
     */
    synchronized void failed(Optional<String> account, Flow flow) {
        long now = nanoTime.getAsLong();
        failedConnections.add(connection(flow), now);
        if (sources.add(of(flow), now)) {
            tell(flow, GuessLimit.SOURCE, "");
        }
        account.ifPresent(name -> failed(name, flow, now));
    }

    private void failed(String account, Flow flow, long now) {
        if (accountsAt.add(accountAt(account, flow, now), now)) {
            tell(flow, GuessLimit.ACCOUNT_AT_SOURCE, account);
        }
        if (!isAtHome(account, flow, now) && accounts.add(account, now)) {
            tell(flow, GuessLimit.ACCOUNT, account);
        }
    }

    private void tell(Flow flow, GuessLimit limit, String account) {
        events.publish(new PbxEvent.GuessesLimited(flow, limit, account, WINDOW));
    }

    /** That account's password was right. */
    synchronized void proved(String account, Flow flow) {
        long now = nanoTime.getAsLong();
        proved.fill(new AccountAt(account, of(flow)), now);
        proved.fill(new AccountAt(account, connection(flow)), now);
    }

    /** Everything that is remembered. */
    synchronized int remembered() {
        return accountsAt.size()
                + sources.size()
                + accounts.size()
                + failedConnections.size()
                + chances.size()
                + proved.size();
    }

    private boolean isAtHome(String account, Flow flow, long now) {
        return proved.isFull(new AccountAt(account, of(flow)), now)
                || proved.isFull(new AccountAt(account, connection(flow)), now);
    }

    /** What its guesses count against: its connection where that has proved the account. */
    private AccountAt accountAt(String account, Flow flow, long now) {
        AccountAt connection = new AccountAt(account, connection(flow));
        return proved.isFull(connection, now) ? connection : new AccountAt(account, of(flow));
    }

    private static Place connection(Flow flow) {
        return new Place.Connection(flow.id());
    }

    private static Place of(Flow flow) {
        InetAddress remote = flow.remote().getAddress();
        byte[] bytes = remote.getAddress();
        byte[] network =
                remote instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
        return new Place.Source(ByteBuffer.wrap(network), flow.reliable());
    }
}
