package io.jackfield.call.registrar;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent.UnregisterCause;
import io.jackfield.protocol.sip.Expires;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All phones of one agent, and the rules by which they change (RFC 3261 §10.3, RFC 5626 §6).
 *
 * <p>Immutable and pure.
 */
public record Bindings(List<Binding> list) {
    public static final Bindings NONE = new Bindings(List.of());

    private static final Duration MALFORMED = Duration.ofHours(1);
    private static final Outcome CAME_LATE = refused(500, "Came after a later request");

    /** What became of a REGISTER. */
    public sealed interface Outcome {
        /** These are the bindings now. */
        record Changed(Bindings next, List<Ended> ended, List<Binding> added) implements Outcome {}

        /** Nothing changed: the request only asked (§10.2.3). */
        record Unchanged() implements Outcome {}

        /** Answer with this; nothing changed. */
        record Refused(int status, String reason, Optional<Duration> minExpires)
                implements Outcome {}
    }

    /** A binding that is no more, and why. */
    public record Ended(Binding binding, UnregisterCause cause) {}

    public Bindings {
        list = List.copyOf(list);
    }

    /** Applies a REGISTER that has been authenticated as {@code agent}. */
    public Outcome register(
            String agent,
            SipRequest request,
            Flow flow,
            RegistrarSettings settings,
            long nowNanos) {
        SipHeaders headers = request.headers();
        if (headers.contactStar()) {
            return removeAll(headers);
        }
        List<Binding> next = new ArrayList<>(list);
        List<Ended> ended = new ArrayList<>();
        List<Binding> added = new ArrayList<>();
        for (NameAddress contact : headers.contacts()) {
            if (!(contact.uri() instanceof SipUri uri)) {
                return refused(400, "Contact is not a sip URI");
            }
            Duration expires = wish(contact, headers, settings);
            if (!expires.isZero() && expires.compareTo(settings.expiresMin()) < 0) {
                return new Outcome.Refused(
                        423, "Interval Too Brief", Optional.of(settings.expiresMin()));
            }
            Binding binding = binding(agent, contact, uri, flow, headers, expires, nowNanos);
            Optional<Binding> old = next.stream().filter(b -> same(b, binding)).findFirst();
            if (old.isPresent() && comesLate(old.get(), headers)) {
                return CAME_LATE;
            }
            old.ifPresent(next::remove);
            if (expires.isZero()) {
                old.ifPresent(o -> ended.add(new Ended(o, UnregisterCause.REMOVED)));
                continue;
            }
            if (next.size() >= settings.bindingsMax()) {
                return refused(403, "Too many phones of one agent");
            }
            next.add(binding);
            boolean refresh = old.filter(o -> o.flow().equals(flow)).isPresent();
            if (!refresh) {
                old.ifPresent(o -> ended.add(new Ended(o, UnregisterCause.REPLACED)));
                added.add(binding);
            }
        }
        return headers.contacts().isEmpty()
                ? new Outcome.Unchanged()
                : new Outcome.Changed(new Bindings(next), ended, added);
    }

    /** These without the ones that came over a flow which is gone (RFC 5626 §5.3). */
    public Bindings withoutFlow(Flow flow, List<Ended> ended) {
        return without(b -> b.flow().equals(flow), UnregisterCause.FLOW_LOST, ended);
    }

    /** These without the ones whose time has run out. */
    public Bindings withoutExpired(long nowNanos, List<Ended> ended) {
        return without(b -> b.expiresAtNanos() - nowNanos <= 0, UnregisterCause.EXPIRED, ended);
    }

    /** The flows by which they can be reached. */
    public Set<Flow> flows() {
        return list.stream().map(Binding::flow).collect(Collectors.toSet());
    }

    /** None of these. */
    public Bindings withdrawn(List<Ended> ended) {
        return without(_ -> true, UnregisterCause.WITHDRAWN, ended);
    }

    /** When the next binding runs out. */
    public OptionalLong deadlineNanos() {
        return list.stream()
                .mapToLong(Binding::expiresAtNanos)
                .reduce((a, b) -> a - b <= 0 ? a : b);
    }

    private Bindings without(
            java.util.function.Predicate<Binding> gone, UnregisterCause cause, List<Ended> ended) {
        list.stream().filter(gone).forEach(b -> ended.add(new Ended(b, cause)));
        return new Bindings(list.stream().filter(gone.negate()).toList());
    }

    /** "If the request contains a Contact of *, it must be alone and with Expires 0" (§10.3). */
    private Outcome removeAll(SipHeaders headers) {
        boolean zero = headers.first("Expires").map(String::strip).filter("0"::equals).isPresent();
        if (!zero || !headers.contacts().isEmpty()) {
            return refused(400, "Contact: * needs Expires: 0 and stands alone");
        }
        if (list.stream().anyMatch(b -> comesLate(b, headers))) {
            return CAME_LATE;
        }
        return new Outcome.Changed(
                NONE,
                list.stream().map(b -> new Ended(b, UnregisterCause.REMOVED)).toList(),
                List.of());
    }

    private static Binding binding(
            String agent,
            NameAddress contact,
            SipUri uri,
            Flow flow,
            SipHeaders headers,
            Duration expires,
            long nowNanos) {
        return new Binding(
                agent,
                uri,
                flow,
                contact.parameters().value("+sip.instance"),
                contact.parameters().value("reg-id"),
                headers.callId(),
                headers.cseq().number(),
                nowNanos + expires.toNanos());
    }

    /**
     * The contact's own wish, or that of the Expires header, or the default; capped (§10.3).
     * "Malformed values SHOULD be treated as equivalent to 3600" (§20.10).
     */
    private static Duration wish(
            NameAddress contact, SipHeaders headers, RegistrarSettings settings) {
        Optional<String> text =
                contact.parameters().value("expires").or(() -> headers.first("Expires"));
        Duration wish =
                text.map(t ->
                                Expires.parse(t.strip())
                                        .map(e -> Duration.ofSeconds(e.seconds()))
                                        .orElse(MALFORMED))
                        .orElse(settings.expiresDefault());
        return wish.compareTo(settings.expiresMax()) > 0 ? settings.expiresMax() : wish;
    }

    /** With an instance and a reg-id these two are the key (RFC 5626 §6), otherwise the URI is. */
    private static boolean same(Binding old, Binding update) {
        if (update.instance().isPresent() && update.regId().isPresent()) {
            return update.instance().equals(old.instance()) && update.regId().equals(old.regId());
        }
        return update.contact().equals(old.contact());
    }

    /** "…if the Call-ID agrees and CSeq is not higher, the update is aborted" (§10.3 step 7). */
    private static boolean comesLate(Binding old, SipHeaders update) {
        return old.registrationCallId().equals(update.callId())
                && update.cseq().number() <= old.cseq();
    }

    private static Outcome refused(int status, String reason) {
        return new Outcome.Refused(status, reason, Optional.empty());
    }
}
