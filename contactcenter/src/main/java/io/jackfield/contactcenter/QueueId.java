package io.jackfield.contactcenter;

/** A queue, by its number in the site. */
public record QueueId(String number) implements Comparable<QueueId> {
    @Override
    public int compareTo(QueueId other) {
        return number.compareTo(other.number);
    }

    @Override
    public String toString() {
        return number;
    }
}
