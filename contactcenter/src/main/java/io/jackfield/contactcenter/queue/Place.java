package io.jackfield.contactcenter.queue;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.site.Need;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/** A place in a line: of somebody who waits, or of somebody who is to be called back. */
public sealed interface Place {
    /** Who comes first in a line, and in the whole house. */
    Comparator<Place> ORDER =
            Comparator.comparingInt((Place p) -> -p.need().priority())
                    .thenComparingLong(Place::ticket);

    /** The number drawn at the door: smaller came earlier. It is kept in every other queue. */
    long ticket();

    Need need();

    /** The caller's number; empty when hidden. */
    String number();

    /** Of the place in this queue. */
    Instant since();

    /** True while it is given to nobody whose network is poor. */
    default boolean choosy() {
        return this instanceof Caller caller && caller.choosyUntil().isPresent();
    }

    /**
     * Somebody who waits.
     *
     * @param overflowAt then they have waited long enough
     * @param announceAt when the place is told next; empty for never
     * @param comfortAt when the next prompt comes; empty for never
     * @param comforts prompts heard so far
     * @param hops queues left before this one
     * @param calledBack whether they wait because we called them
     * @param choosyUntil so long they are given to nobody whose network is poor; empty: to anybody
     */
    record Caller(
            long ticket,
            Need need,
            String number,
            Instant since,
            CallId call,
            Instant overflowAt,
            Optional<Instant> announceAt,
            Optional<Instant> comfortAt,
            int comforts,
            int hops,
            boolean calledBack,
            Optional<Instant> choosyUntil)
            implements Place {
        /** From now on anybody will do. */
        public Caller contented() {
            return new Caller(
                    ticket,
                    need,
                    number,
                    since,
                    call,
                    overflowAt,
                    announceAt,
                    comfortAt,
                    comforts,
                    hops,
                    calledBack,
                    Optional.empty());
        }

        public Caller announceAt(Optional<Instant> next) {
            return new Caller(
                    ticket,
                    need,
                    number,
                    since,
                    call,
                    overflowAt,
                    next,
                    comfortAt,
                    comforts,
                    hops,
                    calledBack,
                    choosyUntil);
        }

        public Caller comfortAt(Optional<Instant> next, int heard) {
            return new Caller(
                    ticket,
                    need,
                    number,
                    since,
                    call,
                    overflowAt,
                    announceAt,
                    next,
                    heard,
                    hops,
                    calledBack,
                    choosyUntil);
        }
    }

    /**
     * Somebody who is to be called back.
     *
     * @param expiresAt then it is given up
     * @param notBefore while there, it is nobody's turn: tried in vain, or out of hours
     * @param attempts calls begun so far
     * @param dialling the call that is being made
     */
    record Callback(
            long ticket,
            Need need,
            String number,
            Instant since,
            Instant expiresAt,
            Optional<Instant> notBefore,
            int attempts,
            Optional<Dialling> dialling)
            implements Place {
        public Callback notBefore(Optional<Instant> next) {
            return new Callback(ticket, need, number, since, expiresAt, next, attempts, dialling);
        }

        /** The customer's phone is rung. */
        public Callback dialling(Dialling next) {
            return new Callback(
                    ticket,
                    need,
                    number,
                    since,
                    expiresAt,
                    Optional.empty(),
                    attempts,
                    Optional.of(next));
        }

        /** As before, with that many calls made. */
        public Callback waiting(Optional<Instant> nextTry, int made) {
            return new Callback(
                    ticket, need, number, since, expiresAt, nextTry, made, Optional.empty());
        }

        /**
         * What the call that an offer makes is named from the beginning: ids of calls begin with
         * their milliseconds, and so sort by time.
         *
         * @param offer no other one has this id, now or later
         */
        public CallId callOf(long offer, Instant now) {
            HexFormat hex = HexFormat.of();
            return new CallId(hex.toHexDigits(now.toEpochMilli(), 12) + hex.toHexDigits(offer, 16));
        }
    }

    /**
     * A customer's phone is rung.
     *
     * @param agent who waits for it, in the call already or reserved
     * @param until then it is given up for this time
     */
    record Dialling(CallId call, AgentId agent, Instant until) {}
}
