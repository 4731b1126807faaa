package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the headers every message needs and those that steer it (RFC 3261 §8.1.1, §20). */
final class HeaderReader {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_HOPS = 483;
    private static final int MESSAGE_TOO_LARGE = 513;
    private static final int MAX_FORWARDS_MAX = 255;

    private final Head head;
    private final Set<String> seen = new HashSet<>();
    private final List<Via> vias = new ArrayList<>();
    private final List<NameAddress> contacts = new ArrayList<>();
    private final List<NameAddress> routes = new ArrayList<>();
    private final List<NameAddress> recordRoutes = new ArrayList<>();
    private final List<Header> others = new ArrayList<>();
    private boolean contactStar;
    private Optional<NameAddress> from = Optional.empty();
    private Optional<NameAddress> to = Optional.empty();
    private Optional<String> callId = Optional.empty();
    private Optional<CSeq> cseq = Optional.empty();
    private OptionalInt maxForwards = OptionalInt.empty();
    private OptionalInt contentLength = OptionalInt.empty();

    private HeaderReader(Head head) {
        this.head = head;
    }

    static HeaderReader read(Head head) throws Malformed {
        HeaderReader reader = new HeaderReader(head);
        for (Head.Line line : head.lines()) {
            try {
                reader.line(line);
                reader.checkBounds(line);
            } catch (Malformed malformed) {
                throw malformed.in(line.name());
            }
        }
        return reader;
    }

    OptionalInt contentLength() {
        return contentLength;
    }

    SipHeaders headers() throws Malformed {
        if (vias.isEmpty()) {
            throw missing("Via");
        }
        return new SipHeaders(
                vias,
                from.orElseThrow(() -> missing("From")),
                to.orElseThrow(() -> missing("To")),
                callId.orElseThrow(() -> missing("Call-ID")),
                cseq.orElseThrow(() -> missing("CSeq")),
                maxForwards,
                contacts,
                contactStar,
                routes,
                recordRoutes,
                others);
    }

    private Malformed missing(String name) {
        return new Malformed(BAD_REQUEST, head.bodyStart(), "no " + name);
    }

    private void line(Head.Line line) throws Malformed {
        Cursor in = head.cursor(line);
        if (HeaderNames.comesOnce(line.name()) && !seen.add(line.name())) {
            throw in.malformed("given twice");
        }
        switch (line.name()) {
            case "Via" -> vias.addAll(ViaReader.list(in));
            case "From" -> from = Optional.of(party(in));
            case "To" -> to = Optional.of(party(in));
            case "Call-ID" -> callId = Optional.of(callId(in, line));
            case "CSeq" -> cseq = Optional.of(cseq(in));
            case "Max-Forwards" -> maxForwards = OptionalInt.of(number(in, MAX_FORWARDS_MAX));
            case "Content-Length" -> contentLength = OptionalInt.of(number(in, Integer.MAX_VALUE));
            case "Contact" -> contact(in);
            case "Route" -> routes.addAll(AddressReader.list(in));
            case "Record-Route" -> recordRoutes.addAll(AddressReader.list(in));
            default -> others.add(new Header(line.name(), head.text(line)));
        }
    }

    private void checkBounds(Head.Line line) throws Malformed {
        if (vias.size() > SipParser.VIA_MAX) {
            throw new Malformed(TOO_MANY_HOPS, line.from(), "too many hops");
        }
        int values =
                vias.size() + contacts.size() + routes.size() + recordRoutes.size() + others.size();
        if (values > SipParser.HEADERS_MAX) {
            throw new Malformed(MESSAGE_TOO_LARGE, line.from(), "too many headers");
        }
    }

    /** From or To; its tag must be a token (§19.3), so that nobody has to guess where it ends. */
    private static NameAddress party(Cursor in) throws Malformed {
        NameAddress address = AddressReader.single(in);
        if (address.parameters().has("tag") && address.tag().filter(Tokens::isToken).isEmpty()) {
            throw in.malformed("tag is no token");
        }
        return address;
    }

    private String callId(Cursor in, Head.Line line) throws Malformed {
        String text = head.text(line);
        if (!Tokens.isCallId(text)) {
            throw in.malformed("not a Call-ID");
        }
        return text;
    }

    /** {@code 1*DIGIT LWS Method}. */
    static CSeq cseq(Cursor in) throws Malformed {
        in.skipLws();
        long number = in.number(CSeq.NUMBER_MAX, "sequence number");
        in.expectLws();
        SipMethod method = MessageReader.method(in);
        in.expectEnd();
        return new CSeq(number, method);
    }

    static int number(Cursor in, int max) throws Malformed {
        in.skipLws();
        int number = (int) in.number(max, "number");
        in.expectEnd();
        return number;
    }

    /** {@code *} stands alone (§10.2.2, §10.3 step 6). */
    private void contact(Cursor in) throws Malformed {
        in.skipLws();
        if (contactStar) {
            throw in.malformed("something beside the star");
        }
        if (in.peek() != '*' || !isLast(in)) {
            contacts.addAll(AddressReader.list(in));
            return;
        }
        if (!contacts.isEmpty()) {
            throw in.malformed("star beside an address");
        }
        contactStar = true;
    }

    /** A star may also begin a display name: {@code * <sip:a@b>}. */
    private static boolean isLast(Cursor in) {
        int start = in.position();
        in.skip(1);
        in.skipLws();
        boolean last = in.atEnd();
        in.back(start);
        return last;
    }
}
