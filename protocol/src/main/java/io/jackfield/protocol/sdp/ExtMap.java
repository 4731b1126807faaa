package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * One {@code a=extmap}: an RTP header extension under a number (RFC 8285 §8).
 *
 * @param id 1 to 255 on the wire; 4096 to 4351 are placeholders in offers
 * @param direction where one is said
 */
public record ExtMap(int id, Optional<Direction> direction, String uri) {
    public ExtMap {
        SdpText.check(id >= 1 && id <= 4351, "extmap id", id);
        SdpText.check(SdpText.isField(uri), "extmap URI", uri);
    }

    static Optional<ExtMap> parse(String text) {
        String[] f = SdpText.fields(text);
        if (f.length < 2 || !SdpText.isField(f[1])) {
            return Optional.empty();
        }
        int slash = f[0].indexOf('/');
        int id = SdpText.smallNumber(slash < 0 ? f[0] : f[0].substring(0, slash), 4351);
        Optional<Direction> direction =
                slash < 0 ? Optional.empty() : Direction.parse(f[0].substring(slash + 1));
        if (id < 1 || (slash >= 0 && direction.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new ExtMap(id, direction, f[1]));
    }
}
