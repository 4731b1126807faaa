package io.jackfield.protocol.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Messages that tests read: those of the RFCs from the test resources, all others from the corpora
 * beside the checkout ({@code ../shared}, or where {@code JACKFIELD_SHARED} says).
 */
public final class SipCorpora {
    private SipCorpora() {}

    /** One row of a manifest: which file, where in the standard, and what it is called. */
    public record Row(String file, String section, String title) {}

    /** A file of the test resources. */
    public static byte[] resource(String path) {
        try (InputStream in = SipCorpora.class.getResourceAsStream("/" + path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a folder's manifest. */
    public static List<Row> manifest(String folder) {
        String text = new String(resource(folder + "/manifest.tsv"), StandardCharsets.UTF_8);
        return text.lines()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(cells -> new Row(cells[0], cells[1], cells[2]))
                .toList();
    }

    /** The messages of RFC 4475 and RFC 5118 by name. */
    public static Map<String, byte[]> torture() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (String folder : List.of("rfc4475", "rfc5118")) {
            manifest(folder).forEach(r -> all.put(r.file(), resource(folder + "/" + r.file())));
        }
        return all;
    }

    /** A folder or file of the shared corpora; without them the test is skipped. */
    public static Path shared(String path) {
        Optional<Path> found = find(path);
        Assumptions.assumeTrue(
                found.isPresent(),
                "the corpora are not here: set JACKFIELD_SHARED or put them beside the checkout");
        return found.orElseThrow();
    }

    /** The files of a shared folder by name; none where the corpora are absent. */
    public static Map<String, byte[]> filesIfThere(String path) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        find(path).ifPresent(folder -> files.putAll(files(folder)));
        return files;
    }

    /** The files of a folder by name, manifests left out. */
    public static Map<String, byte[]> files(Path folder) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.sorted().toList()) {
                if (!file.toString().endsWith(".tsv")) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static Optional<Path> find(String path) {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("JACKFIELD_SHARED")),
                        Optional.ofNullable(System.getenv("JACKFIELD_SHARED")),
                        Optional.of("../shared"),
                        Optional.of("../../shared"))
                .flatMap(Optional::stream)
                .map(root -> Path.of(root, "corpora", path))
                .filter(Files::exists)
                .findFirst();
    }
}
