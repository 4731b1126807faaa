package io.jackfield.call.auth;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sip.SipResponse;

/** What is known of the sender of a request. */
public sealed interface Identity {
    /** A phone that has proved to be this agent's. */
    record OfAgent(Agent agent) implements Identity {}

    /** A request that came from where this trunk sends from. */
    record OfTrunk(Trunk trunk) implements Identity {}

    /** Not known yet, or not allowed: send this. */
    record Refused(SipResponse response) implements Identity {}
}
