package io.jackfield.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code jackfield channelstats}: each leg of the calls that are up, both ways: what came from the
 * peer as we counted it, what went to it as the peer reports it.
 */
@Command(
        name = "channelstats",
        mixinStandardHelpOptions = true,
        description = {
            "Loss, jitter, round trip and score of each leg, both ways, over the last five seconds"
                    + " that are known.",
            "'from' is what came from that party, counted here; 'to' is what went to it, as its"
                    + " RTCP says; '-' is not known (yet)."
        })
final class ChannelStatsCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String FORM = "%-30s %-14s %8s %8s %6s   %8s %8s %6s   %7s%n";

    @Mixin private ServerAt server = new ServerAt();

    @Option(names = "--call", paramLabel = "ID", description = "One call, up or over.")
    private @Nullable String call;

    @Option(names = "--json", description = "Prints JSON: one object for each call.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return server.ask(err, client -> show(client, out, err));
    }

    private int show(HttpClient client, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        if (call != null) {
            ids.add(call);
        } else {
            HttpResponse<String> calls = get(client, "/api/v1/calls");
            if (calls.statusCode() != 200) {
                return server.refused(err, calls.statusCode(), calls.body());
            }
            JsonMapper.shared()
                    .readTree(calls.body())
                    .path("calls")
                    .forEach(one -> ids.add(one.path("id").asString()));
        }
        if (!json) {
            out.printf(
                    FORM, "call", "party", "from %", "jitter", "MOS", "to %", "jitter", "MOS",
                    "rtt ms");
        }
        for (String id : ids) {
            String path = "/api/v1/calls/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
            HttpResponse<String> quality = get(client, path + "/quality");
            if (quality.statusCode() == 200) {
                print(out, id, quality.body());
            } else if (call != null) {
                return server.refused(err, quality.statusCode(), quality.body());
            }
        }
        out.flush();
        return 0;
    }

    private HttpResponse<String> get(HttpClient client, String path)
            throws IOException, InterruptedException {
        return client.send(
                server.get(path).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void print(PrintWriter out, String id, String body) {
        if (json) {
            out.println(body);
            return;
        }
        JsonNode quality = JsonMapper.shared().readTree(body);
        List<String> columns = new ArrayList<>();
        quality.path("columns").forEach(c -> columns.add(c.asString()));
        for (JsonNode leg : quality.path("legs")) {
            JsonNode windows = leg.path("windows");
            if (!windows.isEmpty()) {
                Window last = new Window(columns, windows.get(windows.size() - 1));
                out.printf(
                        FORM,
                        id,
                        leg.path("party").asString(""),
                        last.percent("in_lost", "in_packets", true),
                        last.cell("in_jitter_ms"),
                        last.cell("in_mos_lq"),
                        last.percent("out_lost", "out_expected", false),
                        last.cell("out_jitter_ms"),
                        last.cell("out_mos_lq"),
                        last.cell("rtt_ms"));
            }
        }
    }

    /** One window by the names of its columns. */
    private record Window(List<String> columns, JsonNode cells) {
        private JsonNode value(String column) {
            return cells.path(columns.indexOf(column));
        }

        String cell(String column) {
            return value(column).isNumber()
                    ? String.format(Locale.ROOT, "%.1f", value(column).asDouble())
                    : "-";
        }

        /**
         * @param arrived true where {@code of} counts what came, and not what should have
         */
        String percent(String lost, String of, boolean arrived) {
            if (!value(lost).isNumber()) {
                return "-";
            }
            double gone = Math.max(0, value(lost).asDouble());
            double all = value(of).asDouble() + (arrived ? gone : 0);
            return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100 * gone / all);
        }
    }
}
