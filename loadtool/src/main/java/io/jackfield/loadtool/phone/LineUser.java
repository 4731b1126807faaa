package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.SipMessage;
import java.util.Optional;

/** What a {@link Line} wants done and tells. Thread: the line's. */
interface LineUser {
    /** Write it to the WebSocket. */
    void send(SipMessage message);

    void registered();

    void registrationFailed(String why);

    /** The call was answered with that description. */
    void answered(String sdp);

    /**
     * Someone calls, and is answered at once.
     *
     * @return our answer; empty to be busy
     */
    Optional<String> called(String sdp);

    /** The call is over, or never came to be; told once per call. */
    void callEnded(String why);
}
