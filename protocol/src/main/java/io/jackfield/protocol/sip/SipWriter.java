package io.jackfield.protocol.sip;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes messages and their parts by the grammar of RFC 3261 §25.1. */
final class SipWriter {
    private SipWriter() {}

    static byte[] encode(SipMessage message) {
        StringBuilder out = new StringBuilder(1024);
        switch (message) {
            case SipRequest r ->
                    out.append(r.method()).append(' ').append(r.uri().text()).append(" SIP/2.0");
            case SipResponse r ->
                    out.append("SIP/2.0 ").append(r.status()).append(' ').append(r.reason());
        }
        Tokens.requireInLine(out.toString(), "start line");
        out.append("\r\n");
        byte[] body = message.body();
        headers(out, message.headers());
        out.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] head = out.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    static String refusal(Refusal refusal) {
        StringBuilder out = new StringBuilder(512);
        out.append("SIP/2.0 ").append(refusal.status()).append(' ').append(refusal.reason());
        out.append("\r\n");
        refusal.vias().forEach(via -> line(out, "Via", via(via)));
        refusal.echoed().forEach(h -> line(out, h.name(), h.value()));
        return out.append("Content-Length: 0\r\n\r\n").toString();
    }

    private static void headers(StringBuilder out, SipHeaders headers) {
        headers.vias().forEach(via -> line(out, "Via", via(via)));
        headers.maxForwards().ifPresent(n -> line(out, "Max-Forwards", Integer.toString(n)));
        addresses(out, "Route", headers.routes());
        addresses(out, "Record-Route", headers.recordRoutes());
        line(out, "From", address(headers.from()));
        line(out, "To", address(headers.to()));
        line(out, "Call-ID", headers.callId());
        line(out, "CSeq", headers.cseq().number() + " " + headers.cseq().method());
        if (headers.contactStar()) {
            line(out, "Contact", "*");
        }
        addresses(out, "Contact", headers.contacts());
        headers.others().forEach(h -> line(out, h.name(), h.value()));
    }

    private static void addresses(StringBuilder out, String name, List<NameAddress> list) {
        list.forEach(a -> line(out, name, address(a)));
    }

    /** The only place that writes a header line, so the last that can keep it one. */
    private static void line(StringBuilder out, String name, String value) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("not a header name");
        }
        Tokens.requireInLine(value, name);
        out.append(name).append(": ").append(value).append("\r\n");
    }

    private static String via(Via via) {
        StringBuilder out = new StringBuilder("SIP/2.0/");
        out.append(via.transport()).append(' ').append(via.host());
        via.port().ifPresent(port -> out.append(':').append(port));
        headerParameters(out, via.parameters());
        return out.toString();
    }

    static String address(NameAddress address) {
        StringBuilder out = new StringBuilder();
        address.displayName().ifPresent(name -> out.append(quoted(name)).append(' '));
        out.append('<').append(address.uri().text()).append('>');
        headerParameters(out, address.parameters());
        return out.toString();
    }

    static void headerParameters(StringBuilder out, Parameters parameters) {
        for (Parameters.Parameter p : parameters.list()) {
            parameter(out.append(';'), p);
        }
    }

    static void parameter(StringBuilder out, Parameters.Parameter parameter) {
        out.append(parameter.name());
        parameter
                .value()
                .ifPresent(v -> out.append('=').append(parameter.quoted() ? quoted(v) : value(v)));
    }

    private static String value(String value) {
        return Tokens.isBareValue(value) ? value : quoted(value);
    }

    static String quoted(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }

    static String text(SipUri uri) {
        StringBuilder out = new StringBuilder(uri.secure() ? "sips:" : "sip:");
        uri.user().ifPresent(user -> out.append(escaped(user, Tokens.USER_MARKS)));
        uri.password().ifPresent(p -> out.append(':').append(escaped(p, Tokens.PASSWORD_MARKS)));
        uri.user().ifPresent(_ -> out.append('@'));
        out.append(uri.host());
        uri.port().ifPresent(port -> out.append(':').append(port));
        for (Parameters.Parameter p : uri.parameters().list()) {
            out.append(';').append(escaped(p.name(), Tokens.PARAMETER_MARKS));
            p.value().ifPresent(v -> out.append('=').append(escaped(v, Tokens.PARAMETER_MARKS)));
        }
        char separator = '?';
        for (Header h : uri.headers()) {
            out.append(separator).append(escaped(h.name(), Tokens.HEADER_MARKS));
            out.append('=').append(escaped(h.value(), Tokens.HEADER_MARKS));
            separator = '&';
        }
        return out.toString();
    }

    private static String escaped(String text, String marks) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : Text.encoded(text)) {
            int c = b & 0xFF;
            if (Tokens.isIn(c, marks)) {
                out.append((char) c);
            } else {
                out.append('%');
                out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
