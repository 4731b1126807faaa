package io.jackfield.protocol.sdp;

import io.jackfield.protocol.sdp.SdpParser.Parsed;
import io.jackfield.protocol.sdp.SdpParser.Rejected;
import io.jackfield.protocol.sdp.SdpParser.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of the parser over one text: splits it into lines and gives each its meaning. */
final class SdpReader {
    /** The first three lines are fixed: v=, o=, s=. */
    private static final String PROLOGUE = "vos";

    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private final List<Timing> times = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private Optional<Origin> origin = Optional.empty();
    private String name = "";
    private Optional<Connection> connection = Optional.empty();
    private Optional<MediaReader> current = Optional.empty();

    private SdpReader() {}

    static Result read(String text) {
        return new SdpReader().run(text);
    }

    private Result run(String text) {
        List<String> lines = lines(text);
        if (lines.size() > SdpParser.LINES_MAX) {
            return new Rejected(
                    SdpParser.LINES_MAX + 1, "more than " + SdpParser.LINES_MAX + " lines");
        }
        for (int i = 0; i < lines.size(); i++) {
            Optional<String> fault = line(i, lines.get(i));
            if (fault.isPresent()) {
                return new Rejected(i + 1, fault.get());
            }
        }
        return finish(lines.size());
    }

    /** At most one line more than allowed: the rest is not even looked at. */
    private static List<String> lines(String text) {
        String trimmed = text.stripTrailing();
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from <= trimmed.length() && lines.size() <= SdpParser.LINES_MAX) {
            int feed = trimmed.indexOf('\n', from);
            int end = feed < 0 ? trimmed.length() : feed;
            int last = end > from && feed >= 0 && trimmed.charAt(end - 1) == '\r' ? end - 1 : end;
            lines.add(trimmed.substring(from, last));
            from = feed < 0 ? trimmed.length() + 1 : feed + 1;
        }
        return lines;
    }

    private Result finish(int lineCount) {
        closeMedia();
        if (origin.isEmpty() || lineCount < PROLOGUE.length()) {
            return new Rejected(lineCount, "v=, o= and s= must come first");
        }
        if (times.isEmpty()) {
            return new Rejected(lineCount, "no t= line");
        }
        boolean everywhere =
                connection.isPresent()
                        || media.stream()
                                .allMatch(m -> m.port() == 0 || m.connection().isPresent());
        if (!everywhere) {
            return new Rejected(lineCount, "no c= line for a media description");
        }
        return new Parsed(
                new SessionDescription(
                        origin.get(),
                        name,
                        connection,
                        bandwidths,
                        times,
                        new Attributes(attributes),
                        media));
    }

    /** Takes one line; the fault in words where it is not valid. */
    private Optional<String> line(int index, String line) {
        if (line.length() < 2 || line.charAt(1) != '=') {
            return Optional.of("not of the form type=value");
        }
        String value = line.substring(2);
        if (!SdpText.isByteString(value)) {
            return Optional.of("contains NUL or a bare CR");
        }
        char type = line.charAt(0);
        boolean prologue = index < PROLOGUE.length();
        if (prologue != (PROLOGUE.indexOf(type) >= 0)
                || (prologue && PROLOGUE.charAt(index) != type)) {
            return Optional.of("v=, o= and s= must come first, once each");
        }
        return prologue ? prologue(type, value) : body(type, value);
    }

    private Optional<String> prologue(char type, String value) {
        if (type == 'v') {
            return value.strip().equals("0") ? Optional.empty() : Optional.of("version is not 0");
        }
        if (type == 's') {
            name = value;
            return Optional.empty();
        }
        origin = Origin.parse(value);
        return origin.isPresent() ? Optional.empty() : Optional.of("origin is not valid");
    }

    private Optional<String> body(char type, String value) {
        if (type == 'm') {
            return media(value);
        }
        return current.isPresent() ? current.get().line(type, value) : session(type, value);
    }

    private Optional<String> session(char type, String value) {
        return switch (type) {
            case 'c' -> connection(value);
            case 'b' -> take(Bandwidth.parse(value), bandwidths::add, "bandwidth is not valid");
            case 't' -> take(Timing.parse(value), times::add, "time is not valid");
            case 'a' -> take(Attribute.parse(value), attributes::add, "attribute is not valid");
            case 'i', 'u', 'e', 'p', 'r', 'z', 'k' -> Optional.empty();
            default -> Optional.of("unknown type letter");
        };
    }

    private Optional<String> connection(String value) {
        if (connection.isPresent()) {
            return Optional.of("second c= line of the session");
        }
        return take(
                Connection.parse(value),
                c -> connection = Optional.of(c),
                "connection is not valid");
    }

    private Optional<String> media(String value) {
        closeMedia();
        if (media.size() == SdpParser.MEDIA_MAX) {
            return Optional.of("more than " + SdpParser.MEDIA_MAX + " media descriptions");
        }
        current = MediaReader.open(value);
        return current.isPresent() ? Optional.empty() : Optional.of("media line is not valid");
    }

    private void closeMedia() {
        current.ifPresent(open -> media.add(open.close()));
        current = Optional.empty();
    }

    static <T> Optional<String> take(Optional<T> value, Consumer<T> into, String fault) {
        value.ifPresent(into);
        return value.isPresent() ? Optional.empty() : Optional.of(fault);
    }
}
