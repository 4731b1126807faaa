package io.jackfield.loadtool.media;

/** From whom to whom frames go. */
public enum Way {
    ECHO("phone to echo and back", "echo"),
    TO_TRUNK("phone to trunk", "to_trunk"),
    FROM_TRUNK("trunk to phone", "from_trunk"),
    TO_PHONE("phone to phone", "to_phone");

    private final String words;
    private final String key;

    Way(String words, String key) {
        this.words = words;
        this.key = key;
    }

    /** For a name in JSON. */
    public String key() {
        return key;
    }

    @Override
    public String toString() {
        return words;
    }
}
