package io.jackfield.call.routing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * Where a trunk's requests may come from: an address, {@code address/prefix} or {@code
 * address:port}. Never a name: a name says who one claims to be, an address where answers go.
 *
 * @param prefix leading bits that must agree
 */
public record SourceMatch(InetAddress network, int prefix, OptionalInt port) {
    public SourceMatch {
        int bits = network.getAddress().length * 8;
        if (prefix < 0 || prefix > bits) {
            throw new InvalidSite("match: the prefix of " + network + " is 0 to " + bits);
        }
    }

    /**
     * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code 192.0.2.1:5060}, {@code
     * [2001:db8::1]:5060}.
     *
     * @throws InvalidSite when it is none of these
     */
    public static SourceMatch parse(String text) {
        String rest = text.strip();
        OptionalInt port = OptionalInt.empty();
        int colon = rest.lastIndexOf(':');
        boolean oneColon = colon > 0 && rest.indexOf(':') == colon;
        if (oneColon || rest.contains("]:")) {
            port = OptionalInt.of(number(rest.substring(colon + 1), text));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String address = slash < 0 ? rest : rest.substring(0, slash);
        InetAddress network = literal(address, text);
        int bits = network.getAddress().length * 8;
        int prefix = slash < 0 ? bits : number(rest.substring(slash + 1), text);
        return new SourceMatch(network, prefix, port);
    }

    public boolean matches(InetSocketAddress source) {
        byte[] wanted = network.getAddress();
        byte[] actual = source.getAddress().getAddress();
        if (wanted.length != actual.length) {
            return false;
        }
        if (port.isPresent() && port.getAsInt() != source.getPort()) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((wanted[bit / 8] & mask) != (actual[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress literal(String address, String text) {
        try {
            return InetAddress.ofLiteral(address.replace("[", "").replace("]", ""));
        } catch (IllegalArgumentException notAnAddress) {
            throw new InvalidSite(
                    "match \"" + text + "\": write an address, address/prefix or address:port");
        }
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            throw new InvalidSite("match \"" + text + "\": " + digits + " is not a number");
        }
    }
}
