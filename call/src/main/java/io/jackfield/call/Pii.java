package io.jackfield.call;

/**
 * A person's number or name, for a log: the first and the last two characters, the rest hidden.
 * Extensions of up to four characters are shown whole; they say nothing outside the house.
 */
public record Pii(String value) {
    private static final int SHORT = 4;

    public static Pii of(String value) {
        return new Pii(value);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            boolean shown = value.length() <= SHORT || i == 0 || i >= value.length() - 2;
            char c = value.charAt(i);
            out.append(!shown ? '*' : c > ' ' && c < 127 && c != '"' ? c : '?');
        }
        return out.toString();
    }
}
