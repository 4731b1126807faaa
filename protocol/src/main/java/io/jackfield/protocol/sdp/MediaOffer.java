package io.jackfield.protocol.sdp;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An offer we can answer: what the other side can do with its audio.
 *
 * @param description the whole of it, so that the answer has as many lines
 * @param mediaIndex which {@code m=} line, from 0, is our audio
 * @param codecs speech in the offerer's order, known to us or not; at least one
 * @param events DTMF, one per clock rate
 * @param comfortNoise one per clock rate
 * @param remoteDirection as the offerer sees it; old-style hold (an unspecified address) included
 * @param ptimeMillis milliseconds of audio a packet should hold, 1 to 1000, where said
 */
public record MediaOffer(
        SessionDescription description,
        int mediaIndex,
        List<AudioFormat> codecs,
        List<AudioFormat> events,
        List<AudioFormat> comfortNoise,
        Direction remoteDirection,
        RemoteMedia transport,
        OptionalInt ptimeMillis)
        implements OfferReading {
    public MediaOffer {
        codecs = List.copyOf(codecs);
        events = List.copyOf(events);
        comfortNoise = List.copyOf(comfortNoise);
        SdpText.check(!codecs.isEmpty(), "list of offered codecs", codecs);
    }

    /** The {@code m=} line of our audio. */
    public MediaDescription line() {
        return description.media().get(mediaIndex);
    }

    /** True where the answer's {@link LocalMedia} must be WebRTC's, false for plain RTP. */
    public boolean isWebRtc() {
        return transport instanceof RemoteMedia.WebRtc;
    }

    /** All formats: speech, events, noise. */
    List<AudioFormat> formats() {
        return Stream.of(codecs, events, comfortNoise).flatMap(List::stream).toList();
    }
}
