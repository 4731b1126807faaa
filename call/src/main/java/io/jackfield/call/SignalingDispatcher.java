package io.jackfield.call;

import io.jackfield.call.auth.Authenticator;
import io.jackfield.call.auth.Identity;
import io.jackfield.call.auth.TrunkSources;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.b2bua.NewCall;
import io.jackfield.call.b2bua.Party;
import io.jackfield.call.b2bua.Sender;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.DialledNumber;
import io.jackfield.call.routing.Router;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.RequestHandler;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.token.TokenAnswers;
import io.jackfield.call.token.TokenGate;
import io.jackfield.call.token.TokenHeaders;
import io.jackfield.call.token.TokenRefusal;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.TokenList;
import io.jackfield.protocol.sip.UasRules;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Picks who handles a new request: REGISTER the registrar, INVITE a new call, anything within a
 * dialog the call that has it.
 *
 * <p>Runs on the signalling loops; decides and hands over, nothing more.
 */
public final class SignalingDispatcher implements RequestHandler {
    private static final String SUPPORTED = "100rel, timer, outbound";

    /** What requests outside of a call are held to (RFC 3261 §8.2); an INVITE by its leg. */
    private static final UasRules RULES =
            new UasRules(
                    Stream.concat(LegSettings.ALLOW.stream(), Stream.of(SipMethod.REGISTER))
                            .filter(method -> !method.equals(SipMethod.REFER))
                            .toList(),
                    Set.copyOf(TokenList.parse(SUPPORTED).orElseThrow().tokens()),
                    List.of("application/sdp"));

    private static final String RETRY_AFTER_SECONDS = "10";

    private final Supplier<Site> site;
    private final SipEdge edge;
    private final Registrar registrar;
    private final Calls calls;
    private final Authenticator authenticator;
    private final TrunkSources trunkSources;
    private final Identifiers identifiers;
    private final CallIds callIds;
    private final Supplier<Instant> wallClock;
    private final TokenGate tokens;
    private final Events events;
    private volatile boolean draining;

    public SignalingDispatcher(
            Supplier<Site> site,
            SipEdge edge,
            Registrar registrar,
            Calls calls,
            Authenticator authenticator,
            TrunkSources trunkSources,
            Identifiers identifiers,
            CallIds callIds,
            Supplier<Instant> wallClock,
            TokenGate tokens,
            Events events) {
        this.site = site;
        this.edge = edge;
        this.registrar = registrar;
        this.calls = calls;
        this.authenticator = authenticator;
        this.trunkSources = trunkSources;
        this.identifiers = identifiers;
        this.callIds = callIds;
        this.wallClock = wallClock;
        this.tokens = tokens;
        this.events = events;
        events.listen(this::onEvent);
    }

    /** From now on new calls are answered 503; those that are up go on. */
    public void drain() {
        draining = true;
    }

    @Override
    public void onRequest(ServerTransactionId id, SipRequest request, Flow flow) {
        if (request.headers().to().tag().isPresent()) {
            inDialog(id, request, flow);
            return;
        }
        switch (request.method().name()) {
            case "INVITE" -> invite(id, request, flow);
            case "BYE", "UPDATE", "INFO", "PRACK" ->
                    respond(id, request, 481, "Call/Transaction Does Not Exist", List.of());
            default ->
                    RULES.refusal(request, identifiers.tag())
                            .ifPresentOrElse(
                                    refusal -> edge.respond(id, refusal),
                                    () -> registerOrOptions(id, request, flow));
        }
    }

    private void registerOrOptions(ServerTransactionId id, SipRequest request, Flow flow) {
        if (request.method().equals(SipMethod.REGISTER)) {
            registrar.register(id, request, flow);
        } else {
            respond(id, request, 200, "OK", capabilities());
        }
    }

    @Override
    public void onAck(SipRequest ack, Flow flow) {
        calls.ack(ack, sender(flow));
    }

    @Override
    public void onCancel(ServerTransactionId invite, SipRequest cancel, Flow flow) {
        calls.cancel(invite, cancel);
    }

    @Override
    public void onFlowClosed(Flow flow) {
        calls.flowClosed(flow);
        registrar.flowClosed(flow);
    }

    private void inDialog(ServerTransactionId id, SipRequest request, Flow flow) {
        if (!calls.request(id, request, sender(flow))) {
            respond(id, request, 481, "Call/Transaction Does Not Exist", List.of());
        }
    }

    private Sender sender(Flow flow) {
        return new Sender(
                flow, registrar.agentsOn(flow), trunk -> trunkSources.isFrom(trunk, flow));
    }

    private void invite(ServerTransactionId id, SipRequest request, Flow flow) {
        if (draining) {
            unavailable(id, request);
            return;
        }
        if (request.headers().maxForwards().orElse(1) == 0) {
            respond(id, request, 483, "Too Many Hops", List.of());
            return;
        }
        Optional<String> dialled = DialledNumber.of(request.uri());
        if (dialled.isEmpty()) {
            respond(id, request, 416, "Unsupported URI Scheme", List.of());
            return;
        }
        switch (identity(request, flow)) {
            case Identity.Refused(var response) -> edge.respond(id, response);
            case Identity.OfAgent(var agent) -> start(id, request, flow, agent, dialled.get());
            case Identity.OfTrunk(var trunk) -> start(id, request, flow, trunk, dialled.get());
        }
    }

    /**
     * A connection over which an agent's phone has registered is that agent's while the binding
     * lives (over UDP anybody can send in its name); everybody else is a trunk by its source
     * address, or has to answer a challenge.
     */
    private Identity identity(SipRequest request, Flow flow) {
        String claimed = request.headers().from().user().orElse("");
        Optional<Agent> known =
                flow.reliable() && registrar.agentsOn(flow).contains(claimed)
                        ? site.get().agent(claimed)
                        : Optional.empty();
        if (known.isPresent()) {
            return new Identity.OfAgent(known.get());
        }
        Optional<Trunk> trunk = trunkSources.find(site.get(), flow);
        if (trunk.isPresent()) {
            return new Identity.OfTrunk(trunk.get());
        }
        return authenticator.authenticate(request, flow, claimed);
    }

    private void start(
            ServerTransactionId id, SipRequest invite, Flow flow, Agent agent, String dialled) {
        Site now = site.get();
        Destination found = Router.fromAgent(now, dialled);
        String callId = callIds.next();
        Optional<TokenRefusal> refusal = token(now, callId, invite, flow, agent, found);
        if (refusal.isPresent()) {
            edge.respond(id, TokenAnswers.refusal(invite, refusal.get(), identifiers.tag()));
            return;
        }
        Destination destination =
                found instanceof Destination.WithToken with ? with.trunks() : found;
        Party caller = Party.Phone.of(agent, registrar.instanceOn(flow, agent.name()));
        Cdr.Direction direction =
                destination instanceof Destination.Trunks
                        ? Cdr.Direction.OUTBOUND
                        : Cdr.Direction.INTERNAL;
        start(callId, id, invite, flow, caller, dialled, destination, direction);
    }

    /** Why the call must not be let out; empty also for calls that need no token. */
    private Optional<TokenRefusal> token(
            Site now,
            String callId,
            SipRequest invite,
            Flow flow,
            Agent agent,
            Destination destination) {
        if (!(destination instanceof Destination.WithToken guarded)) {
            return Optional.empty();
        }
        TokenGate.Request request =
                new TokenGate.Request(
                        callId,
                        agent.name(),
                        guarded.number(),
                        guarded.campaigns(),
                        invite.headers());
        Optional<TokenRefusal> refusal = tokens.admit(now.tokens(), request);
        events.publish(new PbxEvent.TokenChecked(flow, agent.name(), guarded.number(), refusal));
        return refusal;
    }

    /** The limits of call tokens count calls that are up. */
    private void onEvent(PbxEvent event) {
        if (event instanceof PbxEvent.CallEnded(var callId, var cdr)) {
            tokens.ended(callId, Duration.ofMillis(cdr.talkMillis()));
        }
    }

    private void start(
            ServerTransactionId id, SipRequest invite, Flow flow, Trunk trunk, String dialled) {
        NameAddress from = invite.headers().from();
        Party caller = new Party.Customer(trunk, from.user().orElse(""), from.displayName());
        Destination destination = Router.fromTrunk(site.get(), dialled);
        start(
                callIds.next(),
                id,
                invite,
                flow,
                caller,
                dialled,
                destination,
                Cdr.Direction.INBOUND);
    }

    private void start(
            String callId,
            ServerTransactionId id,
            SipRequest invite,
            Flow flow,
            Party caller,
            String dialled,
            Destination destination,
            Cdr.Direction direction) {
        NewCall newCall =
                new NewCall(
                        callId,
                        TokenHeaders.without(invite),
                        id,
                        flow,
                        caller,
                        dialled,
                        destination,
                        direction,
                        invite.headers().first("X-Call-Ref").filter(r -> r.length() <= 128),
                        wallClock.get());
        if (!calls.start(newCall)) {
            tokens.ended(callId, Duration.ZERO);
            unavailable(id, invite);
        }
    }

    private void unavailable(ServerTransactionId id, SipRequest request) {
        respond(
                id,
                request,
                503,
                "Service Unavailable",
                List.of(new Header("Retry-After", RETRY_AFTER_SECONDS)));
    }

    private static List<Header> capabilities() {
        return List.of(
                new Header("Allow", RULES.allow()),
                new Header("Accept", RULES.accept()),
                new Header("Supported", SUPPORTED));
    }

    private void respond(
            ServerTransactionId id,
            SipRequest request,
            int status,
            String reason,
            List<Header> extra) {
        SipResponse response = SipResponses.to(request, status, reason, identifiers.tag());
        edge.respond(id, response.withHeaders(response.headers().plusAll(extra)));
    }
}
