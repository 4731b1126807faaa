package io.jackfield.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 text into {@link Yaml}. */
final class YamlReader {
    /** Deeper than any file of ours; a document that refers to itself ends here. */
    private static final int DEPTH_MAX = 32;

    private final String source;
    private final Problems problems;

    private YamlReader(String source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The document's top mapping; an empty one where there is none and the problem was told. */
    static Yaml.Mapping readMapping(String source, String text, Problems problems) {
        return new YamlReader(source, problems).mapping(text);
    }

    /** One value, as an environment variable holds it. */
    static Optional<Yaml> readValue(String source, String text, Problems problems) {
        return new YamlReader(source, problems).value(text);
    }

    private Yaml.Mapping mapping(String text) {
        Yaml.Mapping none = new Yaml.Mapping(Place.whole(source), Map.of());
        Optional<Yaml> document = value(text);
        if (document.isEmpty()) {
            return none;
        }
        if (document.get() instanceof Yaml.Mapping mapping) {
            return mapping;
        }
        problems.add(
                document.get().place(),
                "the file is " + document.get().kind() + ", not a group of keys",
                "Write lines of the form 'key: value'.");
        return none;
    }

    private Optional<Yaml> value(String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(source).setUseMarks(true).build();
        try {
            return new Compose(settings).composeString(text).map(node -> convert(node, 0));
        } catch (MarkedYamlEngineException broken) {
            Place place = broken.getProblemMark().map(this::place).orElse(Place.whole(source));
            problems.add(
                    place,
                    "this is not YAML: " + broken.getProblem(),
                    "Mind the indentation (spaces, no tabs) and quote values that hold ': ' or"
                            + " ' #'.");
        } catch (YamlEngineException broken) {
            problems.add(
                    Place.whole(source),
                    "this is not YAML: " + broken.getMessage(),
                    "Check the file with a YAML editor.");
        }
        return Optional.empty();
    }

    private Yaml convert(Node node, int depth) {
        Place place = node.getStartMark().map(this::place).orElse(Place.whole(source));
        if (depth > DEPTH_MAX) {
            problems.add(place, "values are nested too deeply", "Nest at most " + DEPTH_MAX + ".");
            return new Yaml.Scalar(place, "", true);
        }
        if (node instanceof AnchorNode anchor) {
            return convert(anchor.getRealNode(), depth);
        }
        if (node instanceof MappingNode mapping) {
            return new Yaml.Mapping(place, entries(mapping, depth));
        }
        if (node instanceof SequenceNode sequence) {
            List<Yaml> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
            return new Yaml.Sequence(place, items);
        }
        ScalarNode scalar = (ScalarNode) node;
        return new Yaml.Scalar(place, scalar.getValue(), scalar.getTag().equals(Tag.NULL));
    }

    private Map<String, Yaml.Entry> entries(MappingNode mapping, int depth) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place place =
                    tuple.getKeyNode().getStartMark().map(this::place).orElse(Place.whole(source));
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(place, "a key must be a word", "Write 'key: value'.");
                continue;
            }
            Yaml.Entry entry = new Yaml.Entry(place, convert(tuple.getValueNode(), depth + 1));
            Yaml.Entry earlier = entries.putIfAbsent(key.getValue(), entry);
            if (earlier != null) {
                problems.add(
                        place,
                        key.getValue() + " is written twice",
                        "Remove one; the first stands at " + earlier.keyPlace() + ".");
            }
        }
        return entries;
    }

    private Place place(Mark mark) {
        return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
