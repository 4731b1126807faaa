package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.OwnAddresses;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.media.LegStatistics;
import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.sdp.IceCredentials;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.SetupRole;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.testkit.VirtualClock;
import java.net.InetAddress;
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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A call in virtual time: it performs the call's effects as {@link CallRunner} does, gives requests
 * and responses to scripted peers, and keeps the books on media and records.
 */
final class CallBench implements CallContext {
    static final String CALL = "c";

    private final VirtualClock clock = new VirtualClock();
    private final Identifiers identifiers = new CountedIdentifiers();
    private final OwnAddresses own = new OwnAddresses("pbx.example", List.of(), Map.of());
    private final Map<String, List<Binding>> phones = new HashMap<>();
    private final Map<String, Flow> trunkFlows = new HashMap<>();
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Map<ServerTransactionId, Peer> asked = new HashMap<>();
    private final Deque<CallEvent> mediaDone = new ArrayDeque<>();
    private final Set<String> openMedia = new HashSet<>();
    private final Map<String, Integer> closedMedia = new HashMap<>();
    final List<CallEffect> log = new ArrayList<>();
    final List<Cdr> records = new ArrayList<>();
    private Optional<Call> call = Optional.empty();
    private boolean credentials;

    // ---- who is there

    /** A phone of that agent, over a flow of its own. */
    Peer phone(String agent, String flowId) {
        FakeFlow flow = FakeFlow.browser(flowId);
        phones.computeIfAbsent(agent, _ -> new ArrayList<>())
                .add(
                        new Binding(
                                agent,
                                SipUri.of(agent, flowId + ".invalid"),
                                flow,
                                Optional.of(instance(flowId)),
                                Optional.of("1"),
                                "reg",
                                1,
                                0));
        return peer(flow);
    }

    /** The instance of the phone that was made with that flow. */
    static String instance(String flowId) {
        return "<urn:uuid:" + flowId + ">";
    }

    Peer carrier(Trunk trunk, String address) {
        FakeFlow flow = FakeFlow.of("udp-" + address, Transport.UDP, address, 5060);
        trunkFlows.put(trunk.name(), flow);
        return peer(flow);
    }

    Peer peer(FakeFlow flow) {
        Peer peer = new Peer(this, flow);
        peers.put(flow.id(), peer);
        return peer;
    }

    void haveCredentials() {
        credentials = true;
    }

    static Agent agent(String name) {
        return new Agent(name, Optional.of("Agent " + name), Credential.of(name, "r", "p"));
    }

    static Trunk trunk(String name) {
        return new Trunk(
                name,
                Transport.UDP,
                name + ".example",
                5060,
                List.of("PCMA", "PCMU"),
                Optional.empty(),
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                false);
    }

    static Destination.Trunks over(Trunk... trunks) {
        return new Destination.Trunks(
                List.of(trunks).stream()
                        .map(t -> new Destination.TrunkAttempt(t, "5551234", Optional.empty()))
                        .toList());
    }

    // ---- the call

    void start(Peer caller, SipRequest invite, Party party, Destination to, Cdr.Direction way) {
        caller.calls(invite, Legs.callerId(CALL));
        ServerTransactionId tx = ServerTransactionId.of(invite);
        asked.put(tx, caller);
        IncomingCall incoming =
                new IncomingCall(
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
        Call made = Call.of(incoming, this, clock.nanos());
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
                case CallEffect.OpenBrowserMedia(var legId, _) -> open(legId, browser(legId));
                case CallEffect.OpenPlainMedia(var legId, _) -> open(legId, plain());
                case CallEffect.RestartIce(var legId) ->
                        mediaDone.add(new CallEvent.IceRestarted(legId, browser(legId + "again")));
                case CallEffect.CloseMedia(var legId) -> close(legId);
                case CallEffect.Write(var cdr) -> records.add(cdr);
                case CallEffect.ApplyMedia _,
                        CallEffect.Bridge _,
                        CallEffect.Echo _,
                        CallEffect.SendDtmf _,
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
        assertThat(openMedia.add(legId)).as("media of %s opened once", legId).isTrue();
        mediaDone.add(new CallEvent.MediaOpened(legId, local));
    }

    private void close(String legId) {
        if (closedMedia.merge(legId, 1, Integer::sum) == 1 && openMedia.contains(legId)) {
            mediaDone.add(new CallEvent.Media(new MediaEvent.Closed(legId, statistics(legId))));
        }
    }

    private static LegStatistics statistics(String legId) {
        return new LegStatistics(
                legId,
                Instant.ofEpochSecond(1_800_000_000L),
                Duration.ofSeconds(10),
                Optional.of(Codec.PCMA),
                new LegStatistics.Received(
                        490,
                        78_400,
                        10,
                        0,
                        0,
                        OptionalDouble.of(3),
                        OptionalDouble.of(9),
                        List.of()),
                new LegStatistics.Sent(legId.endsWith("-1") ? 500 : 700, 80_000, List.of()),
                Optional.of(
                        new LegStatistics.HeardByPeer(
                                legId.endsWith("-1") ? 5 : 7,
                                0.01,
                                2.5,
                                OptionalDouble.of(40),
                                OptionalDouble.of(80),
                                Duration.ofSeconds(1))),
                Map.of());
    }

    private static LocalMedia browser(String name) {
        return new LocalMedia.WebRtc(
                new IceCredentials(
                        "ours" + Integer.toHexString(name.hashCode()), "pwd0123456789012345678901"),
                Fingerprint.of(Fingerprint.Hash.SHA_256, new byte[32]),
                SetupRole.ACTPASS,
                List.of(new LocalCandidate(InetAddress.ofLiteral("203.0.113.5"), 10000)));
    }

    private static LocalMedia plain() {
        return new LocalMedia.Plain(InetAddress.ofLiteral("203.0.113.5"), 20000, 20001);
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

    // ---- surroundings

    @Override
    public CallSettings settings() {
        return CallSettings.of("pbx.example");
    }

    @Override
    public Identifiers identifiers() {
        return identifiers;
    }

    @Override
    public List<Binding> phones(String agent) {
        return phones.getOrDefault(agent, List.of());
    }

    @Override
    public Optional<Flow> trunkFlow(Trunk trunk) {
        return Optional.ofNullable(trunkFlows.get(trunk.name()));
    }

    @Override
    public boolean sendsFrom(Trunk trunk, Flow flow) {
        return flow.equals(trunkFlows.get(trunk.name()));
    }

    @Override
    public LegSettings legSettings(Flow flow) {
        return LegSettings.of(
                flow.transport().name(),
                own.host(flow),
                OptionalInt.empty(),
                own.contact(flow, Optional.empty()));
    }

    @Override
    public String host(Flow flow) {
        return own.host(flow);
    }

    @Override
    public Optional<List<Header>> credentials(Trunk trunk, UsageNotice.Challenged challenged) {
        return credentials
                ? Optional.of(List.of(new Header("Authorization", "Digest username=\"x\"")))
                : Optional.empty();
    }
}
