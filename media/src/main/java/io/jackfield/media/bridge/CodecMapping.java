package io.jackfield.media.bridge;

import io.jackfield.protocol.rtp.PayloadTypeMap;
import io.jackfield.protocol.sdp.CodecMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which payload types of one leg become which of another, where both speak the same codec.
 *
 * <p>Events are passed on as they are only where they and the speech around them have the same
 * clocks on both legs: the packets share one timeline. Else the key is pressed anew.
 *
 * @param payloadTypes from what the one sends to what the other takes
 * @param relaysEvents true where event packets pass
 */
record CodecMapping(PayloadTypeMap payloadTypes, boolean relaysEvents) {

    static CodecMapping between(CodecMap from, CodecMap to) {
        Map<Integer, Integer> types = new HashMap<>();
        boolean relays = relaysEvents(from, to);
        if (relays) {
            map(types, from.events(), to);
        }
        map(types, from.comfortNoise(), to);
        map(types, from.codecs(), to);
        return new CodecMapping(new PayloadTypeMap(types), relays);
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
