package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sdp.Codec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The codec that an offer prefers; the others follow, as in a browser. */
public enum OfferedCodec {
    PCMU("PCMU", "0 111 8 110 126", "0 126"),
    PCMA("PCMA", "8 111 0 110 126", "8 126"),
    OPUS("opus", "111 0 8 110 126", "111 110");

    private final String sdpName;
    private final String payloadTypes;
    private final String onlyPayloadTypes;

    OfferedCodec(String sdpName, String payloadTypes, String onlyPayloadTypes) {
        this.sdpName = sdpName;
        this.payloadTypes = payloadTypes;
        this.onlyPayloadTypes = onlyPayloadTypes;
    }

    /** By its name in session descriptions, without case. */
    public static Optional<OfferedCodec> named(String name) {
        return Arrays.stream(values()).filter(c -> c.sdpName.equalsIgnoreCase(name)).findFirst();
    }

    /** Which codecs a phone offers, and takes. */
    public enum Breadth {
        /** All that browsers have. */
        ALL,
        /** The one alone, so that no PBX prefers another. */
        ONLY
    }

    String payloadTypes(Breadth breadth) {
        return switch (breadth) {
            case ALL -> payloadTypes;
            case ONLY -> onlyPayloadTypes;
        };
    }

    private Codec codec() {
        return switch (this) {
            case PCMU -> Codec.PCMU;
            case PCMA -> Codec.PCMA;
            case OPUS -> Codec.OPUS;
        };
    }

    /** In the order of preference. */
    List<Codec> codecs(Breadth breadth) {
        return switch (breadth) {
            case ALL ->
                    Stream.concat(Stream.of(codec()), Stream.of(Codec.OPUS, Codec.PCMU, Codec.PCMA))
                            .distinct()
                            .toList();
            case ONLY -> List.of(codec());
        };
    }

    /**
     * True where it is that one.
     *
     * @param encoding name and clock rate as in {@code a=rtpmap} (RFC 8866 §6.6), such as {@code
     *     PCMU/8000}
     */
    public boolean is(String encoding) {
        return encoding.split("/", 2)[0].equalsIgnoreCase(sdpName);
    }

    @Override
    public String toString() {
        return sdpName;
    }
}
