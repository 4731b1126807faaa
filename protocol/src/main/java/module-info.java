/**
 * SIP, SDP, STUN, ICE, RTP, RTCP, SRTP and DTMF: bytes and rules, nothing else.
 *
 * <p>No socket, no thread, no clock: time, randomness and packets come in as arguments. The sign of
 * that is this file: nothing beyond {@code java.base} is required (the null annotations vanish at
 * run time).
 */
module io.jackfield.protocol {
    requires static org.jspecify;

    exports io.jackfield.protocol.sdp;
    exports io.jackfield.protocol.sip;
    exports io.jackfield.protocol.sip.dialog;
    exports io.jackfield.protocol.sip.digest;
    exports io.jackfield.protocol.sip.transaction;
    exports io.jackfield.protocol.dtmf;
    exports io.jackfield.protocol.ice;
    exports io.jackfield.protocol.rtcp;
    exports io.jackfield.protocol.rtp;
    exports io.jackfield.protocol.srtp;
    exports io.jackfield.protocol.stun;
}
