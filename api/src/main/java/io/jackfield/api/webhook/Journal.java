package io.jackfield.api.webhook;

import io.jackfield.api.webhook.Outbox.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One endpoint's outbox on disk: a line for each change, written before anything is sent. Written
 * anew, with only what still waits, at the start and whenever it has grown.
 *
 * <p>Confined to its {@link Endpoint}'s lock. Lines are handed to the system at once and outlive
 * the process; what the machine had not written when its power failed is gone.
 */
final class Journal implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Lines that are no more than the past; a few MiB. */
    private static final int PAST_MAX = 20_000;

    private final Path file;
    private Optional<FileChannel> open = Optional.empty();
    private int past;

    Journal(Path file) {
        this.file = file;
    }

    /** The outbox as it was left; a line that was torn is left out. */
    Outbox read() throws IOException {
        Outbox outbox = new Outbox();
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                lines.map(Journal::change).flatMap(Optional::stream).forEach(outbox::replay);
            } catch (UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
        }
        rewrite(outbox);
        return outbox;
    }

    /** Writes changes down; {@code outbox} is what they led to. */
    void write(List<Change> changes, Outbox outbox) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            // a line break on both sides: a line that was torn before cannot spoil this one
            text.append('\n').append(line(change)).append('\n');
        }
        past += changes.size();
        append(text.toString());
        if (past > PAST_MAX) {
            rewrite(outbox);
        }
    }

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        if (open.isEmpty()) {
            open =
                    Optional.of(
                            FileChannel.open(
                                    file,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.APPEND));
        }
        while (bytes.hasRemaining()) {
            open.get().write(bytes);
        }
    }

    private void rewrite(Outbox outbox) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Outbox.Dead dead : outbox.dead()) {
            lines.add(line(new Change.Added(dead.item())));
            lines.add(line(new Change.GivenUp(dead)));
        }
        outbox.pending().forEach(item -> lines.add(line(new Change.Added(item))));
        close();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, lines, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        past = 0;
    }

    /** The endpoint is no more. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
            open = Optional.empty();
        }
    }

    // ---- lines

    private static String line(Change change) {
        ObjectNode node = JSON.createObjectNode();
        switch (change) {
            case Change.Added(var item) -> item(node.put("change", "added"), item);
            case Change.Taken(var id) -> node.put("change", "taken").put("id", id);
            case Change.GivenUp(var dead) ->
                    item(node.put("change", "given_up"), dead.item())
                            .put("attempts", dead.attempts())
                            .put("reason", dead.reason())
                            .put("at", dead.at().toEpochMilli());
            case Change.SentAgain(var id, var since) ->
                    node.put("change", "sent_again")
                            .put("id", id)
                            .put("since", since.toEpochMilli());
            case Change.Forgotten(var id) -> node.put("change", "forgotten").put("id", id);
        }
        return JSON.writeValueAsString(node);
    }

    private static ObjectNode item(ObjectNode node, Outbox.Item item) {
        return node.put("id", item.id())
                .put("type", item.type())
                .put("since", item.since().toEpochMilli())
                .put("json", item.json());
    }

    private static Optional<Change> change(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            long id = node.path("id").asLong(0);
            Instant since = Instant.ofEpochMilli(node.path("since").asLong(0));
            Outbox.Item item =
                    new Outbox.Item(
                            id,
                            node.path("type").asString(""),
                            node.path("json").asString(""),
                            since);
            return switch (node.path("change").asString("")) {
                case "added" -> Optional.of(new Change.Added(item));
                case "taken" -> Optional.of(new Change.Taken(id));
                case "given_up" ->
                        Optional.of(
                                new Change.GivenUp(
                                        new Outbox.Dead(
                                                item,
                                                node.path("attempts").asInt(0),
                                                node.path("reason").asString(""),
                                                Instant.ofEpochMilli(node.path("at").asLong(0)))));
                case "sent_again" -> Optional.of(new Change.SentAgain(id, since));
                case "forgotten" -> Optional.of(new Change.Forgotten(id));
                default -> Optional.empty();
            };
        } catch (JacksonException torn) {
            return Optional.empty();
        }
    }
}
