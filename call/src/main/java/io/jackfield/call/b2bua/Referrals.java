package io.jackfield.call.b2bua;

import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.DialledNumber;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Replaces;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.util.List;
import java.util.Optional;

/**
 * REFER: a phone, or a carrier, wants the other side to talk with somebody else (RFC 5589). Blind,
 * or with Replaces, when it talks with that one already, in another call of ours.
 *
 * <p>Confined to its call.
 */
final class Referrals {
    private final CallState state;
    private final Dialogs dialogs;
    private final Transfers transfers;

    Referrals(CallState state, Dialogs dialogs, Transfers transfers) {
        this.state = state;
        this.dialogs = dialogs;
        this.transfers = transfers;
    }

    void onRefer(String legId, UsageNotice.ReferReceived refer) {
        List<String> replaces = replaces(refer);
        if (!transfers.mayBegin(legId)) {
            answer(legId, refer, 603, "There Is Nobody To Transfer");
        } else if (replaces.isEmpty()) {
            blind(legId, refer);
        } else {
            Optional<Replaces> dialog = Replaces.parse(replaces.getFirst());
            if (dialog.isPresent()) {
                answer(legId, refer, 202, "");
                transfers.attended(legId, dialog.get(), progress(legId, refer));
            } else {
                answer(legId, refer, 400, "Unreadable Replaces");
            }
        }
    }

    private void blind(String legId, UsageNotice.ReferReceived refer) {
        Party by = state.legs().get(legId).party();
        Destination to =
                DialledNumber.of(refer.target().uri())
                        .map(number -> state.context().route(by, number))
                        .orElseGet(Destination.Unknown::new);
        switch (to) {
            case Destination.Agents _, Destination.Trunks _ -> {
                answer(legId, refer, 202, "");
                transfers.begin(legId, to, progress(legId, refer));
            }
            case Destination.WithToken _ -> answer(legId, refer, 403, "A Call Token Is Needed");
            case Destination.Echo(),
                    Destination.QualityEcho(),
                    Destination.Waiting _,
                    Destination.InMenu _,
                    Destination.Unknown() ->
                    answer(legId, refer, 404, "");
        }
    }

    private static List<String> replaces(UsageNotice.ReferReceived refer) {
        return refer.target().uri() instanceof SipUri uri
                ? uri.headers().stream()
                        .filter(header -> header.is(Replaces.HEADER))
                        .map(Header::value)
                        .toList()
                : List.of();
    }

    private void answer(String legId, UsageNotice.ReferReceived refer, int status, String reason) {
        dialogs.tell(legId, new UsageEvent.AnswerRefer(refer.tx(), refer.refer(), status, reason));
    }

    private Transfers.Progress progress(String legId, UsageNotice.ReferReceived refer) {
        return (status, reason) ->
                dialogs.tell(legId, new UsageEvent.NotifyRefer(refer.refer(), status, reason));
    }
}
