package io.jackfield.protocol.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The corpora that lie beside the checkout, in {@code ../shared}. Where they are absent, the tests
 * that need them say so and are skipped.
 */
public final class SharedCorpora {
    private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*}");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"?([^\",}\\n]*)\"?");

    private SharedCorpora() {}

    /** The files of a folder of fuzz seeds, by name. */
    public static Map<String, byte[]> seeds(String kind) {
        Map<String, byte[]> seeds = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder("fuzz-seeds").resolve(kind))) {
            for (Path file : files.toList()) {
                seeds.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new IllegalStateException(kind, e);
        }
        return seeds;
    }

    /** The innermost objects of a JSON file of vectors, from the line that names the section on. */
    public static List<Map<String, String>> vectors(String file, String section) {
        String json = read(folder("vectors").resolve(file));
        List<Map<String, String>> vectors = new ArrayList<>();
        int from = json.indexOf("\"" + section + "\": [");
        int end = json.indexOf("\n ]", from);
        Matcher object = OBJECT.matcher(json.substring(from, end));
        while (object.find()) {
            Map<String, String> fields = new TreeMap<>();
            Matcher field = FIELD.matcher(object.group());
            while (field.find()) {
                fields.put(field.group(1), field.group(2));
            }
            vectors.add(fields);
        }
        return vectors;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static Path folder(String name) {
        Optional<Path> shared = shared();
        Assumptions.assumeTrue(
                shared.isPresent(),
                "the corpora are not here: set JACKFIELD_SHARED or put them beside the checkout");
        return shared.get().resolve("corpora").resolve(name);
    }

    private static Optional<Path> shared() {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("JACKFIELD_SHARED")),
                        Optional.ofNullable(System.getenv("JACKFIELD_SHARED")),
                        Optional.of("../shared"),
                        Optional.of("../../shared"))
                .flatMap(Optional::stream)
                .map(Path::of)
                .filter(path -> Files.isDirectory(path.resolve("corpora")))
                .findFirst();
    }
}
