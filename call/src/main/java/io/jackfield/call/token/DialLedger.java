package io.jackfield.call.token;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What agents and campaigns have dialled with tokens: who is up, how often of late, how long today.
 *
 * <p>Intervals run on the monotonic clock, so that a wall clock that jumps gives nobody new minutes
 * but those of another day. Confined to its owner.
 */
final class DialLedger {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** One moment on both clocks. */
    record Moment(Instant wall, long nanos) {
        LocalDate day() {
            return wall.atOffset(ZoneOffset.UTC).toLocalDate();
        }
    }

    /** Which limit was met first. */
    enum Limit {
        CALLS_PER_MINUTE,
        PARALLEL,
        PER_DAY
    }

    private record Running(String agent, String campaign, long sinceNanos) {}

    /** The account of one agent or campaign. */
    private static final class Account {
        private final Deque<Long> startedNanos = new ArrayDeque<>();
        private final Map<String, Long> runningSince = new HashMap<>();
        private LocalDate day = LocalDate.MIN;
        private long talkedNanos;

        private void turnTo(Moment now) {
            while (!startedNanos.isEmpty()
                    && now.nanos() - startedNanos.getFirst() >= MINUTE_NANOS) {
                startedNanos.removeFirst();
            }
            if (!day.equals(now.day())) {
                day = now.day();
                talkedNanos = 0;
            }
        }

        private Optional<Limit> met(DialLimits limits, Moment now) {
            turnTo(now);
            if (limits.parallel().filter(max -> runningSince.size() >= max).isPresent()) {
                return Optional.of(Limit.PARALLEL);
            }
            if (limits.callsPerMinute().filter(max -> startedNanos.size() >= max).isPresent()) {
                return Optional.of(Limit.CALLS_PER_MINUTE);
            }
            return limits.perDay()
                    .filter(max -> usedNanos(now) >= max.toNanos())
                    .map(_ -> Limit.PER_DAY);
        }

        private long usedNanos(Moment now) {
            long up = 0;
            for (long since : runningSince.values()) {
                up += now.nanos() - since;
            }
            return talkedNanos + up;
        }

        private boolean idle(Moment now) {
            turnTo(now);
            return runningSince.isEmpty() && startedNanos.isEmpty() && talkedNanos == 0;
        }
    }

    private final Map<String, Account> agents = new HashMap<>();
    private final Map<String, Account> campaigns = new HashMap<>();
    private final Map<String, Running> running = new HashMap<>();

    Optional<Limit> agentLimit(String agent, DialLimits limits, Moment now) {
        return account(agents, agent).met(limits, now);
    }

    Optional<Limit> campaignLimit(String campaign, DialLimits limits, Moment now) {
        return account(campaigns, campaign).met(limits, now);
    }

    /** A call is let through. */
    void started(String callId, String agent, String campaign, Moment now) {
        running.put(callId, new Running(agent, campaign, now.nanos()));
        start(account(agents, agent), callId, now);
        start(account(campaigns, campaign), callId, now);
    }

    private static void start(Account account, String callId, Moment now) {
        account.turnTo(now);
        account.startedNanos.addLast(now.nanos());
        account.runningSince.put(callId, now.nanos());
    }

    /** A call is over; what is known of no call of ours counts for nobody. */
    void ended(String callId, Duration talked, Moment now) {
        Running call = running.remove(callId);
        if (call != null) {
            end(agents, call.agent(), callId, talked, now);
            end(campaigns, call.campaign(), callId, talked, now);
        }
    }

    private static void end(
            Map<String, Account> accounts,
            String name,
            String callId,
            Duration talked,
            Moment now) {
        Account account = account(accounts, name);
        account.turnTo(now);
        account.runningSince.remove(callId);
        account.talkedNanos += talked.toNanos();
        accounts.values().removeIf(a -> a.idle(now));
    }

    private static Account account(Map<String, Account> accounts, String name) {
        return accounts.computeIfAbsent(name, _ -> new Account());
    }
}
