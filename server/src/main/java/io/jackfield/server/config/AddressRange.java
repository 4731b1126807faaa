package io.jackfield.server.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An address, or all that share its leading bits: {@code 10.0.0.0/8}.
 *
 * @param prefix 0 to 32, for IPv6 to 128
 */
public record AddressRange(InetAddress network, int prefix) {

    public boolean contains(InetAddress address) {
        byte[] wanted = network.getAddress();
        byte[] actual = address.getAddress();
        if (wanted.length != actual.length) {
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

    static Optional<AddressRange> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || (parts.length == 2 && !parts[1].matches("\\d{1,3}"))) {
            return Optional.empty();
        }
        return Form.parseAddress(parts[0])
                .flatMap(network -> {
                    int bits = network.getAddress().length * 8;
                    int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : bits;
                    return prefix <= bits
                            ? Optional.of(new AddressRange(network, prefix))
                            : Optional.empty();
                });
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
