package io.jackfield.server.config;

/**
 * One mistake in the configuration.
 *
 * @param what names the key and what is wrong with it
 * @param remedy what to write instead
 */
public record Problem(Place place, String what, String remedy) {

    /** One that has no line: {@code source} is a file, a table with its row, or another place. */
    public static Problem of(String source, String what, String remedy) {
        return new Problem(Place.whole(source), what, remedy);
    }

    @Override
    public String toString() {
        return place + ": " + what + "\n    " + remedy;
    }
}
