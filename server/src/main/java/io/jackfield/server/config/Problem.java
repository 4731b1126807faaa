package io.jackfield.server.config;

/**
 * One mistake in the configuration.
 *
 * @param what names the key and what is wrong with it
 * @param remedy what to write instead
 */
public record Problem(Place place, String what, String remedy) {

    @Override
    public String toString() {
        return place + ": " + what + "\n    " + remedy;
    }
}
