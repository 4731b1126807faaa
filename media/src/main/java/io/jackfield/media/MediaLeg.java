package io.jackfield.media;

import io.jackfield.protocol.sdp.LocalMedia;
import java.util.function.Consumer;

/**
 * The handle by which a leg's media is controlled.
 *
 * <p>Thread-safety: any thread; nothing blocks. Consumers and listeners are called on the media
 * loop and may only hand over.
 */
public sealed interface MediaLeg permits BrowserLeg, TrunkLeg {

    /** As given when it was opened. */
    String id();

    /** What goes into our session description. */
    LocalMedia local();

    /**
     * What offer and answer have settled, the first time and after every re-negotiation.
     *
     * @throws IllegalArgumentException where the transport is of the other kind of leg
     */
    void apply(LegParameters parameters);

    /**
     * Presses a key towards this leg (RFC 4733); while it sounds, the leg hears nothing else.
     * Ignored where the peer takes no events, or too many presses wait.
     *
     * @param digit {@code 0-9 * # A-D}
     * @param durationMillis 40 to 1300; others are moved to the nearer end
     */
    void sendDtmf(char digit, int durationMillis);

    /** Hands over the statistics so far; nothing where the leg has ended. */
    void readStatistics(Consumer<LegStatistics> to);

    /** Hands over all that another node needs to go on; nothing where the leg has ended. */
    void exportState(Consumer<LegState> to);

    /** Ends the leg: RTCP BYE, then {@link MediaEvent.Closed}. A second time does nothing. */
    void close();
}
