package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * A {@code b=} line (RFC 8866 §5.8).
 *
 * @param type AS and CT count kilobits a second, TIAS bits a second (RFC 3890)
 */
public record Bandwidth(String type, long value) {
    public Bandwidth {
        SdpText.check(SdpText.isToken(type), "bandwidth type", type);
        SdpText.check(value >= 0, "bandwidth", value);
    }

    static Optional<Bandwidth> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !SdpText.isToken(text.substring(0, colon))) {
            return Optional.empty();
        }
        long value = SdpText.number(text.substring(colon + 1).strip(), Long.MAX_VALUE);
        return value < 0
                ? Optional.empty()
                : Optional.of(new Bandwidth(text.substring(0, colon), value));
    }

    @Override
    public String toString() {
        return type + ":" + value;
    }
}
