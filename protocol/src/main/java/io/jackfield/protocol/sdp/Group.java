package io.jackfield.protocol.sdp;

import java.util.List;
import java.util.Optional;

/**
 * One {@code a=group} (RFC 5888 §5; BUNDLE: RFC 9143).
 *
 * @param semantics such as BUNDLE or LS
 * @param mids of the media descriptions in the group, the tagged one first
 */
public record Group(String semantics, List<String> mids) {
    public Group {
        SdpText.check(SdpText.isToken(semantics), "group semantics", semantics);
        mids = List.copyOf(mids);
        SdpText.check(mids.stream().allMatch(SdpText::isField), "mid", mids);
    }

    public boolean isBundle() {
        return semantics.equals("BUNDLE");
    }

    static Optional<Group> parse(String text) {
        String[] f = SdpText.fields(text);
        if (f.length == 0 || !SdpText.isToken(f[0])) {
            return Optional.empty();
        }
        List<String> mids = List.of(f).subList(1, f.length);
        return mids.stream().allMatch(SdpText::isField)
                ? Optional.of(new Group(f[0], mids))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return mids.isEmpty() ? semantics : semantics + " " + String.join(" ", mids);
    }
}
