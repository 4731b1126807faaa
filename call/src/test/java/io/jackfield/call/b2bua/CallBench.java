package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.SourceMatch;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.testkit.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A call in virtual time: it performs the call's effects as {@link CallRunner} does, gives requests
 * and responses to scripted peers, and keeps the books on media and records.
 */
final class CallBench {
    static final String CALL = "c";

    private final VirtualClock clock = new VirtualClock();
    private final BenchContext context = new BenchContext();
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Map<ServerTransactionId, Peer> asked = new HashMap<>();
    private final Deque<CallEvent> mediaDone = new ArrayDeque<>();
    private final Set<String> openMedia = new HashSet<>();
    private final Map<String, Integer> closedMedia = new HashMap<>();
    final List<CallEffect> log = new ArrayList<>();
    final List<Cdr> records = new ArrayList<>();
    private Optional<Call> call = Optional.empty();
    private BooleanSupplier refusesMedia = () -> false;

    // ---- who is there

    /** A phone of that agent, over a flow of its own. */
    Peer phone(String agent, String flowId) {
        FakeFlow flow = FakeFlow.browser(flowId);
        context.registered(agent, flow, Optional.of(instance(flowId)));
        return peer(flow);
    }

    /** The instance of the phone that was made with that flow. */
    static String instance(String flowId) {
        return "<urn:uuid:" + flowId + ">";
    }

    Peer carrier(Trunk trunk, String address) {
        FakeFlow flow = FakeFlow.of("udp-" + address, Transport.UDP, address, 5060);
        context.leadsTo(trunk, flow);
        return peer(flow);
    }

    Peer peer(FakeFlow flow) {
        Peer peer = new Peer(this, flow);
        peers.put(flow.id(), peer);
        return peer;
    }

    /** Says of each leg whether there is no media for it. */
    void refusesMedia(BooleanSupplier when) {
        refusesMedia = when;
    }

    void haveCredentials() {
        context.haveCredentials();
    }

    BenchContext context() {
        return context;
    }

    static Agent agent(String name) {
        return new Agent(name, Optional.of("Agent " + name), Credential.of(name, "r", "p"));
    }

    /**
     * @param sources where it sends from, as in the configuration
     */
    static Trunk trunk(String name, String... sources) {
        return trunk(name, Transport.UDP, sources);
    }

    static Trunk trunk(String name, Transport transport, String... sources) {
        return new Trunk(
                name,
                transport,
                name + ".example",
                5060,
                List.of("PCMA", "PCMU"),
                Optional.empty(),
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ZERO,
                Stream.of(sources).map(SourceMatch::parse).toList(),
                false,
                CodecPolicy.PASSTHROUGH);
    }

    static Destination.Trunks over(Trunk... trunks) {
        return new Destination.Trunks(
                List.of(trunks).stream()
                        .map(t -> new Destination.TrunkAttempt(t, "5551234", Optional.empty()))
                        .toList());
    }

    // ---- the call

    /** Anna dials, with that offer or with none. */
    static SipRequest invite(String sdp) {
        SipRequest bare =
                SipText.request(
                        """
                        INVITE sip:5551234@pbx.example SIP/2.0
                        Via: SIP/2.0/WSS a.invalid;branch=z9hG4bKfirst
                        From: <sip:anna@pbx.example>;tag=from-anna
                        To: <sip:5551234@pbx.example>
                        Call-ID: call-of-anna
                        CSeq: 1 INVITE
                        Contact: <sip:anna@a.invalid;transport=ws>
                        Max-Forwards: 70

                        """);
        return sdp.isEmpty()
                ? bare
                : bare.withBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
    }

    void annaCalls(Peer anna, Destination to, String sdp) {
        boolean out = to instanceof Destination.Trunks;
        start(
                anna,
                invite(sdp),
                new Party.Phone("anna", Optional.of("Anna"), Optional.of(instance("ws-anna"))),
                to,
                out ? Cdr.Direction.OUTBOUND : Cdr.Direction.INTERNAL);
    }

    void start(Peer caller, SipRequest invite, Party party, Destination to, Cdr.Direction way) {
        caller.calls(invite, Legs.callerId(CALL));
        ServerTransactionId tx = ServerTransactionId.of(invite);
        asked.put(tx, caller);
        NewCall newCall =
                new NewCall(
                        CALL,
                        invite,
                        tx,
                        caller.flow(),
                        party,
                        "5551234",
                        to,
                        way,
                        Optional.of("crm-7"),
                        Instant.ofEpochSecond(1_800_000_000L));
        Call made = Call.of(newCall, context, clock.nanos());
        call = Optional.of(made);
        perform(made.begin(clock.nanos()));
    }

    /** Somebody wants that agent to be rung, and to dial then. */
    void originates(String agent, Destination to) {
        NewCall wanted =
                NewCall.ringing(
                        CALL,
                        agent(agent),
                        "5551234",
                        to,
                        Optional.of("crm-7"),
                        Instant.ofEpochSecond(1_800_000_000L));
        begins(wanted);
    }

    /** A queue offers that agent to call a customer back. */
    void offersCallback(long offer, String agent, Destination customer) {
        begins(
                NewCall.offered(
                        CALL,
                        new NewCall.First.Offered(offer, agent(agent)),
                        "5551234",
                        customer,
                        Instant.ofEpochSecond(1_800_000_000L)));
    }

    /** A queue calls a customer back, for whom an agent is reserved. */
    void callsBack(Party customer, Destination reachedBy) {
        begins(
                NewCall.calledBack(
                        CALL, customer, reachedBy, "700", Instant.ofEpochSecond(1_800_000_000L)));
    }

    private void begins(NewCall wanted) {
        Call made = Call.of(wanted, context, clock.nanos());
        call = Optional.of(made);
        perform(made.begin(clock.nanos()));
    }

    Call call() {
        return call.orElseThrow();
    }

    long nowNanos() {
        return clock.nanos();
    }

    void tell(CallEvent event) {
        if (!call().ended()) {
            perform(call().on(event, clock.nanos()));
        }
    }

    void received(Peer from, SipRequest request) {
        asked.put(ServerTransactionId.of(request), from);
    }

    /** Lets time pass, with a tick at each deadline on the way. */
    void pass(Duration time) {
        long until = clock.nanos() + time.toNanos();
        OptionalLong deadline = deadline();
        while (deadline.isPresent() && deadline.getAsLong() - until <= 0) {
            clock.advanceTo(deadline.getAsLong());
            tell(new CallEvent.Tick());
            OptionalLong next = deadline();
            assertThat(
                            next.isPresent()
                                    && next.equals(deadline)
                                    && next.getAsLong() == clock.nanos())
                    .as("a deadline that a tick leaves as it was: the call would spin")
                    .isFalse();
            deadline = next;
        }
        clock.advanceTo(until);
    }

    private OptionalLong deadline() {
        return call().ended() ? OptionalLong.empty() : call().deadlineNanos();
    }

    private void perform(List<CallEffect> effects) {
        log.addAll(effects);
        for (CallEffect effect : effects) {
            switch (effect) {
                case CallEffect.Listen(var legId, _, var flow, _, _) ->
                        peerOn(flow).ifPresent(p -> p.isOn(legId));
                case CallEffect.SendRequest(_, _, var request, var flow) ->
                        peerOn(flow).ifPresent(p -> p.hear(request));
                case CallEffect.SendAck(var ack, var flow) ->
                        peerOn(flow).ifPresent(p -> p.hear(ack));
                case CallEffect.SendResponse(var id, var response) ->
                        Optional.ofNullable(asked.get(id)).ifPresent(p -> p.hear(response));
                case CallEffect.Cancel(var invite, _, var reason) ->
                        peers.values().forEach(p -> p.cancelled(invite, reason));
                case CallEffect.OpenBrowserMedia(var legId, _) ->
                        open(legId, FakeMedia.browser(legId));
                case CallEffect.OpenPlainMedia(var legId, _) -> open(legId, FakeMedia.plain());
                case CallEffect.RestartIce(var legId) ->
                        mediaDone.add(
                                new CallEvent.IceRestarted(
                                        legId, FakeMedia.browser(legId + "again")));
                case CallEffect.CloseMedia(var legId) -> close(legId);
                case CallEffect.Write(var cdr) -> records.add(cdr);
                case CallEffect.ApplyMedia _,
                        CallEffect.Bridge _,
                        CallEffect.Meet _,
                        CallEffect.Unlisten _,
                        CallEffect.Forget _,
                        CallEffect.WantPartner _,
                        CallEffect.RefusePartner _,
                        CallEffect.HandOver _,
                        CallEffect.PassOn _,
                        CallEffect.TakeIn _,
                        CallEffect.Park _,
                        CallEffect.Echo _,
                        CallEffect.QualityEcho _,
                        CallEffect.SendDtmf _,
                        CallEffect.StartRecording _,
                        CallEffect.PauseRecording _,
                        CallEffect.Play _,
                        CallEffect.ReportTrunk _,
                        CallEffect.Publish _ -> {}
            }
        }
        while (!mediaDone.isEmpty()) {
            tell(mediaDone.removeFirst());
        }
    }

    private Optional<Peer> peerOn(Flow flow) {
        return Optional.ofNullable(peers.get(flow.id()));
    }

    // ---- media

    private void open(String legId, LocalMedia local) {
        if (refusesMedia.getAsBoolean()) {
            mediaDone.add(new CallEvent.MediaRefused(legId, "no media port is free"));
            return;
        }
        assertThat(openMedia.add(legId)).as("media of %s opened once", legId).isTrue();
        mediaDone.add(new CallEvent.MediaOpened(legId, local));
    }

    private void close(String legId) {
        if (closedMedia.merge(legId, 1, Integer::sum) == 1 && openMedia.contains(legId)) {
            mediaDone.add(
                    new CallEvent.Media(new MediaEvent.Closed(legId, FakeMedia.statistics(legId))));
        }
    }

    /** What must be true when a call is over, however it went. */
    void assertOver() {
        assertThat(call().ended()).as("the call is over").isTrue();
        assertThat(records).as("call detail records").hasSize(1);
        Map<String, Integer> once = new HashMap<>();
        openMedia.forEach(legId -> once.put(legId, 1));
        assertThat(closedMedia).as("media legs, and how often each was closed").isEqualTo(once);
    }

    Cdr record() {
        assertOver();
        return records.getFirst();
    }

    <E extends CallEffect> List<E> effects(Class<E> kind) {
        return log.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
