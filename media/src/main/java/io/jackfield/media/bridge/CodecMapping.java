package io.jackfield.media.bridge;

import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.protocol.rtp.PayloadTypeMap;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which payload types of one leg become which of another, where both speak the same codec, or both
 * G.711.
 *
 * <p>Events are passed on as they are only where they and the speech around them have the same
 * clocks on both legs: the packets share one timeline. Else the key is pressed anew.
 *
 * @param payloadTypes from what the one sends to what the other takes
 * @param relaysEvents true where event packets pass
 * @param laws by payload type: which law the bytes have that need the other one; mostly none
 */
record CodecMapping(
        PayloadTypeMap payloadTypes, boolean relaysEvents, Map<Integer, G711.Law> laws) {

    static CodecMapping between(CodecMap from, CodecMap to) {
        Map<Integer, Integer> types = new HashMap<>();
        boolean relays = relaysEvents(from, to);
        if (relays) {
            map(types, from.events(), to);
        }
        map(types, from.comfortNoise(), to);
        Map<Integer, G711.Law> laws = new HashMap<>();
        for (CodecMap.Entry entry : from.codecs()) {
            partner(entry.codec(), to)
                    .ifPresent(e -> {
                        types.put(entry.receive(), e.send());
                        if (!e.codec().equals(entry.codec())) {
                            laws.put(entry.receive(), SpeechCodecs.law(entry.codec()));
                        }
                    });
        }
        return new CodecMapping(new PayloadTypeMap(types), relays, Map.copyOf(laws));
    }

    /** That codec on the other leg, or the other law of G.711. */
    static Optional<CodecMap.Entry> partner(Codec codec, CodecMap to) {
        return to.entry(codec)
                .or(() ->
                        SpeechCodecs.isG711(codec) ? to.entry(otherLaw(codec)) : Optional.empty());
    }

    private static Codec otherLaw(Codec codec) {
        return codec.equals(Codec.PCMU) ? Codec.PCMA : Codec.PCMU;
    }

    private static void map(
            Map<Integer, Integer> types, List<CodecMap.Entry> entries, CodecMap to) {
        for (CodecMap.Entry entry : entries) {
            to.entry(entry.codec()).ifPresent(e -> types.put(entry.receive(), e.send()));
        }
    }

    private static boolean relaysEvents(CodecMap from, CodecMap to) {
        return from.event()
                .filter(e -> e.codec().clockRate() == clockRate(from))
                .flatMap(e -> to.entry(e.codec()))
                .filter(e -> e.codec().clockRate() == clockRate(to))
                .isPresent();
    }

    private static int clockRate(CodecMap codecs) {
        return codecs.chosen().codec().clockRate();
    }
}
