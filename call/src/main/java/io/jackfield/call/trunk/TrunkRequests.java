package io.jackfield.call.trunk;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.OwnAddresses;
import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Via;
import io.jackfield.protocol.sip.digest.DigestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes what we say to trunks outside of calls.
 *
 * <p>Thread-safety: any thread; a trunk's digest state is used by one at a time.
 */
public final class TrunkRequests {
    private static final int MAX_FORWARDS = 70;

    private final OwnAddresses own;
    private final Identifiers identifiers;
    private final Map<String, Registration> registrations = new ConcurrentHashMap<>();
    private final Map<Trunk, DigestClient> clients = new ConcurrentHashMap<>();

    /** "…the same Call-ID for all registrations … CSeq incremented by one" (RFC 3261 §10.2). */
    private record Registration(String callId, String tag, AtomicLong cseq) {}

    public TrunkRequests(OwnAddresses own, Identifiers identifiers) {
        this.own = own;
        this.identifiers = identifiers;
    }

    /** Are you there? (RFC 3261 §11). */
    SipRequest options(Trunk trunk, Flow flow) {
        SipUri target = target(trunk);
        SipHeaders headers =
                headers(
                        flow,
                        NameAddress.of(SipUri.of("ping", own.host(flow)))
                                .withTag(identifiers.tag()),
                        NameAddress.of(target),
                        identifiers.callId(),
                        new CSeq(1, SipMethod.OPTIONS),
                        List.of(own.contact(flow, Optional.empty())),
                        List.of(new Header("Accept", "application/sdp")));
        return new SipRequest(target, headers, new byte[0]);
    }

    /** Registers, or takes a registration back with a duration of zero (§10.2.2). */
    SipRequest register(Trunk trunk, Flow flow, List<Header> credentials, Duration expires) {
        Registration registration =
                registrations.computeIfAbsent(
                        trunk.name(),
                        _ ->
                                new Registration(
                                        identifiers.callId(), identifiers.tag(), new AtomicLong()));
        String user = trunk.login().map(Trunk.Login::user).orElse(trunk.name());
        NameAddress self = NameAddress.of(SipUri.of(user, trunk.host()));
        List<Header> others = new ArrayList<>(credentials);
        others.add(new Header("Expires", Long.toString(expires.toSeconds())));
        SipHeaders headers =
                headers(
                        flow,
                        self.withTag(registration.tag()),
                        self,
                        registration.callId(),
                        new CSeq(registration.cseq().incrementAndGet(), SipMethod.REGISTER),
                        List.of(own.contact(flow, Optional.of(user))),
                        others);
        return new SipRequest(target(trunk), headers, new byte[0]);
    }

    /**
     * True when the request carried credentials already: a second challenge means they are wrong.
     */
    boolean answered(SipRequest request) {
        return request.headers().first("Authorization").isPresent()
                || request.headers().first("Proxy-Authorization").isPresent();
    }

    /**
     * The headers that answer a trunk's challenge.
     *
     * @return empty when the trunk has no login, or has refused it
     */
    public Optional<List<Header>> credentials(
            Trunk trunk, SipRequest request, SipResponse challenge) {
        return trunk.login()
                .flatMap(login -> answer(trunk, login, request, challenge))
                .map(List::of);
    }

    private Optional<Header> answer(
            Trunk trunk, Trunk.Login login, SipRequest request, SipResponse challenge) {
        DigestClient client =
                clients.computeIfAbsent(
                        trunk,
                        _ -> new DigestClient(login.user(), login.password(), Optional.empty()));
        synchronized (client) {
            return client.answer(request, challenge, identifiers.callId());
        }
    }

    /** What a registrar granted (RFC 3261 §10.2.4): its contact's own expiry, else the header. */
    Optional<Duration> expires(SipResponse response) {
        return response.headers().contacts().stream()
                .flatMap(contact -> contact.parameters().value("expires").stream())
                .findFirst()
                .or(() -> response.headers().first("Expires"))
                .flatMap(TrunkRequests::seconds);
    }

    private static Optional<Duration> seconds(String digits) {
        boolean number =
                !digits.isEmpty()
                        && digits.length() < 10
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Duration.ofSeconds(Long.parseLong(digits))) : Optional.empty();
    }

    private static SipUri target(Trunk trunk) {
        return SipUri.of(trunk.host()).withHostPort(trunk.host(), OptionalInt.of(trunk.port()));
    }

    private SipHeaders headers(
            Flow flow,
            NameAddress from,
            NameAddress to,
            String callId,
            CSeq cseq,
            List<NameAddress> contacts,
            List<Header> others) {
        Via template = own.via(flow);
        Via via =
                new Via(
                        template.transport(),
                        template.host(),
                        template.port(),
                        template.parameters().with("branch", identifiers.branch()));
        return new SipHeaders(
                List.of(via),
                from,
                to,
                callId,
                cseq,
                OptionalInt.of(MAX_FORWARDS),
                contacts,
                false,
                List.of(),
                List.of(),
                others);
    }
}
