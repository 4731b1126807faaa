package io.jackfield.call.b2bua;

import io.jackfield.call.signaling.TransactionUser;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaListener;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.util.function.Consumer;

/**
 * Brings what transactions and media say of one leg into the mailbox of the call that has it now.
 *
 * <p>Any thread.
 */
final class LegLine implements TransactionUser, MediaListener {
    private final String legId;
    private volatile Consumer<CallEvent> mailbox;

    LegLine(String legId, Consumer<CallEvent> mailbox) {
        this.legId = legId;
        this.mailbox = mailbox;
    }

    /** Another call has the leg from now on. */
    void leadsTo(Consumer<CallEvent> next) {
        mailbox = next;
    }

    /** On the media loop: only into the mailbox. */
    @Override
    public void on(MediaEvent event) {
        mailbox.accept(new CallEvent.Media(event));
    }

    @Override
    public void onResponse(ClientTransactionId id, SipResponse response) {
        mailbox.accept(new CallEvent.Sip(legId, new UsageEvent.ResponseReceived(id, response)));
    }

    @Override
    public void onFailure(ClientTransactionId id, Failure failure) {
        FailureKind kind =
                switch (failure) {
                    case TIMEOUT -> FailureKind.TIMEOUT;
                    case TRANSPORT -> FailureKind.TRANSPORT;
                };
        mailbox.accept(new CallEvent.Sip(legId, new UsageEvent.RequestFailed(id, kind)));
    }
}
