package io.jackfield.contactcenter.site;

import io.jackfield.contactcenter.AgentId;

/**
 * An agent's place in one queue.
 *
 * @param weight an agent with callers waiting in several queues gets one of the queue with the
 *     highest weight; 0 to 100
 * @param tier lower is rung first by {@link Strategy#PRIORITY}; 1 to 10
 */
public record MemberSettings(AgentId agent, int weight, int tier) {
    public static MemberSettings of(String agent) {
        return new MemberSettings(new AgentId(agent), 0, 1);
    }
}
