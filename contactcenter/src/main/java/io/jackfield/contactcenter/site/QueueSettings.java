package io.jackfield.contactcenter.site;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one queue works.
 *
 * @param members in the order of {@link Strategy#ROUND_ROBIN}
 * @param join what it takes for a caller to come in
 * @param leave what it takes for those within to stay
 * @param overflow a cause that is not named ends the call
 * @param callback empty where nobody is called back
 * @param need of callers who bring none of their own
 */
public record QueueSettings(
        QueueId id,
        List<MemberSettings> members,
        OfferSettings offers,
        WrapUpSettings wrapUp,
        WaitSettings waiting,
        Staffing join,
        Staffing leave,
        OpeningHours hours,
        Map<OverflowCause, OverflowTarget> overflow,
        Optional<CallbackSettings> callback,
        ServiceSettings service,
        Need need) {
    public QueueSettings {
        members = List.copyOf(members);
        overflow = Map.copyOf(overflow);
    }

    /** With the defaults: always open, longest idle first, no wrap-up. */
    public static QueueSettings of(String number, List<MemberSettings> members) {
        return new QueueSettings(
                new QueueId(number),
                members,
                OfferSettings.DEFAULT,
                WrapUpSettings.NONE,
                WaitSettings.DEFAULT,
                Staffing.ANY,
                Staffing.ANY,
                OpeningHours.ALWAYS,
                Map.of(),
                Optional.empty(),
                ServiceSettings.DEFAULT,
                Need.ORDINARY);
    }

    public OverflowTarget overflowOf(OverflowCause cause) {
        return overflow.getOrDefault(cause, new OverflowTarget.HangUp());
    }

    public Optional<MemberSettings> member(AgentId agent) {
        return members.stream().filter(m -> m.agent().equals(agent)).findFirst();
    }
}
