package io.jackfield.call;

import io.jackfield.call.b2bua.NewCall;
import io.jackfield.call.b2bua.Party;
import io.jackfield.call.b2bua.RecordingWanted;
import io.jackfield.call.routing.RecordingPlan;
import io.jackfield.call.routing.RecordingRule;
import io.jackfield.call.routing.Site;
import io.jackfield.media.recording.RecordingOrder;
import java.util.Optional;

/**
 * How recordings are made, whichever calls they are of.
 *
 * @param rate 8,000 or 16,000 samples a second
 */
public record RecordingSettings(
        RecordingOrder.Format format, int rate, RecordingOrder.PauseMark mark) {
    public static final RecordingSettings DEFAULT =
            new RecordingSettings(RecordingOrder.Format.WAV, 8_000, RecordingOrder.PauseMark.TONE);

    /** What the site says of a call that was just answered; a recording has its call's id. */
    Optional<RecordingWanted> wanted(Site site, NewCall call, Party answeredBy) {
        RecordingRule rule = rule(site, call, answered(answeredBy));
        if (!rule.includes(call.id())) {
            return Optional.empty();
        }
        RecordingOrder order = new RecordingOrder(call.id(), format, rate, mark, call.startedAt());
        return Optional.of(new RecordingWanted(order, rule.consent()));
    }

    private static RecordingRule rule(Site site, NewCall call, RecordingPlan.Answered answeredBy) {
        RecordingPlan plan = site.recording();
        return switch (call.caller()) {
            case Party.Phone phone ->
                    plan.fromAgent(site, phone.agent(), call.dialled(), answeredBy);
            case Party.Customer customer ->
                    plan.fromTrunk(site, customer.trunk().name(), call.dialled(), answeredBy);
        };
    }

    private static RecordingPlan.Answered answered(Party party) {
        return switch (party) {
            case Party.Phone phone -> RecordingPlan.Answered.byAgent(phone.agent());
            case Party.Customer customer -> RecordingPlan.Answered.byTrunk(customer.trunk().name());
        };
    }
}
