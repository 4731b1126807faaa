package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Uri;
import java.util.List;
import java.util.Optional;

/**
 * What a new call says first (RFC 3261 §13.2.1).
 *
 * @param target the Request-URI: a binding's contact, a trunk's number, …
 * @param from without a tag: the usage makes one
 * @param to without a tag
 * @param routes pre-loaded route set (RFC 3261 §8.1.1.1); mostly empty
 * @param maxForwards 0 to 255; a B2BUA passes on one less than it received, so that loops end
 * @param sdp our offer; empty when the other side shall make it
 * @param extra further headers, for example P-Asserted-Identity; sent with every try of the INVITE
 */
public record OutgoingInvite(
        Uri target,
        NameAddress from,
        NameAddress to,
        List<NameAddress> routes,
        int maxForwards,
        Optional<String> sdp,
        List<Header> extra) {

    /** RFC 3261 §8.1.1.6. */
    public static final int MAX_FORWARDS = 70;

    public OutgoingInvite {
        routes = List.copyOf(routes);
        extra = List.copyOf(extra);
        if (maxForwards < 0 || maxForwards > 255) {
            throw new IllegalArgumentException("Max-Forwards outside 0 to 255");
        }
    }

    /** An INVITE with our offer and nothing special. */
    public static OutgoingInvite offering(
            Uri target, NameAddress from, NameAddress to, String sdp) {
        return new OutgoingInvite(
                target, from, to, List.of(), MAX_FORWARDS, Optional.of(sdp), List.of());
    }
}
