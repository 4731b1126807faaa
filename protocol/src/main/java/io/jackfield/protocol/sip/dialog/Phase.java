package io.jackfield.protocol.sip.dialog;

/** Where an invite usage stands (RFC 5057 §3.1, RFC 3261 §12, §13, §15). */
public enum Phase {
    /** The INVITE is out or in; nobody has said anything that makes a dialog. */
    CALLING,
    /** A provisional response has made an early dialog (RFC 3261 §12.1). */
    EARLY,
    /**
     * The 2xx is there and its ACK is not (RFC 3261 §13.3.1.4): as called party it has not come; as
     * caller it waits for our answer to the offer in the 2xx.
     */
    ANSWERED,
    /** The dialog is confirmed and the two may talk and renegotiate. */
    CONFIRMED,
    /** Someone hung up; CANCEL, BYE or the last ACK is still on its way. */
    ENDING,
    /** Over: {@link UsageNotice.Ended} has been told and no deadline is left. */
    ENDED
}
