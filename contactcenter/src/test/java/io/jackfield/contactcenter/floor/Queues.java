package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.site.CallbackSettings;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.OfferSettings;
import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.contactcenter.site.ServiceSettings;
import io.jackfield.contactcenter.site.Staffing;
import io.jackfield.contactcenter.site.Strategy;
import io.jackfield.contactcenter.site.WaitSettings;
import io.jackfield.contactcenter.site.WrapUpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the queue that a test is about; everything else is the default. */
final class Queues {
    private final String number;
    private final List<MemberSettings> members = new ArrayList<>();
    private final Map<OverflowCause, OverflowTarget> overflow = new EnumMap<>(OverflowCause.class);
    private OfferSettings offers = OfferSettings.DEFAULT;
    private WrapUpSettings wrapUp = WrapUpSettings.NONE;
    private WaitSettings waiting = WaitSettings.DEFAULT;
    private Staffing join = Staffing.ANY;
    private Staffing leave = Staffing.ANY;
    private OpeningHours hours = OpeningHours.ALWAYS;
    private Optional<CallbackSettings> callback = Optional.empty();
    private Need need = Need.ORDINARY;

    private Queues(String number) {
        this.number = number;
    }

    static Queues queue(String number, String... members) {
        Queues queue = new Queues(number);
        List.of(members).forEach(m -> queue.members.add(MemberSettings.of(m)));
        return queue;
    }

    Queues member(MemberSettings member) {
        members.add(member);
        return this;
    }

    Queues strategy(Strategy strategy) {
        offers = new OfferSettings(strategy, Duration.ofSeconds(20), 5);
        return this;
    }

    Queues offers(OfferSettings next) {
        offers = next;
        return this;
    }

    Queues wrapUp(int seconds) {
        wrapUp = new WrapUpSettings(Duration.ofSeconds(seconds), Duration.ZERO, 0, false);
        return this;
    }

    Queues waiting(WaitSettings next) {
        waiting = next;
        return this;
    }

    Queues join(Staffing rule) {
        join = rule;
        return this;
    }

    Queues leave(Staffing rule) {
        leave = rule;
        return this;
    }

    Queues hours(OpeningHours next) {
        hours = next;
        return this;
    }

    Queues overflow(OverflowCause cause, OverflowTarget target) {
        overflow.put(cause, target);
        return this;
    }

    Queues callback(CallbackSettings.Order order) {
        callback =
                Optional.of(
                        new CallbackSettings(
                                '1',
                                order,
                                2,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Duration.ofHours(20),
                                5));
        return this;
    }

    /** What callers need who bring no need of their own. */
    Queues need(Need next) {
        need = next;
        return this;
    }

    QueueSettings build() {
        return new QueueSettings(
                new QueueId(number),
                members,
                offers,
                wrapUp,
                waiting,
                join,
                leave,
                hours,
                overflow,
                callback,
                ServiceSettings.DEFAULT,
                need);
    }
}
