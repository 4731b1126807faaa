package io.jackfield.api.http;

import io.jackfield.call.CallControl;
import io.jackfield.media.audio.Supervision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/v1/calls} begins a call; {@code POST /api/v1/calls/ID/…}: {@code hangup}, {@code
 * transfer}, {@code conference}, {@code supervise}. Answers 202 once the call has been told; what
 * becomes of it is an event.
 *
 * <p>Any thread.
 */
public final class CallControlApi implements ApiPart {
    private static final String CALLS = "/api/v1/calls";

    /** Nothing that could end a header line of ours. */
    private static final Pattern UNSAFE = Pattern.compile("[^\\x21-\\x7e]");

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int NUMBER_MAX = 64;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CallControl commands;
    private final KnownRequests requests = new KnownRequests(System::nanoTime);

    public CallControlApi(CallControl commands) {
        this.commands = commands;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                post("", "originateCall", this::originate),
                post("/{id}/hangup", "hangUpCall", this::hangUp),
                post("/{id}/transfer", "transferCall", this::transfer),
                post("/{id}/conference", "addToCall", this::conference),
                post("/{id}/supervise", "superviseCall", this::supervise));
    }

    private static Endpoint post(String path, String operation, Act act) {
        return Endpoint.post(
                CALLS + path,
                Scope.CALLS_WRITE,
                operation,
                exchange -> exchange.body().ifPresent(body -> act.act(exchange, body)));
    }

    private interface Act {
        void act(Exchange exchange, JsonNode body);
    }

    /**
     * With an {@code Idempotency-Key}, the same request begins one call, however often it comes.
     */
    private void originate(Exchange exchange, JsonNode body) {
        String key = exchange.request().getHeaders().get(IDEMPOTENCY_KEY);
        if (key == null) {
            begin(exchange, body, answer -> {});
            return;
        }
        if (key.isEmpty() || key.length() > NUMBER_MAX || UNSAFE.matcher(key).find()) {
            exchange.refuse(
                    Problem.badRequest(
                            IDEMPOTENCY_KEY
                                    + " is 1 to "
                                    + NUMBER_MAX
                                    + " printable characters without blanks."));
            return;
        }
        switch (requests.begin(exchange.access().who() + " " + key, body.toString())) {
            case KnownRequests.Begun.New(var done) -> begin(exchange, body, done);
            case KnownRequests.Begun.Again(var answer) -> exchange.json(202, answer);
            case KnownRequests.Begun.Other() ->
                    exchange.refuse(
                            new Problem(
                                    422,
                                    "Unprocessable Content",
                                    "That "
                                            + IDEMPOTENCY_KEY
                                            + " came with another body before; use a new one."));
            case KnownRequests.Begun.UnderWay() ->
                    exchange.refuse(
                            new Problem(
                                    409,
                                    "Conflict",
                                    "The same request is being answered; ask again."));
        }
    }

    private void begin(Exchange exchange, JsonNode body, KnownRequests.Done done) {
        Optional<ObjectNode> answer = begin(exchange, body);
        done.with(answer);
        answer.ifPresent(a -> exchange.json(202, a));
    }

    /** Empty, and refused, when no call has begun. */
    private Optional<ObjectNode> begin(Exchange exchange, JsonNode body) {
        Optional<String> agent = text(body, "agent");
        Optional<String> to = text(body, "to");
        Optional<String> reference = text(body, "reference").filter(r -> !UNSAFE.matcher(r).find());
        boolean unreadable = body.has("reference") && reference.isEmpty();
        if (agent.isEmpty() || to.isEmpty() || unreadable) {
            exchange.refuse(
                    Problem.badRequest(
                            "Send {\"agent\": \"AGENT\", \"to\": \"NUMBER\", \"reference\":"
                                    + " \"…\"}; reference may be absent, else it is at most "
                                    + NUMBER_MAX
                                    + " printable characters."));
            return Optional.empty();
        }
        if (!exchange.access().mayActFor(agent.get())) {
            exchange.refuse(exchange.access().onlyFor());
            return Optional.empty();
        }
        CallControl.Begun begun = commands.originate(agent.get(), to.get(), reference);
        if (begun.callId().isEmpty()) {
            answer(begun.outcome(), exchange);
        }
        return begun.callId().map(id -> JSON.createObjectNode().put("id", id));
    }

    /** True, and refused, where the key is one agent's: whose call that is, it cannot say. */
    private static boolean isOneAgents(Exchange exchange) {
        if (exchange.access().agent().isPresent()) {
            exchange.refuse(
                    Problem.forbidden(
                            "This key may begin calls of agent "
                                    + exchange.access().agent().get()
                                    + ", and not steer those that are up."));
            return true;
        }
        return false;
    }

    private void hangUp(Exchange exchange, JsonNode body) {
        if (!isOneAgents(exchange)) {
            answer(commands.hangUp(exchange.variable("id")), exchange);
        }
    }

    private void transfer(Exchange exchange, JsonNode body) {
        Optional<String> to = text(body, "to");
        if (isOneAgents(exchange)) {
            return;
        }
        if (to.isEmpty()) {
            exchange.refuse(
                    Problem.badRequest(
                            "Send {\"to\": \"NUMBER\", \"leaving\": \"AGENT\"}; leaving may be"
                                    + " absent."));
        } else {
            answer(
                    commands.transfer(exchange.variable("id"), text(body, "leaving"), to.get()),
                    exchange);
        }
    }

    private void conference(Exchange exchange, JsonNode body) {
        Optional<String> to = text(body, "to");
        if (isOneAgents(exchange)) {
            return;
        }
        if (to.isEmpty()) {
            exchange.refuse(Problem.badRequest("Send {\"to\": \"NUMBER\"}."));
        } else {
            answer(commands.invite(exchange.variable("id"), to.get()), exchange);
        }
    }

    private void supervise(Exchange exchange, JsonNode body) {
        Optional<String> supervisor = text(body, "supervisor");
        Optional<String> agent = text(body, "agent");
        Optional<Supervision> mode = text(body, "mode").flatMap(CallControlApi::mode);
        if (isOneAgents(exchange)) {
            return;
        }
        if (supervisor.isEmpty() || agent.isEmpty() || mode.isEmpty()) {
            exchange.refuse(
                    Problem.badRequest(
                            "Send {\"supervisor\": \"AGENT\", \"agent\": \"AGENT\", \"mode\":"
                                    + " \"listen\"}; mode is listen, whisper or barge."));
        } else {
            answer(
                    commands.supervise(
                            exchange.variable("id"), supervisor.get(), agent.get(), mode.get()),
                    exchange);
        }
    }

    private static Optional<Supervision> mode(String word) {
        return Stream.of(Supervision.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static void answer(CallControl.Outcome outcome, Exchange exchange) {
        switch (outcome) {
            case TOLD -> exchange.json(202, JSON.createObjectNode().put("accepted", true));
            case TOO_MANY ->
                    exchange.refuse(
                            Problem.unavailable(
                                    "There are as many calls as there may be; try again."));
            case NO_SUCH_CALL -> exchange.refuse(Problem.notFound("There is no such call up."));
            case NO_SUCH_NUMBER ->
                    exchange.refuse(
                            new Problem(
                                    422,
                                    "Unprocessable Content",
                                    "Nobody has that number: name an agent, or what a route of the"
                                            + " site takes."));
            case TOKEN_REQUIRED ->
                    exchange.refuse(
                            Problem.forbidden(
                                    "That number needs a call token, which only an INVITE can"
                                            + " bring."));
        }
    }

    private static Optional<String> text(JsonNode body, String key) {
        JsonNode node = body.path(key);
        return node.isString()
                ? Optional.of(node.stringValue())
                        .filter(text -> !text.isEmpty() && text.length() <= NUMBER_MAX)
                : Optional.empty();
    }
}
