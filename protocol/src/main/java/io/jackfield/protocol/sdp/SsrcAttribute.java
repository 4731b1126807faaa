package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * One {@code a=ssrc}: what a peer says of one of its sources (RFC 5576 §4.1). Read only; ours never
 * carry any, so that a leg can go on with a new source after a takeover.
 *
 * @param ssrc 0 to 2^32 - 1
 * @param attribute name and value, such as {@code cname:abc}
 */
public record SsrcAttribute(long ssrc, String attribute) {
    public SsrcAttribute {
        SdpText.check(ssrc >= 0 && ssrc <= 0xFFFF_FFFFL, "SSRC", ssrc);
        SdpText.check(SdpText.isByteString(attribute), "source attribute", attribute);
    }

    static Optional<SsrcAttribute> parse(String text) {
        int space = text.indexOf(' ');
        long ssrc = SdpText.number(space < 0 ? text : text.substring(0, space), 0xFFFF_FFFFL);
        return ssrc < 0
                ? Optional.empty()
                : Optional.of(
                        new SsrcAttribute(
                                ssrc, space < 0 ? "" : text.substring(space + 1).strip()));
    }
}
