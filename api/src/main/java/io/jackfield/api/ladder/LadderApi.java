package io.jackfield.api.ladder;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Endpoint;
import io.jackfield.api.http.Exchange;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import io.jackfield.observe.ladder.LadderPcap;
import io.jackfield.observe.ladder.LadderText;
import io.jackfield.storage.ladder.Ladder;
import io.jackfield.storage.ladder.LadderHead;
import io.jackfield.storage.ladder.LadderQuery;
import io.jackfield.storage.ladder.LadderReader;
import io.jackfield.storage.ladder.LadderUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /api/v1/ladders}: the list, searched; {@code /api/v1/calls/{id}/ladder}: one, as JSON,
 * text or a capture file. Any thread.
 */
public final class LadderApi implements ApiPart {
    private static final System.Logger LOG = System.getLogger(LadderApi.class.getName());
    private static final int LIMIT_STANDARD = 50;
    private static final int TEXT_MAX = 256;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final LadderReader ladders;

    public LadderApi(LadderReader ladders) {
        this.ladders = ladders;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                read("/api/v1/ladders", "listLadders", this::list),
                read("/api/v1/calls/{id}/ladder", "getLadder", this::json),
                read("/api/v1/calls/{id}/ladder.txt", "getLadderText", this::text),
                read("/api/v1/calls/{id}/ladder.pcap", "getLadderCapture", this::capture));
    }

    private interface Reading {
        void serve(Exchange exchange) throws LadderUnavailable, IOException;
    }

    private static Endpoint read(String path, String operation, Reading reading) {
        return new Endpoint(
                "GET",
                path,
                Optional.of(Scope.DIAGNOSIS_READ),
                operation,
                exchange -> {
                    try {
                        reading.serve(exchange);
                    } catch (LadderUnavailable away) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "ladders cannot be read: {0}",
                                away.getMessage());
                        exchange.refuse(
                                Problem.unavailable("The ladders cannot be read at the moment."));
                    }
                });
    }

    // ---- one

    private Optional<Ladder> find(Exchange exchange) throws LadderUnavailable {
        Optional<Ladder> ladder = ladders.read(exchange.variable("id"));
        if (ladder.isEmpty()) {
            exchange.refuse(
                    Problem.notFound(
                            "There is no ladder of that call; it may be older than ladder.keep."));
        }
        return ladder;
    }

    private void json(Exchange exchange) throws LadderUnavailable {
        find(exchange).ifPresent(ladder -> exchange.json(200, LadderJson.of(ladder)));
    }

    private void text(Exchange exchange) throws LadderUnavailable {
        find(exchange)
                .ifPresent(ladder ->
                        exchange.send(
                                "text/plain; charset=utf-8",
                                LadderText.of(ladder).getBytes(StandardCharsets.UTF_8)));
    }

    private void capture(Exchange exchange) throws LadderUnavailable, IOException {
        Optional<Ladder> ladder = find(exchange);
        if (ladder.isPresent()) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            LadderPcap.write(ladder.get().rows(), file);
            exchange.response()
                    .getHeaders()
                    .put(
                            HttpHeader.CONTENT_DISPOSITION,
                            "attachment; filename=\""
                                    + ladder.get().head().id().replaceAll("[^A-Za-z0-9._-]", "_")
                                    + ".pcap\"");
            exchange.send("application/vnd.tcpdump.pcap", file.toByteArray());
        }
    }

    // ---- all

    private void list(Exchange exchange) throws LadderUnavailable {
        Optional<LadderQuery> query = query(exchange);
        if (query.isEmpty()) {
            return;
        }
        List<LadderHead> found = ladders.find(query.get());
        ObjectNode body = JSON.createObjectNode();
        ArrayNode all = body.putArray("ladders");
        found.forEach(head -> all.add(LadderJson.of(head)));
        boolean more = found.size() == query.get().limit();
        body.put("next", more ? Long.toString(found.getLast().key()) : null);
        exchange.json(200, body);
    }

    /** Empty, and refused, when the request names none. */
    private static Optional<LadderQuery> query(Exchange exchange) {
        try {
            return Optional.of(
                    new LadderQuery(
                            words(exchange, "number"),
                            words(exchange, "agent"),
                            words(exchange, "sip_call_id"),
                            words(exchange, "cause"),
                            status(exchange),
                            time(exchange, "from"),
                            time(exchange, "until"),
                            cursor(exchange),
                            limit(exchange)));
        } catch (Unclear unclear) {
            exchange.refuse(Problem.badRequest(unclear.words));
            return Optional.empty();
        }
    }

    private static final class Unclear extends Exception {
        private static final long serialVersionUID = 1L;
        private final String words;

        Unclear(String words) {
            super(words);
            this.words = words;
        }
    }

    private static Optional<String> words(Exchange exchange, String name) throws Unclear {
        Optional<String> text = exchange.parameter(name).filter(t -> !t.isEmpty());
        if (text.isPresent() && text.get().length() > TEXT_MAX) {
            throw new Unclear(name + " has at most " + TEXT_MAX + " characters.");
        }
        return text;
    }

    private static OptionalInt status(Exchange exchange) throws Unclear {
        Optional<String> text = exchange.parameter("status");
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("[1-6]\\d\\d")) {
            throw new Unclear("status is a SIP status, as 486.");
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }

    private static OptionalLong time(Exchange exchange, String name) throws Unclear {
        Optional<String> text = exchange.parameter(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text.get())));
        } catch (DateTimeParseException | ArithmeticException other) {
            throw new Unclear(name + " is a time, as 2026-11-24T08:00:00Z.");
        }
    }

    private static OptionalLong cursor(Exchange exchange) throws Unclear {
        Optional<String> text = exchange.parameter("cursor");
        if (text.isPresent() && !NUMBER.matcher(text.get()).matches()) {
            throw new Unclear("cursor is the next of the page before.");
        }
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.get()));
    }

    private static int limit(Exchange exchange) throws Unclear {
        String text = exchange.parameter("limit").orElse(Integer.toString(LIMIT_STANDARD));
        int limit = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LadderQuery.LIMIT_MAX) {
            throw new Unclear("limit is a whole number from 1 to " + LadderQuery.LIMIT_MAX + ".");
        }
        return limit;
    }
}
