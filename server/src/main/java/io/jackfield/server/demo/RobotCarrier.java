package io.jackfield.server.demo;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.event.Events;
import io.jackfield.call.routing.DialledNumber;
import io.jackfield.call.signaling.RequestHandler;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.media.MediaEngine;
import io.jackfield.media.prompt.Music;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.OutgoingInvite;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A telephone network of one: answers calls with music, then echoes; presses back every key it
 * hears; refuses with the status in the number's last digits; calls back from 811.
 *
 * <p>Thread-safety: any thread.
 */
public final class RobotCarrier implements RequestHandler, AutoCloseable {
    private static final int CALLS_MAX = 50;
    private static final String NUMBER = "74951234567";

    /** Called with these last digits the robot is busy, and calls back at once. */
    private static final String CALL_BACK = "811";

    /** How a flow to that address is made on the robot's own socket. */
    public interface Dialler {
        Flow flow(InetSocketAddress remote);
    }

    private record DialogKey(String callId, String localTag) {}

    private final MediaEngine media;
    private final Identifiers identifiers;
    private final SipEdge edge;
    private final Prompt music = Music.melody();
    private final AtomicInteger made = new AtomicInteger();
    private final Map<DialogKey, RobotCall> calls = new ConcurrentHashMap<>();
    private final Map<ServerTransactionId, RobotCall> invites = new ConcurrentHashMap<>();

    public RobotCarrier(MediaEngine media, Identifiers identifiers) {
        this.media = media;
        this.identifiers = identifiers;
        this.edge =
                new SipEdge(
                        TransactionSettings.DEFAULT,
                        identifiers,
                        new Events(),
                        System::nanoTime,
                        1);
        edge.start(this);
    }

    /** What the robot's listener hands its datagrams to. */
    public SipReceiver receiver() {
        return edge;
    }

    /** Calls that number of the PBX at that address. */
    public void callIn(Dialler dialler, InetSocketAddress pbx, String number) {
        Flow flow = dialler.flow(pbx);
        String host = pbx.getAddress().getHostAddress();
        SipUri target = SipUri.of(number, host).withHostPort(host, OptionalInt.of(pbx.getPort()));
        NameAddress from = NameAddress.of(SipUri.of(NUMBER, flow.local().getHostString()));
        start(
                number,
                true,
                flow,
                (offer, now) ->
                        InviteUsage.calling(
                                OutgoingInvite.offering(
                                        target, from, NameAddress.of(target), offer.orElseThrow()),
                                settings(flow),
                                identifiers,
                                now));
    }

    @Override
    public void close() {
        calls.values().forEach(c -> c.offer(new UsageEvent.Hangup(java.util.Optional.empty())));
        edge.close();
    }

    @Override
    public void onRequest(ServerTransactionId id, SipRequest request, Flow flow) {
        if (request.headers().to().tag().isPresent()) {
            inDialog(id, request);
            return;
        }
        switch (request.method().name()) {
            case "INVITE" -> called(id, request, flow);
            case "OPTIONS", "REGISTER" -> respond(id, request, 200);
            default -> respond(id, request, 405);
        }
    }

    private void called(ServerTransactionId id, SipRequest invite, Flow flow) {
        if (invites.size() >= CALLS_MAX) {
            respond(id, invite, 503);
            return;
        }
        String number = DialledNumber.of(invite.uri()).orElse("");
        if (number.endsWith(CALL_BACK)) {
            respond(id, invite, 486);
            callBack(invite, flow);
            return;
        }
        RobotCall call =
                start(
                        number,
                        false,
                        flow,
                        (_, now) ->
                                InviteUsage.called(invite, id, settings(flow), identifiers, now));
        invites.put(id, call);
    }

    /** Agent 1001 is behind the number 8001, and so on. */
    private void callBack(SipRequest invite, Flow flow) {
        String caller = invite.headers().from().user().orElse("");
        if (caller.length() > 1) {
            callIn(_ -> flow, flow.remote(), "8" + caller.substring(1));
        }
    }

    private RobotCall start(
            String number, boolean calling, Flow flow, RobotCall.Beginning beginning) {
        RobotCall call =
                new RobotCall(
                        "robot-" + made.incrementAndGet(),
                        RobotScript.of(number),
                        calling,
                        beginning,
                        flow,
                        edge,
                        media,
                        this,
                        music);
        Thread.ofVirtual().name("robot-call").start(call);
        return call;
    }

    private void inDialog(ServerTransactionId id, SipRequest request) {
        RobotCall call = call(request);
        if (call == null || !call.offer(new UsageEvent.RequestReceived(id, request))) {
            respond(id, request, 481);
        }
    }

    @Override
    public void onAck(SipRequest ack, Flow flow) {
        RobotCall call = call(ack);
        if (call != null) {
            call.offer(new UsageEvent.AckReceived(ack));
        }
    }

    @Override
    public void onCancel(ServerTransactionId invite, SipRequest cancel, Flow flow) {
        RobotCall call = invites.get(invite);
        if (call != null) {
            call.offer(new UsageEvent.CancelReceived(invite, cancel));
        }
    }

    @Override
    public void onFlowClosed(Flow flow) {}

    void listen(InviteUsage usage, RobotCall call) {
        calls.put(new DialogKey(usage.callId(), usage.localTag()), call);
    }

    void over(RobotCall call) {
        calls.values().removeIf(c -> c == call);
        invites.values().removeIf(c -> c == call);
    }

    private @org.jspecify.annotations.Nullable RobotCall call(SipRequest request) {
        return calls.get(
                new DialogKey(request.headers().callId(), request.headers().to().tag().orElse("")));
    }

    private void respond(ServerTransactionId id, SipRequest request, int status) {
        SipResponse response = SipResponses.to(request, status, identifiers.tag());
        Header allow = new Header("Allow", allow());
        edge.respond(id, response.withHeaders(response.headers().plusAll(List.of(allow))));
    }

    private static String allow() {
        return String.join(", ", LegSettings.ALLOW.stream().map(SipMethod::name).toList());
    }

    private static LegSettings settings(Flow flow) {
        String host = flow.local().getAddress().getHostAddress();
        OptionalInt port = OptionalInt.of(flow.local().getPort());
        NameAddress contact = NameAddress.of(SipUri.of(host).withHostPort(host, port));
        return LegSettings.of("UDP", host, port, contact).withProduct("Jackfield robot carrier");
    }
}
