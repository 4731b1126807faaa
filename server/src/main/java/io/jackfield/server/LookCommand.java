package io.jackfield.server;

import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code jackfield calls}, {@code agents} and {@code queues}: what a server that runs says over its
 * API, as a table for people or as JSON.
 */
abstract class LookCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Mixin private ServerAt server = new ServerAt();

    @Option(names = "--json", description = "Prints JSON, as it came.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    private final String what;
    private final List<String> columns;

    /**
     * @param what the path's last part, and the list in the answer
     * @param columns keys of its items
     */
    LookCommand(String what, List<String> columns) {
        this.what = what;
        this.columns = columns;
    }

    @Command(
            name = "calls",
            mixinStandardHelpOptions = true,
            description = "The calls that are up, oldest first.")
    static final class OfCalls extends LookCommand {
        OfCalls() {
            super("calls", List.of("id", "caller", "callee", "started_at", "answered_at", "legs"));
        }
    }

    @Command(
            name = "agents",
            mixinStandardHelpOptions = true,
            description = "All agents with their states.")
    static final class OfAgents extends LookCommand {
        OfAgents() {
            super("agents", List.of("name", "state", "reason", "since", "answered_today"));
        }
    }

    @Command(
            name = "queues",
            mixinStandardHelpOptions = true,
            description = "Who waits, and for how long.")
    static final class OfQueues extends LookCommand {
        OfQueues() {
            super(
                    "queues",
                    List.of("number", "waiting", "waiting_since", "estimate_ms", "service_level"));
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return server.ask(
                err,
                client -> {
                    HttpResponse<String> answer =
                            client.send(
                                    server.get("/api/v1/" + what).timeout(PATIENCE).build(),
                                    HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() != 200) {
                        return server.refused(err, answer.statusCode(), answer.body());
                    }
                    if (json) {
                        out.println(answer.body());
                    } else {
                        table(out, JsonMapper.shared().readTree(answer.body()).path(what));
                    }
                    out.flush();
                    return 0;
                });
    }

    private void table(PrintWriter out, JsonNode items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns);
        for (JsonNode item : items) {
            rows.add(columns.stream().map(c -> cell(item.path(c))).toList());
        }
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            widths.add(rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0));
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static String cell(JsonNode value) {
        String text = value.isNull() || value.isMissingNode() ? "-" : value.asString("");
        return text.chars()
                .mapToObj(c -> Character.isISOControl(c) ? "?" : String.valueOf((char) c))
                .collect(Collectors.joining());
    }
}
