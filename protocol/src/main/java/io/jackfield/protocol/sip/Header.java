package io.jackfield.protocol.sip;

/**
 * One header line.
 *
 * @param name in its canonical long form (RFC 3261 §7.3.3, §20): {@code v} arrives as {@code Via};
 *     a header that is not known keeps the letters it was sent with
 * @param value unfolded, without white space at either end
 */
public record Header(String name, String value) {
    /** Compares names without case (RFC 3261 §7.3.1). */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
