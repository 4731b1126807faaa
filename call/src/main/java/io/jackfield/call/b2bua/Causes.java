package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.dialog.EndCause;
import java.util.List;
import java.util.Optional;

/** How an end is put into words, and into a Reason header (RFC 3326). */
final class Causes {
    private Causes() {}

    /** The end of a call after the leg on that side ended so. */
    static CallEnd of(EndCause cause, HangupSide side) {
        return switch (cause.kind()) {
            case BYE, CANCEL -> CallEnd.normal(side);
            case STATUS -> CallEnd.refused(cause.status());
            case NO_ACK, NO_PRACK -> CallEnd.byPbx("answer was not acknowledged", 408);
            case SESSION_EXPIRED -> CallEnd.byPbx("session timer expired", 408);
            case TIMEOUT -> CallEnd.byPbx("no answer to a request", 408);
            case TRANSPORT -> CallEnd.byPbx("connection lost", 503);
            case DIALOG_GONE -> new CallEnd(side, "dialog gone", 481);
            case PROTOCOL -> CallEnd.byPbx("protocol error", 500);
        };
    }

    /** True when that side just did not want to talk any more. */
    static boolean isNormal(EndCause cause) {
        return switch (cause.kind()) {
            case BYE, CANCEL -> true;
            case STATUS,
                    NO_ACK,
                    NO_PRACK,
                    SESSION_EXPIRED,
                    TIMEOUT,
                    TRANSPORT,
                    DIALOG_GONE,
                    PROTOCOL ->
                    false;
        };
    }

    /** The Reason that goes with a BYE or CANCEL; the text is ours, never a peer's. */
    static Optional<String> reasonHeader(CallEnd end) {
        return Optional.of("Q.850;cause=" + q850(end) + ";text=\"" + end.cause() + "\"");
    }

    /** The same, as headers of a refusal. */
    static List<Header> headers(Optional<String> reason) {
        return reason.map(value -> new Header("Reason", value)).stream().toList();
    }

    /** Q.850 causes for SIP statuses (RFC 3398 §8.2.6.1). */
    private static int q850(CallEnd end) {
        return switch (end.status()) {
            case 200, 487 -> 16;
            case 404, 604 -> 1;
            case 486, 600 -> 17;
            case 408 -> 102;
            case 480 -> 19;
            case 403, 603 -> 21;
            case 484 -> 28;
            case 488, 606 -> 65;
            case 503 -> 41;
            default -> 31;
        };
    }
}
