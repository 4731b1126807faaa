package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.Via;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one leg presents itself and by which rules it plays.
 *
 * @param via what our requests say of us: transport, sent-by, and parameters such as {@code rport};
 *     each request adds its own branch
 * @param contact where the peer reaches us within the dialog
 * @param sessionTimer RFC 4028
 * @param reliable100 RFC 3262
 * @param allow the methods we name in Allow; a request with another gets 405. INVITE, ACK, CANCEL
 *     and BYE always belong to it
 * @param preferUpdate true: a new offer in a confirmed dialog goes by UPDATE when the peer allows
 *     it; false: by re-INVITE
 * @param t1 RFC 3261 §17.1.1.1: round-trip estimate; 1 ms to 10 s
 * @param t2 RFC 3261 §17.1.2.2: longest interval between two sendings of a 2xx; at least t1
 * @param product text for User-Agent in requests and Server in responses
 */
public record LegSettings(
        Via via,
        NameAddress contact,
        SessionTimerSettings sessionTimer,
        Reliable100 reliable100,
        List<SipMethod> allow,
        boolean preferUpdate,
        Duration t1,
        Duration t2,
        Optional<String> product) {

    /** What we do about reliable provisional responses (RFC 3262). */
    public enum Reliable100 {
        /** Neither offered nor understood. */
        OFF,
        /** Offered; used whenever the peer knows it. */
        SUPPORTED,
        /** Demanded: {@code Require: 100rel} as caller, 421 without it as called party. */
        REQUIRED
    }

    public static final Duration T1 = Duration.ofMillis(500);
    public static final Duration T2 = Duration.ofSeconds(4);

    /** All that this package handles itself. */
    public static final List<SipMethod> ALLOW =
            List.of(
                    SipMethod.INVITE,
                    SipMethod.ACK,
                    SipMethod.CANCEL,
                    SipMethod.BYE,
                    SipMethod.OPTIONS,
                    SipMethod.INFO,
                    SipMethod.UPDATE,
                    SipMethod.PRACK,
                    SipMethod.REFER);

    public LegSettings {
        allow = List.copyOf(allow);
        if (t1.compareTo(Duration.ofMillis(1)) < 0 || t1.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("t1 outside 1 ms to 10 s");
        }
        if (t2.compareTo(t1) < 0) {
            throw new IllegalArgumentException("t2 below t1");
        }
    }

    /** The usual: session timer of 30 minutes, 100rel supported, re-INVITE for new offers. */
    public static LegSettings of(
            String transport, String host, OptionalInt port, NameAddress contact) {
        return new LegSettings(
                new Via(transport, host, port, Parameters.NONE),
                contact,
                SessionTimerSettings.DEFAULT,
                Reliable100.SUPPORTED,
                ALLOW,
                false,
                T1,
                T2,
                Optional.empty());
    }

    public LegSettings withSessionTimer(SessionTimerSettings next) {
        return new LegSettings(
                via, contact, next, reliable100, allow, preferUpdate, t1, t2, product);
    }

    public LegSettings withReliable100(Reliable100 next) {
        return new LegSettings(
                via, contact, sessionTimer, next, allow, preferUpdate, t1, t2, product);
    }

    public LegSettings withPreferUpdate(boolean next) {
        return new LegSettings(
                via, contact, sessionTimer, reliable100, allow, next, t1, t2, product);
    }

    public LegSettings withVia(Via next) {
        return new LegSettings(
                next, contact, sessionTimer, reliable100, allow, preferUpdate, t1, t2, product);
    }

    public LegSettings withProduct(String next) {
        return new LegSettings(
                via,
                contact,
                sessionTimer,
                reliable100,
                allow,
                preferUpdate,
                t1,
                t2,
                Optional.of(next));
    }
}
