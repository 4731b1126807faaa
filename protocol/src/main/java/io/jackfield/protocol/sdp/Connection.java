package io.jackfield.protocol.sdp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * An address as SDP writes it, {@code IN IP4 203.0.113.1}: in {@code c=}, {@code o=} and {@code
 * a=rtcp} (RFC 8866 §5.2, §5.7).
 *
 * @param family IP4 or IP6
 * @param address as received: a literal, a name, or a multicast address with its scope after a
 *     slash
 */
public record Connection(Family family, String address) {
    /** The two address types of network type IN. */
    public enum Family {
        IP4,
        IP6
    }

    public Connection {
        SdpText.check(SdpText.isField(address), "connection address", address);
    }

    /** That address, without any interface scope. */
    public static Connection of(InetAddress address) {
        return new Connection(
                address instanceof Inet4Address ? Family.IP4 : Family.IP6, hostText(address));
    }

    /**
     * The text of an address as other hosts may see it: the scope of an interface is ours alone.
     * IPv6 in the short form of RFC 5952.
     */
    static String hostText(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : ShortIpv6.text(bytes);
    }

    /** The address where it is a literal of its family; nothing is ever looked up. */
    public Optional<InetAddress> literal() {
        return literal(address).filter(a -> (a instanceof Inet4Address) == (family == Family.IP4));
    }

    /**
     * The address that text is, without a look-up. Only the usual forms: four decimal numbers, or
     * colons; {@code 0x7f.1} and other spellings by which filters are fooled are names, not
     * literals.
     */
    static Optional<InetAddress> literal(String text) {
        try {
            if (text.indexOf(':') >= 0) {
                boolean plain =
                        text.chars()
                                .allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
                return plain ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
            }
            return isDottedQuad(text)
                    ? Optional.of(Inet4Address.ofLiteral(text))
                    : Optional.empty();
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }

    private static boolean isDottedQuad(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
            if (leadingZero || SdpText.smallNumber(part, 255) < 0) {
                return false;
            }
        }
        return true;
    }

    static Optional<Connection> parse(String text) {
        String[] fields = SdpText.fields(text);
        if (fields.length != 3
                || !fields[0].equalsIgnoreCase("IN")
                || !SdpText.isField(fields[2])) {
            return Optional.empty();
        }
        return switch (fields[1]) {
            case "IP4", "ip4" -> Optional.of(new Connection(Family.IP4, fields[2]));
            case "IP6", "ip6" -> Optional.of(new Connection(Family.IP6, fields[2]));
            default -> Optional.empty();
        };
    }

    /** {@code IN IP4 203.0.113.1}. */
    @Override
    public String toString() {
        return "IN " + family + " " + address;
    }
}
