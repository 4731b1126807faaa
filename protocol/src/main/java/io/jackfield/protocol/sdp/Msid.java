package io.jackfield.protocol.sdp;

import java.util.Optional;

/** The stream and track a browser gives its microphone: {@code a=msid} (RFC 8830 §2). */
public record Msid(String stream, Optional<String> track) {
    public Msid {
        SdpText.check(SdpText.isField(stream), "msid", stream);
        SdpText.check(track.stream().allMatch(SdpText::isField), "msid", track);
    }

    static Optional<Msid> parse(String text) {
        String[] f = SdpText.fields(text);
        if (f.length < 1 || f.length > 2 || !SdpText.isField(f[0])) {
            return Optional.empty();
        }
        if (f.length == 1) {
            return Optional.of(new Msid(f[0], Optional.empty()));
        }
        return SdpText.isField(f[1])
                ? Optional.of(new Msid(f[0], Optional.of(f[1])))
                : Optional.empty();
    }
}
