package io.jackfield.media.pipeline;

import io.jackfield.protocol.sdp.CodecMap;
import java.util.Arrays;
import java.util.List;

/** What the payload types of packets from a leg mean, ready for a look-up per packet. Immutable. */
public final class PayloadTypes {
    /** What a payload type carries. */
    public enum Kind {
        UNKNOWN,
        SPEECH,
        EVENT,
        NOISE
    }

    /** Before anything was negotiated. */
    public static final PayloadTypes NONE = new PayloadTypes();

    private static final int TYPES = 128;

    private final Kind[] kinds = new Kind[TYPES];
    private final int[] clockRates = new int[TYPES];

    private PayloadTypes() {
        Arrays.fill(kinds, Kind.UNKNOWN);
    }

    public PayloadTypes(CodecMap codecs) {
        this();
        set(Kind.NOISE, codecs.comfortNoise());
        set(Kind.EVENT, codecs.events());
        set(Kind.SPEECH, codecs.codecs());
    }

    private void set(Kind kind, List<CodecMap.Entry> entries) {
        for (CodecMap.Entry entry : entries) {
            kinds[entry.receive()] = kind;
            clockRates[entry.receive()] = entry.codec().clockRate();
        }
    }

    /**
     * @param payloadType 0 to 127
     */
    public Kind kind(int payloadType) {
        return kinds[payloadType];
    }

    /** Units per second; 0 for unknown types. */
    public int clockRate(int payloadType) {
        return clockRates[payloadType];
    }
}
