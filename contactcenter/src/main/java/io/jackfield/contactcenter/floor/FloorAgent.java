package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.site.AgentSettings;

/**
 * An agent, with the settings that hold for them.
 *
 * @param retired no longer in the site; they go when their last call is over
 */
public record FloorAgent(AgentSettings settings, boolean retired, Agent agent) {
    FloorAgent with(Agent next) {
        return new FloorAgent(settings, retired, next);
    }

    /** Whether they may be rung now. */
    public boolean free() {
        return !retired && agent.free();
    }
}
