package io.jackfield.observe.quality;

import java.util.List;

/**
 * A call as it was heard: its legs, window by window, and what they come to.
 *
 * @param live true while the call goes on
 */
public record CallQuality(String callId, boolean live, List<Leg> legs, Verdict verdict) {
    public CallQuality {
        legs = List.copyOf(legs);
    }

    /**
     * One leg.
     *
     * @param party the agent, or the trunk
     * @param agent which of them
     */
    public record Leg(String legId, String party, boolean agent, List<MeasuredWindow> windows) {
        public Leg {
            windows = List.copyOf(windows);
        }
    }
}
