package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Uri;
import java.util.List;
import java.util.OptionalLong;

/**
 * A dialog's state (RFC 3261 §12.1), all of it: another node that has this record can go on.
 *
 * @param local our address with our tag
 * @param remote the peer's address with its tag
 * @param remoteTarget the Request-URI of our requests
 * @param routeSet in the order in which our requests pass the proxies
 * @param localCseq number of our latest request, 0 to 2^31 - 1
 * @param remoteCseq number of the peer's latest request; empty while there was none
 * @param early true until a 2xx to the INVITE
 */
public record Dialog(
        String callId,
        NameAddress local,
        NameAddress remote,
        Uri remoteTarget,
        List<NameAddress> routeSet,
        long localCseq,
        OptionalLong remoteCseq,
        boolean early) {

    public Dialog {
        routeSet = List.copyOf(routeSet);
    }
}
