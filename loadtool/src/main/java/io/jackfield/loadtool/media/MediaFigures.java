package io.jackfield.loadtool.media;

import io.jackfield.loadtool.measure.Histogram.Spread;
import java.util.Map;

/**
 * What a window has shown of the media.
 *
 * @param ways where frames were sent
 * @param damaged packets that were heard, and not as they were sent
 * @param sendLateness by how much our own frames left too late
 * @param readLateness from a frame's arrival in the kernel to our reading it; not part of any delay
 * @param notSent packets that our kernel did not take, since the run began; they count as lost
 */
public record MediaFigures(
        Map<Way, WayFigures> ways,
        long damaged,
        Spread sendLateness,
        Spread readLateness,
        long notSent) {
    private static final double PERCENT = 100;

    public MediaFigures {
        ways = Map.copyOf(ways);
    }

    /**
     * One way of the media.
     *
     * @param sent frames in the window
     * @param heard of those, each once
     * @param repeated of those, heard again
     * @param delay from our handing a frame to the kernel until the kernel has it again
     * @param jitter of each stream (RFC 3550 §A.8)
     * @param spacing by how much the time between two frames in a row differs, heard from sent:
     *     what the PBX's own unevenness in sending adds
     */
    public record WayFigures(
            long sent, long heard, long repeated, Spread delay, Spread jitter, Spread spacing) {
        public long lost() {
            return sent - heard;
        }

        public double lostPercent() {
            return sent == 0 ? 0 : PERCENT * lost() / sent;
        }
    }
}
