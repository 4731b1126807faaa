package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scripted phone or carrier on one leg: says what the test wants, and keeps what it hears. */
final class Peer {
    private final CallBench bench;
    private final FakeFlow flow;
    private final List<SipMessage> heard = new ArrayList<>();
    private final List<String> cancelReasons = new ArrayList<>();
    private Optional<SipRequest> invite = Optional.empty();
    private Optional<SipResponse> lastSuccess = Optional.empty();
    private boolean weCall;
    private String legId = "";
    private String dialogTag = "";
    private String ownTag;
    private int cseq = 100;
    private int branches;

    Peer(CallBench bench, FakeFlow flow) {
        this.bench = bench;
        this.flow = flow;
        this.ownTag = "peer-" + flow.id();
    }

    FakeFlow flow() {
        return flow;
    }

    String legId() {
        return legId;
    }

    /** A phone that has come back over another flow goes on with this one's dialog. */
    Peer movedTo(FakeFlow next) {
        Peer moved = bench.peer(next);
        moved.invite = invite;
        moved.lastSuccess = lastSuccess;
        moved.weCall = weCall;
        moved.legId = legId;
        moved.dialogTag = dialogTag;
        moved.cseq = cseq;
        moved.ownTag = ownTag;
        moved.branches = 1000;
        return moved;
    }

    // ---- what the bench brings

    void calls(SipRequest request, String id) {
        invite = Optional.of(request);
        weCall = true;
        legId = id;
    }

    void isOn(String id) {
        legId = id;
    }

    void hear(SipMessage message) {
        heard.add(message);
        if (message instanceof SipRequest r && isMethod(r, SipMethod.INVITE) && invite.isEmpty()) {
            invite = Optional.of(r);
        }
        if (message instanceof SipResponse r && weCall && r.headers().to().tag().isPresent()) {
            dialogTag = r.headers().to().tag().orElseThrow();
        }
        if (message instanceof SipResponse r && r.isSuccess() && isMethod(r, SipMethod.INVITE)) {
            lastSuccess = Optional.of(r);
        }
    }

    void cancelled(ClientTransactionId id, Optional<String> reason) {
        if (invite.filter(i -> !weCall && ClientTransactionId.of(i).equals(id)).isPresent()) {
            cancelReasons.add(reason.orElse(""));
        }
    }

    private static boolean isMethod(SipMessage message, SipMethod method) {
        return message.method().equals(method);
    }

    // ---- what it has heard

    SipRequest invited() {
        assertThat(invite).as("an INVITE to %s", flow).isPresent();
        return invite.orElseThrow();
    }

    boolean isInvited() {
        return invite.isPresent();
    }

    String offer() {
        return new String(invited().body(), StandardCharsets.UTF_8);
    }

    List<String> cancelReasons() {
        return cancelReasons;
    }

    List<SipRequest> requests(SipMethod method) {
        return heard.stream()
                .filter(m -> m instanceof SipRequest && isMethod(m, method))
                .map(SipRequest.class::cast)
                .toList();
    }

    SipRequest last(SipMethod method) {
        List<SipRequest> all = requests(method);
        assertThat(all).as("%s to %s", method, flow).isNotEmpty();
        return all.getLast();
    }

    /** Statuses of the responses to requests of that method, without repetitions. */
    List<Integer> statuses(SipMethod method) {
        return heard.stream()
                .filter(m -> m instanceof SipResponse && isMethod(m, method))
                .map(m -> ((SipResponse) m).status())
                .distinct()
                .toList();
    }

    SipResponse response(int status) {
        return heard.stream()
                .filter(m -> m instanceof SipResponse r && r.status() == status)
                .map(SipResponse.class::cast)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new AssertionError("no " + status + " to " + flow));
    }

    static String body(SipMessage message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    // ---- what it says

    /** Answers our INVITE. */
    void answers(int status, String sdp) {
        respond(invited(), status, sdp);
    }

    void answers(int status) {
        respond(invited(), status, "");
    }

    /** Another one behind it does: its answer has a tag of its own (RFC 3261 §12.1). */
    void forkAnswers(String tag, int status, String sdp) {
        ownTag = tag;
        answers(status, sdp);
    }

    void respond(SipRequest request, int status, String sdp) {
        SipResponse bare = SipResponses.to(request, status, ownTag);
        SipResponse named =
                bare.withHeaders(
                        bare.headers().withContact(NameAddress.of(SipUri.of("x", "peer.invalid"))));
        SipResponse response =
                sdp.isEmpty()
                        ? named
                        : named.withBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
        bench.tell(
                new CallEvent.Sip(
                        legId,
                        new UsageEvent.ResponseReceived(
                                ClientTransactionId.of(response), response)));
    }

    /** A request of ours got no answer. */
    void fails(SipRequest request, FailureKind kind) {
        bench.tell(
                new CallEvent.Sip(
                        legId,
                        new UsageEvent.RequestFailed(ClientTransactionId.of(request), kind)));
    }

    /** Acknowledges our 200, with an answer to our offer or without. */
    void acknowledges(String sdp) {
        long number = lastSuccess.orElseThrow().headers().cseq().number();
        bench.tell(
                new CallEvent.Sip(
                        legId, new UsageEvent.AckReceived(inDialog("ACK", number, "", sdp))));
    }

    /** The same where there is one; else nothing. */
    void acknowledgesIfAnswered(String sdp) {
        if (lastSuccess.isPresent()) {
            acknowledges(sdp);
        }
    }

    SipRequest says(String method, String type, String body) {
        cseq++;
        SipRequest request = inDialog(method, cseq, type, body);
        bench.received(this, request);
        bench.tell(
                new CallEvent.Sip(
                        legId,
                        new UsageEvent.RequestReceived(ServerTransactionId.of(request), request)));
        return request;
    }

    SipRequest reinvites(String sdp) {
        return says("INVITE", "application/sdp", sdp);
    }

    /** Asks for somebody else in its place. */
    SipRequest refers(String referTo) {
        cseq++;
        SipRequest bare = inDialog("REFER", cseq, "", "");
        SipRequest refer = bare.withHeaders(bare.headers().plus("Refer-To", referTo));
        bench.received(this, refer);
        bench.tell(
                new CallEvent.Sip(
                        legId,
                        new UsageEvent.RequestReceived(ServerTransactionId.of(refer), refer)));
        return refer;
    }

    void hangsUp() {
        says("BYE", "", "");
    }

    /** Cancels its own INVITE. */
    void cancels() {
        bench.tell(
                new CallEvent.Sip(
                        legId,
                        new UsageEvent.CancelReceived(
                                ServerTransactionId.of(invited()), invited())));
    }

    private SipRequest inDialog(String method, long number, String type, String body) {
        branches++;
        SipRequest first = invited();
        NameAddress us = weCall ? first.headers().from() : first.headers().to();
        NameAddress them = weCall ? first.headers().to() : first.headers().from();
        String from = weCall ? us.text() : us.withTag(ownTag).text();
        String to = weCall ? them.withTag(dialogTag).text() : them.text();
        String contentType =
                body.isEmpty()
                        ? ""
                        : "Content-Type: " + (type.isEmpty() ? "application/sdp" : type) + "\n";
        return SipText.request(
                        """
                        %s sip:pbx.example SIP/2.0
                        Via: SIP/2.0/WSS peer.invalid;branch=z9hG4bK%s-%d
                        From: %s
                        To: %s
                        Call-ID: %s
                        CSeq: %d %s
                        Contact: <sip:x@peer.invalid>
                        Max-Forwards: 70
                        %s
                        """
                                .formatted(
                                        method,
                                        flow.id(),
                                        branches,
                                        from,
                                        to,
                                        first.headers().callId(),
                                        number,
                                        method,
                                        contentType))
                .withBody(
                        type.isEmpty() ? "application/sdp" : type,
                        body.getBytes(StandardCharsets.UTF_8));
    }
}
