package io.jackfield.loadtool.phone;

import java.util.Arrays;
import java.util.Optional;

/** The codec that an offer prefers; the others follow, as in a browser. */
public enum OfferedCodec {
    PCMU("PCMU", "0 111 8 110 126"),
    PCMA("PCMA", "8 111 0 110 126"),
    OPUS("opus", "111 0 8 110 126");

    private final String sdpName;
    private final String payloadTypes;

    OfferedCodec(String sdpName, String payloadTypes) {
        this.sdpName = sdpName;
        this.payloadTypes = payloadTypes;
    }

    /** By its name in session descriptions, without case. */
    public static Optional<OfferedCodec> named(String name) {
        return Arrays.stream(values()).filter(c -> c.sdpName.equalsIgnoreCase(name)).findFirst();
    }

    String payloadTypes() {
        return payloadTypes;
    }

    @Override
    public String toString() {
        return sdpName;
    }
}
