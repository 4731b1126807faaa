package io.jackfield.media;

import io.jackfield.protocol.rtcp.RtcpParse;
import io.jackfield.protocol.sdp.Candidate;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.srtp.SrtpProfile;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** What happened to the media of one leg. {@code sinceOpen} is monotonic. */
public sealed interface MediaEvent {

    String legId();

    /**
     * Packets have a path: the first pair of addresses that a check has proven. Told again when the
     * browser nominates another, as after a change of network.
     *
     * @param local the address our socket is bound to
     * @param remote the browser as seen from here
     * @param remoteType what its description calls that address; PRFLX where it does not name it
     */
    record IceConnected(
            String legId,
            InetSocketAddress local,
            InetSocketAddress remote,
            Candidate.Type remoteType,
            Duration sinceOpen)
            implements MediaEvent {}

    /**
     * The browser has shown the certificate of its description; media may flow.
     *
     * @param cipher of the DTLS association, as IANA names it
     */
    record DtlsConnected(String legId, SrtpProfile profile, String cipher, Duration sinceOpen)
            implements MediaEvent {}

    /**
     * No keys, so never any media: the call must end.
     *
     * @param reason begins with {@code fingerprint}, {@code timeout}, {@code nothing in common},
     *     {@code refused by the peer} or {@code protocol violation}; for people
     */
    record DtlsFailed(String legId, String reason, Duration sinceOpen) implements MediaEvent {}

    /** The browser has closed the association, or an alert has; media may still flow. */
    record DtlsClosed(String legId, String reason) implements MediaEvent {}

    /** The first RTP packet that was accepted. */
    record FirstPacket(String legId, Duration sinceOpen) implements MediaEvent {}

    /** A key was pressed (RFC 4733); told at its end. It is passed on to the other leg anyway. */
    record DtmfReceived(String legId, char digit, int durationMillis) implements MediaEvent {}

    /**
     * Nothing comes although it should; told once a silence.
     *
     * @param sinceLastPacket or since it could first have come
     * @param expected our direction at that time
     */
    record Silent(String legId, Duration sinceLastPacket, Direction expected)
            implements MediaEvent {}

    /** Packets come again after {@link Silent}. */
    record Resumed(String legId) implements MediaEvent {}

    /**
     * The browser has not renewed its consent for 30 s (RFC 7675): nothing is sent any more until
     * it checks again, from there or after an ICE restart.
     */
    record ConsentLost(String legId) implements MediaEvent {}

    /**
     * The peer misses packets of ours (RTCP): told for each report of at least 2 % since the one
     * before, and for the first better one after that.
     *
     * @param fractionLost 0 to 1
     * @param rttMillis round trip; empty where it is not known yet
     */
    record LossReported(String legId, double fractionLost, OptionalDouble rttMillis)
            implements MediaEvent {}

    /**
     * RTCP was taken from the peer, or sent to it.
     *
     * @param rttMillis round trip, where it is the peer's and says so
     * @param path ours and the peer's address; empty where that is not known yet
     */
    record RtcpSeen(
            String legId,
            boolean sent,
            RtcpParse.Compound compound,
            OptionalDouble rttMillis,
            Optional<Path> path)
            implements MediaEvent {
        /**
         * @param local the address our socket is bound to
         * @param remote the peer as seen from here
         */
        public record Path(InetSocketAddress local, InetSocketAddress remote) {}
    }

    /** Some seconds of the leg's network are over: every 5 s, and at the end. */
    record LinkMeasured(String legId, LinkWindow window) implements MediaEvent {}

    /** What the quality echo has measured; told when it ends. */
    record QualityMeasured(String legId, QualityReport report) implements MediaEvent {}

    /** The leg has ended, its port is free or about to be; the last event of a leg. */
    record Closed(String legId, LegStatistics statistics) implements MediaEvent {}
}
