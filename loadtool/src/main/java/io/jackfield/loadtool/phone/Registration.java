package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Via;
import io.jackfield.protocol.sip.digest.DigestClient;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One binding, refreshed in time (RFC 3261 §10.2). Thread: the line's. */
final class Registration {
    private static final Duration EXPIRES = Duration.ofMinutes(10);
    private static final int MAX_FORWARDS = 70;

    /** What came of a response. */
    sealed interface Result {
        /** Send it: the first one, or the same with credentials. */
        record Send(SipRequest register) implements Result {}

        record Registered() implements Result {}

        record Failed(String why) implements Result {}

        record Pending() implements Result {}
    }

    private final PhoneAccount account;
    private final String host;
    private final NameAddress contact;
    private final DigestClient digest;
    private final Identifiers ids;
    private final String callId;
    private final String tag;
    private long cseq;
    private Optional<SipRequest> sent = Optional.empty();
    private OptionalLong refreshAtNanos = OptionalLong.empty();

    Registration(
            PhoneAccount account,
            String host,
            NameAddress contact,
            DigestClient digest,
            Identifiers ids) {
        this.account = account;
        this.host = host;
        this.contact = contact;
        this.digest = digest;
        this.ids = ids;
        this.callId = ids.callId();
        this.tag = ids.tag();
    }

    /** The next REGISTER, without credentials. */
    SipRequest register() {
        refreshAtNanos = OptionalLong.empty();
        return next(List.of());
    }

    private SipRequest next(List<Header> credentials) {
        NameAddress self = NameAddress.of(account.addressOfRecord());
        Parameters branch = Parameters.NONE.with("branch", ids.branch());
        SipHeaders headers =
                new SipHeaders(
                        List.of(new Via("WS", host, OptionalInt.empty(), branch)),
                        self.withTag(tag),
                        self,
                        callId,
                        new CSeq(++cseq, SipMethod.REGISTER),
                        OptionalInt.of(MAX_FORWARDS),
                        List.of(contact),
                        false,
                        List.of(),
                        List.of(),
                        List.of(new Header("Expires", Long.toString(EXPIRES.toSeconds()))));
        SipRequest request =
                new SipRequest(
                        SipUri.of(account.domain()), headers.plusAll(credentials), new byte[0]);
        sent = Optional.of(request);
        return request;
    }

    boolean awaits(ClientTransactionId id) {
        return sent.filter(request -> ClientTransactionId.of(request).equals(id)).isPresent();
    }

    /** A response to the REGISTER that {@link #awaits} named. */
    Result on(SipResponse response, long nowNanos) {
        if (response.isProvisional()) {
            return new Result.Pending();
        }
        if (response.isSuccess()) {
            // Half of it is left should the first refresh fail (RFC 5626 §4.4.1 has the same idea).
            refreshAtNanos = OptionalLong.of(nowNanos + EXPIRES.toNanos() / 2);
            return new Result.Registered();
        }
        return sent.flatMap(request -> digest.answer(request, response, ids.tag() + ids.tag()))
                .<Result>map(credentials -> new Result.Send(next(List.of(credentials))))
                .orElseGet(() ->
                        new Result.Failed(
                                "REGISTER: " + response.status() + " " + response.reason()));
    }

    OptionalLong refreshAtNanos() {
        return refreshAtNanos;
    }
}
