package io.jackfield.server.config;

/**
 * A value that its {@link Form} cannot take. Thrown and caught inside this package only; the
 * message continues a sentence that begins with the key.
 */
final class InvalidValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String remedy;

    InvalidValue(Place place, String what, String remedy) {
        super(what, null, false, false);
        this.place = place;
        this.remedy = remedy;
    }

    Place place() {
        return place;
    }

    String remedy() {
        return remedy;
    }
}
