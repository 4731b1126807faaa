package io.jackfield.protocol.sdp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One {@code a=candidate} (RFC 8839 §5.1; TCP: RFC 6544 §4.5).
 *
 * @param foundation 1 to 32 ice-chars
 * @param component 1 is RTP, 2 is RTCP; to 256
 * @param transport lower case: {@code udp}, {@code tcp}, or what the peer made up
 * @param priority 0 to 2^32 - 1; RFC 8445 asks for 1 to 2^31 - 1, peers vary
 * @param address as received: a literal, a name, or a {@code .local} name of mDNS, never looked up
 * @param port 0 to 65535; 9 and 0 stand for none in active TCP candidates
 * @param related where a reflexive or relayed candidate comes from
 * @param extensions names and values that follow, one "name value" each, {@code tcptype} included
 */
public record Candidate(
        String foundation,
        int component,
        String transport,
        long priority,
        String address,
        int port,
        Type type,
        Optional<Related> related,
        List<String> extensions) {
    private static final long PRIORITY_MAX = 0xFFFF_FFFFL;

    /** What the candidate is an address of (RFC 8445 §5.1.1). */
    public enum Type {
        HOST,
        SRFLX,
        PRFLX,
        RELAY
    }

    /** How a TCP candidate is connected (RFC 6544 §4.5). */
    public enum TcpType {
        ACTIVE,
        PASSIVE,
        SO
    }

    /** The related address and port (raddr and rport in the line). */
    public record Related(String address, int port) {
        public Related {
            SdpText.check(SdpText.isField(address), "related address", address);
            SdpText.check(isPort(port), "related port", port);
        }
    }

    public Candidate {
        SdpText.check(isFoundation(foundation), "foundation", foundation);
        SdpText.check(component >= 1 && component <= 256, "component", component);
        SdpText.check(SdpText.isToken(transport), "transport", transport);
        SdpText.check(priority >= 0 && priority <= PRIORITY_MAX, "priority", priority);
        SdpText.check(SdpText.isField(address), "candidate address", address);
        SdpText.check(isPort(port), "candidate port", port);
        extensions = List.copyOf(extensions);
        SdpText.check(
                extensions.stream().allMatch(e -> e.indexOf(' ') > 0 && SdpText.isByteString(e)),
                "candidate extension",
                extensions);
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= 65535;
    }

    private static boolean isFoundation(String text) {
        return SdpText.isField(text) && text.length() <= 32;
    }

    /** True for UDP. */
    public boolean isUdp() {
        return transport.equals("udp");
    }

    /** The address where it is a literal; nothing is ever looked up. */
    public Optional<InetAddress> literal() {
        return Connection.literal(address);
    }

    /** The value of that extension, such as {@code generation}. */
    public Optional<String> extension(String name) {
        return extensions.stream()
                .filter(e -> e.startsWith(name + " "))
                .map(e -> e.substring(name.length() + 1))
                .findFirst();
    }

    /** How a TCP candidate is connected; empty for UDP. */
    public Optional<TcpType> tcpType() {
        return extension("tcptype").flatMap(text -> constant(TcpType.values(), text));
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, String text) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The candidate of that attribute value; empty where the grammar is broken (then ignored). */
    static Optional<Candidate> parse(String text) {
        String[] f = SdpText.fields(text);
        if (f.length < 8 || !f[6].equals("typ") || f.length % 2 != 0) {
            return Optional.empty();
        }
        int component = SdpText.smallNumber(f[1], 256);
        long priority = SdpText.number(f[3], PRIORITY_MAX);
        int port = SdpText.smallNumber(f[5], 65535);
        Optional<Type> type = constant(Type.values(), f[7]);
        boolean valid =
                isFoundation(f[0])
                        && component >= 1
                        && SdpText.isToken(f[2])
                        && priority >= 0
                        && SdpText.isField(f[4])
                        && port >= 0;
        if (!valid || type.isEmpty()) {
            return Optional.empty();
        }
        Tail tail = Tail.read(f);
        String transport = f[2].toLowerCase(Locale.ROOT);
        return Optional.of(
                new Candidate(
                        f[0],
                        component,
                        transport,
                        priority,
                        f[4],
                        port,
                        type.get(),
                        tail.related,
                        tail.extensions));
    }

    /** What follows the type. */
    private record Tail(Optional<Related> related, List<String> extensions) {
        static Tail read(String[] f) {
            String relatedAddress = "";
            OptionalInt relatedPort = OptionalInt.empty();
            List<String> extensions = new ArrayList<>();
            for (int i = 8; i + 1 < f.length; i += 2) {
                int port = SdpText.smallNumber(f[i + 1], 65535);
                if (f[i].equals("raddr")) {
                    relatedAddress = f[i + 1];
                } else if (f[i].equals("rport") && port >= 0) {
                    relatedPort = OptionalInt.of(port);
                } else {
                    extensions.add(f[i] + " " + f[i + 1]);
                }
            }
            Optional<Related> related =
                    SdpText.isField(relatedAddress)
                            ? Optional.of(new Related(relatedAddress, relatedPort.orElse(0)))
                            : Optional.empty();
            return new Tail(related, extensions);
        }
    }

    /** As in {@code a=candidate}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        line.append(foundation).append(' ').append(component).append(' ').append(transport);
        line.append(' ').append(priority).append(' ').append(address).append(' ').append(port);
        line.append(" typ ").append(type.name().toLowerCase(Locale.ROOT));
        related.ifPresent(
                r -> line.append(" raddr ").append(r.address).append(" rport ").append(r.port));
        extensions.forEach(e -> line.append(' ').append(e));
        return line.toString();
    }
}
