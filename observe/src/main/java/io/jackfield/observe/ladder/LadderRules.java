package io.jackfield.observe.ladder;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.LogBudget;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.storage.ladder.LadderChange;
import io.jackfield.storage.ladder.LadderHead;
import io.jackfield.storage.ladder.LadderRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which message belongs to which call, and what is worth keeping where there is no call: requests
 * that were refused. A message whose dialog is not known yet waits here until a call takes it, or
 * until it is clear that none will.
 *
 * <p>Everything that strangers can make grow has a bound. Confined to one thread.
 */
final class LadderRules {
    /** A call that is longer has been re-negotiated some thousand times; the rest is left out. */
    static final int ROWS_MAX = 5_000;

    /** Dialogs that no call has taken yet. */
    static final int WAITING_MAX = 2_000;

    /** Messages of one that waits. */
    static final int WAITING_ROWS_MAX = 40;

    /** Refused requests that are kept in a minute; the metrics count every one. */
    static final int FAILURES_A_MINUTE = 600;

    private static final String NOWHERE = "0.0.0.0:0";
    private static final long SECOND = 1_000_000;

    /** A transaction is over by then (RFC 3261 §17.1.1.2: 64*T1). */
    private static final long WAITING_MICROS = 34 * SECOND;

    /** Until then a message may wait to be shown, in the hope of a call to show it with. */
    private static final long SHOWN_AFTER_MICROS = SECOND / 2;

    /** A dialog is over by then, with all that was sent again. */
    private static final long LINGER_MICROS = 40 * SECOND;

    private static final long FAILED_LINGER_MICROS = 5 * SECOND;

    /** A ladder that is being written. */
    private static final class Open {
        private final long key;
        private final String callId;
        private final String caller;
        private final String callee;
        private final List<String> sipCallIds = new ArrayList<>();
        private final Map<String, String> parties = new HashMap<>();
        private final Set<String> rtcp = new HashSet<>();
        private final Set<Long> times = new HashSet<>();
        private int rows;
        private long closesAt = Long.MAX_VALUE;

        Open(long key, String callId, String caller, String callee) {
            this.key = key;
            this.callId = callId;
            this.caller = caller;
            this.callee = callee;
        }
    }

    private record Place(Open open, String leg) {}

    private record Message(long at, Flow flow, SipMessage message, boolean sent) {}

    /** A dialog that no call has taken yet. */
    private static final class Waiting {
        private final long since;
        private final List<Message> messages = new ArrayList<>();
        private int shown;
        private boolean credentials;

        Waiting(long since) {
            this.since = since;
        }
    }

    private final LadderSink sink;
    private final Map<String, Open> calls = new HashMap<>();
    private final Map<String, Place> dialogs = new HashMap<>();
    private final LinkedHashMap<String, Waiting> waiting = new LinkedHashMap<>();

    /** Why credentials were refused, by flow: it is told just before the answer. */
    private final LinkedHashMap<String, String> refusals = new LinkedHashMap<>();

    private final LogBudget failures = new LogBudget(FAILURES_A_MINUTE, Duration.ofMinutes(1));
    private long lastKey;
    private long leftOut;

    /**
     * @param lastKey of the ladders that there are
     */
    LadderRules(LadderSink sink, long lastKey) {
        this.sink = sink;
        this.lastKey = lastKey;
    }

    /** Rows that were left out, since the start: too many of one call, or refused ones. */
    long leftOut() {
        return leftOut;
    }

    /** Calls, dialogs and messages that are remembered. */
    int remembered() {
        return calls.size() + dialogs.size() + waiting.size();
    }

    void on(Observed observed) {
        long at = observed.atMicros();
        switch (observed.event()) {
            case PbxEvent.SipReceived(var flow, var message) ->
                    message(new Message(at, flow, message, false));
            case PbxEvent.SipSent(var flow, var message, _) ->
                    message(new Message(at, flow, message, true));
            case PbxEvent.AuthenticationFailed(var flow, _, var reason) -> remember(flow, reason);
            case PbxEvent.SipRefused(var flow, var reason, _) -> refused(at, flow, reason);
            case PbxEvent.DialogBegan(var call, var leg, var party, var sipCallId) ->
                    dialog(call, leg, party, sipCallId);
            case PbxEvent.MediaHappened(var call, MediaEvent.RtcpSeen seen) -> rtcp(at, call, seen);
            case PbxEvent.QualityJudged judged -> quality(judged);
            case PbxEvent.CallStarted started -> {
                begin(at, started);
                row(at, started);
            }
            case PbxEvent.CallEnded(var call, var cdr) -> {
                row(at, observed.event());
                Open open = calls.get(call);
                if (open != null) {
                    sink.keep(new LadderChange.Ended(open.key, at, cdr.cause(), cdr.sipStatus()));
                    open.closesAt = at + LINGER_MICROS;
                }
            }
            default -> row(at, observed.event());
        }
    }

    // ---- calls

    private void begin(long at, PbxEvent.CallStarted call) {
        Open open = new Open(++lastKey, call.callId(), call.caller(), call.callee());
        calls.put(call.callId(), open);
        sink.keep(
                new LadderChange.Began(
                        new LadderHead(
                                open.key,
                                call.callId(),
                                LadderHead.Kind.CALL,
                                at,
                                0,
                                call.caller(),
                                call.callee(),
                                "",
                                0)));
    }

    private void quality(PbxEvent.QualityJudged judged) {
        Open open = calls.get(judged.callId());
        if (open != null) {
            sink.keep(new LadderChange.Quality(open.key, judged.details()));
        }
    }

    private void row(long at, PbxEvent event) {
        Optional<RowTitles.OfCall> of = RowTitles.of(event);
        if (of.isEmpty()) {
            return;
        }
        Open open = calls.get(of.get().callId());
        if (open != null) {
            RowTitles.Said said = of.get().said();
            row(
                    open,
                    "",
                    new LadderRow(
                            open.key,
                            at,
                            said.kind(),
                            said.leg(),
                            false,
                            "",
                            said.local(),
                            said.remote(),
                            said.title(),
                            said.text()));
        }
    }

    /** All are shown; of each leg and direction the first is kept, the others quality tells of. */
    private void rtcp(long at, String call, MediaEvent.RtcpSeen seen) {
        Open open = calls.get(call);
        if (open == null) {
            return;
        }
        LadderRow row =
                new LadderRow(
                        open.key,
                        at,
                        LadderRow.Kind.RTCP,
                        seen.legId(),
                        seen.sent(),
                        "UDP",
                        seen.path().map(p -> RowTitles.address(p.local())).orElse(NOWHERE),
                        seen.path().map(p -> RowTitles.address(p.remote())).orElse(NOWHERE),
                        RtcpText.title(seen),
                        RtcpText.json(seen));
        if (open.rtcp.add(seen.legId() + (seen.sent() ? ">" : "<"))) {
            boolean _ = keep(open, row);
        }
        sink.show(seen(open, "", row));
    }

    private void row(Open open, String sipCallId, LadderRow row) {
        if (keep(open, row)) {
            sink.show(seen(open, sipCallId, row));
        }
    }

    private static SeenRow seen(Open open, String sipCallId, LadderRow row) {
        return new SeenRow(
                row,
                open.callId,
                sipCallId,
                open.parties.getOrDefault(row.leg(), ""),
                open.caller,
                open.callee);
    }

    private boolean keep(Open open, LadderRow row) {
        if (open.rows >= ROWS_MAX) {
            leftOut++;
            return false;
        }
        open.rows++;
        long at = row.atMicros();
        while (!open.times.add(at)) {
            at++;
        }
        sink.keep(new LadderChange.Row(at == row.atMicros() ? row : row.at(at)));
        return true;
    }

    private void dialog(String callId, String leg, String party, String sipCallId) {
        Open open = calls.get(callId);
        if (open == null) {
            return;
        }
        Place place = new Place(open, leg);
        dialogs.put(sipCallId, place);
        open.sipCallIds.add(sipCallId);
        open.parties.put(leg, party);
        sink.keep(new LadderChange.Dialog(open.key, sipCallId, leg, party));
        Waiting before = waiting.remove(sipCallId);
        if (before != null) {
            for (int i = 0; i < before.messages.size(); i++) {
                LadderRow row = row(open.key, leg, before.messages.get(i));
                if (keep(open, row) && i >= before.shown) {
                    sink.show(seen(open, sipCallId, row));
                }
            }
        }
    }

    // ---- messages

    private void message(Message message) {
        String sipCallId = message.message().headers().callId();
        Place place = dialogs.get(sipCallId);
        if (place == null) {
            wait(sipCallId, message);
        } else {
            row(place.open(), sipCallId, row(place.open().key, place.leg(), message));
        }
    }

    private static LadderRow row(long key, String leg, Message of) {
        return new LadderRow(
                key,
                of.at(),
                LadderRow.Kind.SIP,
                leg,
                of.sent(),
                of.flow().transport().name(),
                RowTitles.address(of.flow().local()),
                RowTitles.address(of.flow().remote()),
                RowTitles.of(of.message()),
                Redaction.text(of.message()));
    }

    private void wait(String sipCallId, Message message) {
        Waiting here = waiting.computeIfAbsent(sipCallId, _ -> new Waiting(message.at()));
        if (here.messages.size() < WAITING_ROWS_MAX) {
            here.messages.add(message);
        } else {
            leftOut++;
        }
        switch (message.message()) {
            case SipRequest request -> here.credentials |= hasCredentials(request);
            case SipResponse response when response.isFinal() ->
                    answered(sipCallId, here, message, response);
            case SipResponse _ -> {}
        }
        if (waiting.size() > WAITING_MAX) {
            Map.Entry<String, Waiting> gone = waiting.pollFirstEntry();
            show(gone.getKey(), gone.getValue());
        }
    }

    private void answered(String sipCallId, Waiting here, Message message, SipResponse response) {
        boolean invite = response.method().equals(SipMethod.INVITE);
        boolean asked =
                (response.status() == 401 || response.status() == 407)
                        && (!here.credentials || isStale(response));
        if (response.status() >= 300 && !asked) {
            waiting.remove(sipCallId);
            fail(sipCallId, here, message, response);
        } else if (!invite) {
            show(sipCallId, here);
            if (!asked) {
                waiting.remove(sipCallId);
            }
        }
    }

    private static boolean hasCredentials(SipRequest request) {
        return request.headers().first("Authorization").isPresent()
                || request.headers().first("Proxy-Authorization").isPresent();
    }

    /** The password was right, the question too old (RFC 7616 §3.3). */
    private static boolean isStale(SipResponse response) {
        return response.headers().all("WWW-Authenticate").stream()
                .anyMatch(challenge -> challenge.contains("stale=true"));
    }

    // ---- what came to nothing

    private void fail(String sipCallId, Waiting here, Message last, SipResponse response) {
        SipMessage first = here.messages.getFirst().message();
        String caller = user(first.headers().from());
        String callee = user(first.headers().to());
        LadderHead.Kind kind =
                response.method().equals(SipMethod.INVITE)
                        ? LadderHead.Kind.REFUSED_CALL
                        : response.method().equals(SipMethod.REGISTER)
                                ? LadderHead.Kind.REFUSED_REGISTRATION
                                : LadderHead.Kind.REFUSED_REQUEST;
        String reason = refusals.remove(last.flow().id());
        String cause = reason == null ? response.reason() : reason;
        Optional<Open> open =
                failure(kind, here.since, last.at(), caller, callee, cause, response.status());
        if (open.isEmpty()) {
            show(sipCallId, here);
            return;
        }
        dialogs.put(sipCallId, new Place(open.get(), ""));
        open.get().sipCallIds.add(sipCallId);
        sink.keep(new LadderChange.Dialog(open.get().key, sipCallId, "", caller));
        for (int i = 0; i < here.messages.size(); i++) {
            LadderRow row = row(open.get().key, "", here.messages.get(i));
            keep(open.get(), row);
            if (i >= here.shown) {
                sink.show(seen(open.get(), sipCallId, row));
            }
        }
    }

    private void remember(Flow flow, String reason) {
        refusals.put(
                flow.id(), "credentials: " + reason.toLowerCase(Locale.ROOT).replace('_', ' '));
        if (refusals.size() > WAITING_MAX) {
            refusals.pollFirstEntry();
        }
    }

    private void refused(long at, Flow flow, String reason) {
        failure(LadderHead.Kind.REFUSED_REQUEST, at, at, "", "", reason, 0)
                .ifPresent(open ->
                        row(
                                open,
                                "",
                                new LadderRow(
                                        open.key,
                                        at,
                                        LadderRow.Kind.REFUSED,
                                        "",
                                        false,
                                        flow.transport().name(),
                                        RowTitles.address(flow.local()),
                                        RowTitles.address(flow.remote()),
                                        "refused",
                                        reason)));
    }

    /** A ladder of something that is over; empty where there were too many in this minute. */
    private Optional<Open> failure(
            LadderHead.Kind kind,
            long since,
            long at,
            String caller,
            String callee,
            String cause,
            int status) {
        OptionalLong allowed = failures.take(at * 1_000);
        if (allowed.isEmpty()) {
            leftOut++;
            return Optional.empty();
        }
        // not a call's id: one of our own, which no call can have
        Open open = new Open(++lastKey, "", caller, callee);
        open.closesAt = at + FAILED_LINGER_MICROS;
        String id = "refused-" + open.key;
        sink.keep(
                new LadderChange.Began(
                        new LadderHead(
                                open.key, id, kind, since, at, caller, callee, cause, status)));
        calls.put(id, open);
        return Optional.of(open);
    }

    private static String user(NameAddress address) {
        return address.user().orElse("");
    }

    /** Shows what no call has taken, as it is. */
    private void show(String sipCallId, Waiting here) {
        for (; here.shown < here.messages.size(); here.shown++) {
            Message message = here.messages.get(here.shown);
            SipMessage sip = message.message();
            sink.show(
                    new SeenRow(
                            row(0, "", message),
                            "",
                            sipCallId,
                            "",
                            user(sip.headers().from()),
                            user(sip.headers().to())));
        }
    }

    // ---- time

    /** Forgets what is over; to be called some times a second. */
    void tick(long nowMicros) {
        waiting.entrySet()
                .removeIf(entry -> {
                    Waiting here = entry.getValue();
                    if (nowMicros - here.since > SHOWN_AFTER_MICROS) {
                        show(entry.getKey(), here);
                    }
                    return nowMicros - here.since > WAITING_MICROS;
                });
        calls.values()
                .removeIf(open -> {
                    boolean over = nowMicros > open.closesAt;
                    if (over) {
                        open.sipCallIds.forEach(id ->
                                dialogs.computeIfPresent(
                                        id, (_, p) -> p.open() == open ? null : p));
                    }
                    return over;
                });
    }
}
