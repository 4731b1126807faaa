package io.jackfield.server;

import io.jackfield.observe.ladder.LadderText;
import io.jackfield.storage.ladder.LadderRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/** {@code jackfield trace}: SIP, ICE, DTLS and media of calls, live or as they were. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Shows every SIP message and what happens to media, as it happens, until it is"
                    + " stopped.",
            "With --call: all that is kept of that call; with --pcap as a file for Wireshark."
        })
final class TraceCommand implements Callable<Integer> {
    private static final int WRONG = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin private ServerAt server = new ServerAt();

    @Option(
            names = "--call",
            paramLabel = "ID",
            description = "One call; 'jackfield calls' names those that are up.")
    private @Nullable String call;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Legs and registrations of one agent, or trunk.")
    private @Nullable String agent;

    @Option(
            names = "--number",
            paramLabel = "NUMBER",
            description = "Calls from or to what holds these digits.")
    private @Nullable String number;

    @Option(names = "--short", description = "One line a message.")
    private boolean brief;

    @Option(names = "--json", description = "Prints JSON; live, one object a line.")
    private boolean json;

    @Option(
            names = "--follow",
            description = "With --call: live from now on, in place of what is kept.")
    private boolean follow;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = "With --call: writes its messages into a capture file.")
    private @Nullable Path pcap;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (pcap != null && (call == null || follow)) {
            err.println("--pcap needs --call ID, without --follow.");
            return WRONG;
        }
        return server.ask(
                err,
                client ->
                        call != null && !follow
                                ? kept(client, out, err, call)
                                : live(client, out, err));
    }

    // ---- one call

    private int kept(HttpClient client, PrintWriter out, PrintWriter err, String id)
            throws IOException, InterruptedException {
        String form = pcap != null ? ".pcap" : json ? "" : ".txt";
        HttpResponse<byte[]> answer =
                client.send(
                        server.get("/api/v1/calls/" + encoded(id) + "/ladder" + form)
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() != 200) {
            return server.refused(err, answer.statusCode(), text);
        }
        if (pcap != null) {
            Files.write(pcap, answer.body());
            out.println("wrote " + pcap + ", " + answer.body().length + " bytes");
        } else {
            out.print(brief && !json ? text.substring(0, shortEnd(text)) : text);
        }
        out.flush();
        return 0;
    }

    /** The rows in short end at the second empty line. */
    private static int shortEnd(String text) {
        int rows = text.indexOf("\n\n");
        int end = rows < 0 ? -1 : text.indexOf("\n\n", rows + 2);
        return end < 0 ? text.length() : end + 1;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // ---- live

    private int live(HttpClient client, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(
                        server.get("/api/v1/trace" + query()).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                return server.refused(
                        err, answer.statusCode(), String.join("", lines.lines().toList()));
            }
            err.println("Looking on; Ctrl-C ends it.");
            err.flush();
            String event = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    show(out, event, line.substring("data: ".length()));
                }
            }
        }
        return 0;
    }

    private String query() {
        List<String> parts = new ArrayList<>();
        add(parts, "call", call);
        add(parts, "agent", agent);
        add(parts, "number", number);
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.add(name + "=" + encoded(value));
        }
    }

    private void show(PrintWriter out, String event, String data) {
        if (json) {
            out.println(data);
        } else if (event.equals("gap")) {
            out.println(
                    "... "
                            + JsonMapper.shared().readTree(data).path("missed").asInt()
                            + " rows were missed: this terminal is too slow");
        } else {
            JsonNode node = JsonMapper.shared().readTree(data);
            LadderRow row = row(node);
            boolean whole = !brief && row.kind() == LadderRow.Kind.SIP;
            String text = LadderText.message(row, List.of());
            out.print(whole ? text + "\n" : text.lines().findFirst().orElse("") + "\n");
        }
        out.flush();
    }

    private static LadderRow row(JsonNode node) {
        return new LadderRow(
                0,
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(node.path("at").asString())),
                LadderRow.Kind.valueOf(node.path("kind").asString().toUpperCase(Locale.ROOT)),
                node.path("party").asString(node.path("leg").asString("")),
                node.path("direction").asString("").equals("out"),
                node.path("transport").asString(""),
                node.path("local").asString(""),
                node.path("remote").asString(""),
                node.path("title").asString(""),
                node.path("text").asString(""));
    }
}
