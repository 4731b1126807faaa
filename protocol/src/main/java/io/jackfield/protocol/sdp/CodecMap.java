package io.jackfield.protocol.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the payload types of a leg mean once offer and answer have met. Part of what a leg needs to
 * survive its node, so it is small and holds nothing else.
 *
 * @param codecs at least one; the first is what we send, any of them may come
 * @param events DTMF, one entry per clock rate; none where the peer has none
 * @param comfortNoise at most one per clock rate
 */
public record CodecMap(List<Entry> codecs, List<Entry> events, List<Entry> comfortNoise) {
    /**
     * One codec and its numbers on this leg.
     *
     * @param send payload type towards the peer, as the peer's description says; 0 to 127
     * @param receive payload type from the peer, as our description says; 0 to 127
     */
    public record Entry(Codec codec, int send, int receive) {
        public Entry {
            SdpText.check(send >= 0 && send <= 127, "payload type", send);
            SdpText.check(receive >= 0 && receive <= 127, "payload type", receive);
        }
    }

    public CodecMap {
        codecs = List.copyOf(codecs);
        SdpText.check(!codecs.isEmpty(), "codec map", codecs);
        events = List.copyOf(events);
        comfortNoise = List.copyOf(comfortNoise);
    }

    /** Sorts the entries by what their codecs are; empty where none carries speech. */
    static Optional<CodecMap> of(List<Entry> entries) {
        List<Entry> codecs = entries.stream().filter(e -> e.codec().isSpeech()).toList();
        if (codecs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new CodecMap(
                        codecs,
                        entries.stream().filter(e -> e.codec().isTelephoneEvent()).toList(),
                        entries.stream().filter(e -> e.codec().isComfortNoise()).toList()));
    }

    /** The codec we send, with its numbers. */
    public Entry chosen() {
        return codecs.getFirst();
    }

    /** The numbers of that codec on this leg, be it speech, events or noise. */
    public Optional<Entry> entry(Codec codec) {
        return Stream.of(codecs, events, comfortNoise)
                .flatMap(List::stream)
                .filter(e -> e.codec().equals(codec))
                .findFirst();
    }

    /** DTMF beside the chosen codec: with its clock, else with the clock that is there. */
    public Optional<Entry> event() {
        return events.stream()
                .filter(e -> e.codec().clockRate() == chosen().codec().clockRate())
                .findFirst()
                .or(() -> events.stream().findFirst());
    }
}
