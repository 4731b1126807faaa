package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The headers of one message, in order; those that every message must have are parsed.
 *
 * <p>Via, From, To, Call-ID, CSeq, Max-Forwards, Contact, Route and Record-Route are typed and only
 * typed. Everything else is a {@link Header} with its value as text.
 *
 * @param vias topmost first; at least one
 * @param contacts without the star; see {@code contactStar}
 * @param contactStar {@code Contact: *} (§10.2.2)
 * @param others all other headers, one entry per line or per comma-separated element as received,
 *     without Content-Length, which the writer computes
 */
public record SipHeaders(
        List<Via> vias,
        NameAddress from,
        NameAddress to,
        String callId,
        CSeq cseq,
        OptionalInt maxForwards,
        List<NameAddress> contacts,
        boolean contactStar,
        List<NameAddress> routes,
        List<NameAddress> recordRoutes,
        List<Header> others) {

    /**
     * @throws IllegalArgumentException when a value could not be written on a line of its own, when
     *     a typed header (or Content-Length) is among the others, or there is no Via
     */
    public SipHeaders {
        vias = List.copyOf(vias);
        contacts = List.copyOf(contacts);
        routes = List.copyOf(routes);
        recordRoutes = List.copyOf(recordRoutes);
        others = List.copyOf(others);
        if (vias.isEmpty()) {
            throw new IllegalArgumentException("no Via");
        }
        if (!Tokens.isCallId(callId)) {
            throw new IllegalArgumentException("not a Call-ID");
        }
        others.forEach(SipHeaders::check);
    }

    private static void check(Header header) {
        if (!Tokens.isToken(header.name())) {
            throw new IllegalArgumentException("not a header name");
        }
        if (HeaderNames.isTyped(header.name())) {
            throw new IllegalArgumentException(
                    header.name() + " is typed: set it by its own method");
        }
        Tokens.requireInLine(header.value(), header.name());
    }

    /** The topmost Via. */
    public Via via() {
        return vias.getFirst();
    }

    /** The first value of that untyped header. */
    public Optional<String> first(String name) {
        return others.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }

    /** All values of that untyped header, in order, one per line as received. */
    public List<String> all(String name) {
        return others.stream().filter(h -> h.is(name)).map(Header::value).toList();
    }

    /**
     * True when that comma-separated list of tokens (Supported, Require, Allow, …) holds {@code
     * token}; without case.
     */
    public boolean lists(String name, String token) {
        return TokenList.of(this, name).holds(token);
    }

    /** These with that untyped header set to one value; earlier values of the name go. */
    public SipHeaders with(String name, String value) {
        List<Header> next = new ArrayList<>(without(name).others);
        next.add(new Header(name, value));
        return withOthers(next);
    }

    /** These with one more line of that untyped header. */
    public SipHeaders plus(String name, String value) {
        List<Header> next = new ArrayList<>(others);
        next.add(new Header(name, value));
        return withOthers(next);
    }

    /** These with several more lines of untyped headers. */
    public SipHeaders plusAll(Collection<Header> more) {
        List<Header> next = new ArrayList<>(others);
        next.addAll(more);
        return withOthers(next);
    }

    /** These without that untyped header. */
    public SipHeaders without(String name) {
        return withOthers(others.stream().filter(h -> !h.is(name)).toList());
    }

    public SipHeaders withVias(List<Via> next) {
        return new SipHeaders(
                next,
                from,
                to,
                callId,
                cseq,
                maxForwards,
                contacts,
                contactStar,
                routes,
                recordRoutes,
                others);
    }

    public SipHeaders withTo(NameAddress next) {
        return new SipHeaders(
                vias,
                from,
                next,
                callId,
                cseq,
                maxForwards,
                contacts,
                contactStar,
                routes,
                recordRoutes,
                others);
    }

    public SipHeaders withCseq(CSeq next) {
        return new SipHeaders(
                vias,
                from,
                to,
                callId,
                next,
                maxForwards,
                contacts,
                contactStar,
                routes,
                recordRoutes,
                others);
    }

    public SipHeaders withContact(NameAddress next) {
        return new SipHeaders(
                vias,
                from,
                to,
                callId,
                cseq,
                maxForwards,
                List.of(next),
                false,
                routes,
                recordRoutes,
                others);
    }

    public SipHeaders withContacts(List<NameAddress> next) {
        return new SipHeaders(
                vias,
                from,
                to,
                callId,
                cseq,
                maxForwards,
                next,
                false,
                routes,
                recordRoutes,
                others);
    }

    public SipHeaders withRoutes(List<NameAddress> next) {
        return new SipHeaders(
                vias,
                from,
                to,
                callId,
                cseq,
                maxForwards,
                contacts,
                contactStar,
                next,
                recordRoutes,
                others);
    }

    public SipHeaders withRecordRoutes(List<NameAddress> next) {
        return new SipHeaders(
                vias,
                from,
                to,
                callId,
                cseq,
                maxForwards,
                contacts,
                contactStar,
                routes,
                next,
                others);
    }

    public SipHeaders withOthers(List<Header> next) {
        return new SipHeaders(
                vias,
                from,
                to,
                callId,
                cseq,
                maxForwards,
                contacts,
                contactStar,
                routes,
                recordRoutes,
                next);
    }
}
