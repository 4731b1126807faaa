package io.jackfield.observe.hep;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A capture server.
 *
 * @param host name or address; names are looked up when it is connected to
 * @param port 1 to 65535
 */
public record HepTarget(Transport transport, String host, int port) {
    private static final int PORT_MAX = 65_535;
    private static final Pattern FORM =
            Pattern.compile(
                    "(udp|tcp|tls):([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):(\\d{1,5})");

    /** How packets go there. */
    public enum Transport {
        UDP,
        TCP,
        /** The server must show a certificate of that name, signed by one whom Java trusts. */
        TLS
    }

    /** {@code udp:192.0.2.1:9060}; empty for what is no such thing. */
    public static Optional<HepTarget> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group(3));
        return port < 1 || port > PORT_MAX
                ? Optional.empty()
                : Optional.of(
                        new HepTarget(
                                Transport.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
                                form.group(2).replace("[", "").replace("]", ""),
                                port));
    }

    @Override
    public String toString() {
        return transport.name().toLowerCase(Locale.ROOT) + ":" + host + ":" + port;
    }
}
