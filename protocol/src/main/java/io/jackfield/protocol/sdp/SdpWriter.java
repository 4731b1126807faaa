package io.jackfield.protocol.sdp;

import java.util.List;

/** Writes descriptions in the order of RFC 8866 §5; what the parser reads from it is equal. */
public final class SdpWriter {
    private SdpWriter() {}

    /** The description with lines ended by CRLF. */
    public static String write(SessionDescription sdp) {
        StringBuilder out = new StringBuilder(1024);
        line(out, 'v', "0");
        line(out, 'o', sdp.origin());
        line(out, 's', sdp.name());
        sdp.connection().ifPresent(c -> line(out, 'c', c));
        lines(out, 'b', sdp.bandwidths());
        lines(out, 't', sdp.times());
        attributes(out, sdp.attributes());
        sdp.media().forEach(m -> media(out, m));
        return out.toString();
    }

    private static void media(StringBuilder out, MediaDescription m) {
        String ports = m.portCount() == 1 ? "" + m.port() : m.port() + "/" + m.portCount();
        line(
                out,
                'm',
                String.join(" ", m.media(), ports, m.protocol(), String.join(" ", m.formats())));
        lines(out, 'c', m.connections());
        lines(out, 'b', m.bandwidths());
        attributes(out, m.attributes());
    }

    private static void attributes(StringBuilder out, Attributes attributes) {
        attributes.list().forEach(a -> line(out, 'a', a.line()));
    }

    private static void lines(StringBuilder out, char type, List<?> values) {
        values.forEach(value -> line(out, type, value));
    }

    private static void line(StringBuilder out, char type, Object value) {
        out.append(type).append('=').append(value).append("\r\n");
    }
}
