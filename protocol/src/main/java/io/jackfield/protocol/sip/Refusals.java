package io.jackfield.protocol.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** Makes the answer to a request that could not be read, of what could be read of it. */
final class Refusals {
    private static final List<String> ECHOED = List.of("From", "To", "Call-ID", "CSeq");

    private Refusals() {}

    /** Empty where nothing may be answered, or the way back cannot be told. */
    static Optional<Refusal> of(Head head, Malformed malformed) {
        if (!isAnswerable(head)) {
            return Optional.empty();
        }
        List<Via> vias = vias(head);
        if (vias.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(malformed.status(), reason(malformed), vias, echoed(head)));
    }

    /** True for a request other than ACK, which is never answered (RFC 3261 §17.1.1.3). */
    private static boolean isAnswerable(Head head) {
        Cursor in = head.startLineCursor();
        if (MessageReader.isResponse(in)) {
            return false;
        }
        try {
            return !MessageReader.method(in).equals(SipMethod.ACK) && in.peek() == ' ';
        } catch (Malformed noMethod) {
            return false;
        }
    }

    private static String reason(Malformed malformed) {
        String phrase = StatusCodes.reason(malformed.status());
        return phrase + " - " + malformed.reason();
    }

    /** Via lines up to the first thing in one that cannot be read; lines behind it still count. */
    private static List<Via> vias(Head head) {
        List<Via> vias = new ArrayList<>();
        for (Head.Line line : head.lines()) {
            if (line.name().equals("Via")) {
                List<Via> readable = ViaReader.readable(head.cursor(line));
                if (readable.isEmpty() && vias.isEmpty()) {
                    return List.of();
                }
                vias.addAll(readable);
            }
        }
        return vias.size() > SipParser.VIA_MAX ? vias.subList(0, SipParser.VIA_MAX) : vias;
    }

    private static List<Header> echoed(Head head) {
        List<Header> list = new ArrayList<>();
        for (String name : ECHOED) {
            head.first(name).ifPresent(line -> list.add(new Header(name, value(head, line))));
        }
        return list;
    }

    private static String value(Head head, Head.Line line) {
        String text = head.text(line);
        return line.name().equals("To") ? tagged(text, head) : text;
    }

    /**
     * "The UAS MUST add a tag to the To header field in the response" (§8.2.6.2), a stateless one
     * the same each time (§8.2.7). Nothing secret hangs on it: the answer begins no dialog.
     */
    private static String tagged(String to, Head head) {
        Optional<NameAddress> read = NameAddress.parse(to);
        boolean hasTag =
                read.map(address -> address.parameters().has("tag"))
                        .orElseGet(() -> to.toLowerCase(Locale.ROOT).contains("tag"));
        return hasTag ? to : to + ";tag=" + tag(head);
    }

    private static String tag(Head head) {
        CRC32 crc = new CRC32();
        for (String name : ECHOED) {
            head.first(name)
                    .ifPresent(l -> crc.update(head.text(l).getBytes(StandardCharsets.UTF_8)));
        }
        return Long.toHexString(crc.getValue());
    }
}
