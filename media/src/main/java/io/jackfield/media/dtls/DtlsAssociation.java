package io.jackfield.media.dtls;

import io.jackfield.protocol.sdp.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;

/**
 * One association with Bouncy Castle on a virtual thread of its own.
 *
 * <p>A server whose handshake fails before the peer has shown its certificate begins anew: nobody
 * has proven anything yet, so a hello that leads nowhere must not cost the call (the browser sends
 * its own again). After the handshake the thread stays, parked, to answer a flight that the peer
 * sends again because ours got lost (RFC 6347 §4.2.4), and to hear alerts.
 *
 * <p>Thread-safety: {@link #offer}, {@link #release} and {@link #close} on the media loop, {@link
 * #run} on the virtual thread; they meet in {@link FlightTransport}'s queue and a few flags.
 */
final class DtlsAssociation implements DtlsHandshake, Runnable {
    /** Hellos that may lead nowhere. */
    private static final int ATTEMPTS_MAX = 5;

    /** Bouncy Castle takes zero for "for ever"; an hour is as good, and it is asked again. */
    private static final int LISTEN_MILLIS = 3_600_000;

    private final DtlsRole role;
    private final GuardedCrypto crypto;
    private final DtlsIdentity identity;
    private final DtlsSettings settings;
    private final List<Fingerprint> expected;
    private final DtlsEvents events;
    private final Consumer<Optional<DtlsResult.Cause>> handshakeEnded;
    private final DtlsRecordGuard guard;
    private final FlightTransport transport;

    private volatile int attempt;
    private volatile boolean established;
    private volatile boolean ended;
    private volatile OptionalInt clearAlert = OptionalInt.empty();
    private int guardedAttempt;

    /**
     * @param handshakeEnded is told why it failed; empty where it did not
     */
    DtlsAssociation(
            DtlsRole role,
            GuardedCrypto crypto,
            DtlsIdentity identity,
            DtlsSettings settings,
            List<Fingerprint> expected,
            DtlsEvents events,
            Consumer<Optional<DtlsResult.Cause>> handshakeEnded,
            long nowNanos) {
        this.role = role;
        this.crypto = crypto;
        this.identity = identity;
        this.settings = settings;
        this.expected = List.copyOf(expected);
        this.events = events;
        this.handshakeEnded = handshakeEnded;
        this.guard = new DtlsRecordGuard(nowNanos);
        this.transport = new FlightTransport(events::send);
    }

    // On the media loop.

    @Override
    public DtlsFilter offer(ByteBuffer datagram, long nowNanos) {
        if (ended || transport.isStopped()) {
            return DtlsFilter.CLOSED;
        }
        keepGuardInStep();
        DtlsFilter verdict = guard.check(datagram, nowNanos);
        clearAlert = guard.lastClearAlert();
        if (verdict == DtlsFilter.CONTRADICTION && mayBeginAnew()) {
            transport.restart();
            guard.restarted();
            guardedAttempt = attempt + 1;
            verdict = guard.check(datagram, nowNanos);
        }
        if (verdict != DtlsFilter.PASSED) {
            return verdict;
        }
        return transport.offer(datagram) ? DtlsFilter.PASSED : DtlsFilter.QUEUE_FULL;
    }

    private void keepGuardInStep() {
        if (established) {
            guard.established();
        }
        if (guardedAttempt < attempt) {
            guardedAttempt = attempt;
            guard.restarted();
        }
    }

    /** A half-sent hello must not keep the whole one of somebody else out. */
    private boolean mayBeginAnew() {
        return role == DtlsRole.SERVER
                && !established
                && !transport.sentAnything()
                && guardedAttempt == attempt
                && attempt < ATTEMPTS_MAX - 1;
    }

    @Override
    public void release() {
        transport.release();
    }

    @Override
    public void close() {
        transport.stop();
    }

    // On the virtual thread.

    @Override
    public void run() {
        if (role == DtlsRole.CLIENT) {
            crypto.prepareKey();
        }
        try {
            Optional<DTLSTransport> connection = handshake();
            if (connection.isPresent()) {
                listen(connection.get());
            }
        } finally {
            ended = true;
        }
    }

    private Optional<DTLSTransport> handshake() {
        long beganNanos = System.nanoTime();
        int number = 0;
        Attempt outcome = attempt(settings.deadline());
        while (outcome instanceof Attempt.BeginAnew) {
            transport.discard();
            attempt = ++number;
            Duration gone = Duration.ofNanos(System.nanoTime() - beganNanos);
            outcome = attempt(settings.deadline().minus(gone));
        }
        handshakeEnded.accept(outcome.failure());
        return settle(outcome);
    }

    private Optional<DTLSTransport> settle(Attempt outcome) {
        return switch (outcome) {
            case Attempt.Connected(var connection, var keys) -> {
                established = true;
                // The keys first: the peer sends media as soon as it has our last flight.
                events.result(keys);
                transport.flush();
                yield Optional.of(connection);
            }
            case Attempt.GaveUp(var failure) -> {
                transport.flushWithAlert();
                events.result(failure);
                yield Optional.empty();
            }
            case Attempt.BeginAnew _ -> Optional.empty();
        };
    }

    /** How one attempt ended. */
    private sealed interface Attempt {
        default Optional<DtlsResult.Cause> failure() {
            return Optional.empty();
        }

        record Connected(DTLSTransport connection, DtlsResult.Established keys)
                implements Attempt {}

        record BeginAnew() implements Attempt {}

        record GaveUp(DtlsResult.Failed result) implements Attempt {
            @Override
            public Optional<DtlsResult.Cause> failure() {
                return Optional.of(result.cause());
            }
        }
    }

    private Attempt attempt(Duration left) {
        SrtpNegotiation negotiation = new SrtpNegotiation(role, settings.profiles(), expected);
        HandshakeTiming timing = new HandshakeTiming(left, settings.resendAfter());
        try {
            DTLSTransport connection = shakeHands(negotiation, timing);
            return new Attempt.Connected(connection, negotiation.established().orElseThrow());
        } catch (IOException failure) {
            boolean again =
                    role == DtlsRole.SERVER
                            && !negotiation.certificateSeen()
                            && !transport.isStopped()
                            && !(failure instanceof TlsTimeoutException)
                            && attempt < ATTEMPTS_MAX - 1;
            return again ? new Attempt.BeginAnew() : gaveUp(failure, negotiation);
        }
    }

    private DTLSTransport shakeHands(SrtpNegotiation negotiation, HandshakeTiming timing)
            throws IOException {
        return switch (role) {
            case SERVER ->
                    new DTLSServerProtocol()
                            .accept(
                                    new SrtpServer(crypto, identity, negotiation, timing),
                                    transport);
            case CLIENT -> {
                LateVerification late = new LateVerification();
                transport.whileWaiting(late::perform);
                yield new DTLSClientProtocol()
                        .connect(
                                new SrtpClient(crypto, identity, negotiation, timing, late),
                                transport);
            }
        };
    }

    private Attempt gaveUp(IOException failure, SrtpNegotiation negotiation) {
        String clear =
                clearAlert.isPresent()
                        ? "; the peer sent alert "
                                + AlertDescription.getText((short) clearAlert.getAsInt())
                        : "";
        return new Attempt.GaveUp(
                new DtlsResult.Failed(cause(failure, negotiation), describe(failure) + clear));
    }

    private DtlsResult.Cause cause(IOException failure, SrtpNegotiation negotiation) {
        if (negotiation.fingerprintMismatch()) {
            return DtlsResult.Cause.FINGERPRINT_MISMATCH;
        }
        if (transport.isStopped()) {
            return DtlsResult.Cause.CANCELLED;
        }
        return switch (failure) {
            case TlsTimeoutException _ -> DtlsResult.Cause.TIMEOUT;
            case TlsFatalAlertReceived _ -> DtlsResult.Cause.REFUSED_BY_PEER;
            case TlsFatalAlert alert when isDisagreement(alert) ->
                    DtlsResult.Cause.NOTHING_IN_COMMON;
            default -> DtlsResult.Cause.PROTOCOL_VIOLATION;
        };
    }

    private static boolean isDisagreement(TlsFatalAlert alert) {
        short description = alert.getAlertDescription();
        return description == AlertDescription.handshake_failure
                || description == AlertDescription.protocol_version
                || description == AlertDescription.insufficient_security;
    }

    /** Words of ours and the library's; nothing the peer wrote. */
    private static String describe(IOException failure) {
        return switch (failure) {
            case TlsFatalAlertReceived alert ->
                    "alert " + AlertDescription.getText(alert.getAlertDescription());
            case TlsFatalAlert alert -> String.valueOf(alert.getMessage());
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Until the end of the association; application data there is none in DTLS-SRTP. */
    private void listen(DTLSTransport connection) {
        byte[] buffer = new byte[FlightTransport.RECEIVE_BYTES_MAX];
        String end = "";
        try {
            while (!transport.isStopped() && end.isEmpty()) {
                int _ = connection.receive(buffer, 0, buffer.length, LISTEN_MILLIS);
            }
        } catch (TlsFatalAlertReceived alert) {
            end = "alert " + AlertDescription.getText(alert.getAlertDescription());
        } catch (IOException broken) {
            end = transport.isStopped() ? "" : "close_notify";
        }
        goodbye(connection);
        if (!end.isEmpty()) {
            events.result(new DtlsResult.Closed(end));
        }
    }

    private void goodbye(DTLSTransport connection) {
        try {
            connection.close();
        } catch (IOException notWorthMore) {
            // The peer learns from signalling, or from RTCP's BYE.
        }
        transport.flushWithAlert();
    }
}
