package io.jackfield.contactcenter;

/**
 * A call, by the id that the call engine gave it; a call back has one of ours until it is there.
 */
public record CallId(String value) implements Comparable<CallId> {
    @Override
    public int compareTo(CallId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
