package io.jackfield.call.b2bua;

import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.OutgoingInvite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What our INVITE to a called leg says: who calls, whom, and nothing of the caller's own message.
 */
final class Invitation {
    private Invitation() {}

    /**
     * @param target the Request-URI
     * @param callerId the number shown on a trunk; empty: the caller's own
     * @param caller who calls
     */
    static OutgoingInvite to(
            Leg leg,
            SipUri target,
            Optional<String> callerId,
            Party caller,
            NewCall newCall,
            CallContext context,
            String sdp) {
        String host = context.host(leg.flow());
        NameAddress from =
                switch (leg.party()) {
                    case Party.Phone _ ->
                            address(caller.displayName(), SipUri.of(caller.number(), host));
                    case Party.Customer customer ->
                            address(
                                    Optional.empty(),
                                    SipUri.of(user(customer.trunk(), callerId, caller), host));
                };
        NameAddress to =
                switch (leg.party()) {
                    case Party.Phone phone -> NameAddress.of(SipUri.of(phone.agent(), host));
                    case Party.Customer _ -> NameAddress.of(target);
                };
        int hopsLeft =
                newCall.invited()
                        .map(invited -> invited.invite().headers().maxForwards())
                        .orElse(OptionalInt.empty())
                        .orElse(OutgoingInvite.MAX_FORWARDS);
        return new OutgoingInvite(
                target,
                from,
                to,
                List.of(),
                Math.clamp(hopsLeft - 1, 0, OutgoingInvite.MAX_FORWARDS),
                Optional.of(sdp),
                headers(leg, newCall));
    }

    private static String user(Trunk trunk, Optional<String> callerId, Party caller) {
        return callerId.or(() -> trunk.login().map(Trunk.Login::user)).orElse(caller.number());
    }

    /** The CRM's reference goes to phones of ours, never out to a carrier. */
    private static List<Header> headers(Leg leg, NewCall newCall) {
        List<Header> headers = new ArrayList<>();
        if (leg.party() instanceof Party.Phone) {
            headers.add(new Header("X-Call-Id", newCall.id()));
            newCall.reference().ifPresent(r -> headers.add(new Header("X-Call-Ref", r)));
        }
        return headers;
    }

    private static NameAddress address(Optional<String> name, SipUri uri) {
        return new NameAddress(name, uri, Parameters.NONE);
    }
}
