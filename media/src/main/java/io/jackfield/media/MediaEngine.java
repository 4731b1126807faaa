package io.jackfield.media;

import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.recording.Recording;
import java.net.InetAddress;

/**
 * All media of one node.
 *
 * <p>Thread-safety: any thread may call any method; none blocks on the network or on packets. What
 * a method asks for is done on the media loop a moment later, in the order in which one thread
 * asked. Media that refer to a closed leg do nothing.
 */
public interface MediaEngine extends AutoCloseable {

    /**
     * A leg towards a browser, on the shared UDP port. It accepts nothing before {@link
     * MediaLeg#apply}.
     *
     * @param legId unique while the leg lives; comes back in events
     */
    BrowserLeg openBrowserLeg(String legId, IceSide side, MediaListener listener);

    /**
     * A leg towards a trunk, on an RTP/RTCP port pair of its own. It accepts nothing before {@link
     * MediaLeg#apply}.
     *
     * @param localAddress one of the settings' local addresses; its advertised partner appears in
     *     {@link MediaLeg#local}
     * @throws MediaPortsExhausted where the range has no free pair
     * @throws IllegalArgumentException for an address the settings do not name
     */
    TrunkLeg openTrunkLeg(String legId, InetAddress localAddress, MediaListener listener)
            throws MediaPortsExhausted;

    /** Each hears the other, from now on; replaces what either heard before. */
    void bridge(MediaLeg a, MediaLeg b);

    /** The leg hears itself; replaces what it heard before. */
    void echo(MediaLeg leg);

    /**
     * The leg hears itself two seconds later and is measured, until it does something else or ends;
     * then {@link MediaEvent.QualityMeasured} tells. Replaces what it heard before.
     */
    void qualityEcho(MediaLeg leg);

    /** An empty room, for a conference or a supervisor. */
    MediaRoom room();

    /** The leg hears nothing, and nobody hears it. */
    void park(MediaLeg leg);

    /**
     * The leg hears the prompt instead of anyone else, until it ends or {@link #bridge}, {@link
     * #echo} or {@link #park} is called. What the leg says goes on to whoever hears it. It is said
     * in the leg's codec; nothing happens on a leg that has none yet.
     *
     * @param loop begins again at its end
     */
    void play(MediaLeg leg, Prompt prompt, boolean loop);

    /**
     * What both legs say goes into the recording, too, until it is stopped: the agent's left, the
     * customer's right. What they hear does not.
     */
    void record(Recording recording, MediaLeg agent, MediaLeg customer);

    /** The counters of this moment. */
    MediaCounters counters();

    /** Closes every leg and every socket; returns when the loop has ended. */
    @Override
    void close();
}
