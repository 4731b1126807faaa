package io.jackfield.call.routing;

/** An inbound rule: the number a trunk asks for (DID), and who is rung. */
public record InboundNumber(DialPattern pattern, Target target) {
    public InboundNumber {
        if (target instanceof Target.ToTrunks) {
            throw new InvalidSite(
                    "number " + pattern + ": calls from a trunk go to an agent or a queue");
        }
    }
}
