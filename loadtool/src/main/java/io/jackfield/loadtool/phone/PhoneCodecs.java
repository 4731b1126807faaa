package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sdp.Codec;
import java.util.List;

/**
 * What a phone offers, and takes.
 *
 * @param first preferred
 */
public record PhoneCodecs(OfferedCodec first, OfferedCodec.Breadth breadth) {
    /** As in a browser. */
    public static PhoneCodecs preferring(OfferedCodec first) {
        return new PhoneCodecs(first, OfferedCodec.Breadth.ALL);
    }

    String payloadTypes() {
        return first.payloadTypes(breadth);
    }

    List<Codec> codecs() {
        return first.codecs(breadth);
    }
}
