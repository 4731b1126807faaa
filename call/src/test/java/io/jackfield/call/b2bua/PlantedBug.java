package io.jackfield.call.b2bua;

/** A bug that a test plants: so many uses go well, then one fails, or all from then on. */
final class PlantedBug {
    /** What is thrown; nobody expects it. */
    static final class Sprung extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Sprung(long use) {
            super("planted: use " + use);
        }
    }

    private long uses;
    private long from = Long.MAX_VALUE;
    private long to = Long.MAX_VALUE;

    /** After so many more uses, one fails. */
    void onceAfter(long more) {
        from = uses + more;
        to = from;
    }

    /** After so many more uses, all fail. */
    void foreverAfter(long more) {
        from = uses + more;
        to = Long.MAX_VALUE;
    }

    /** It is found and taken out. */
    void repair() {
        from = Long.MAX_VALUE;
    }

    /** How often what it sits in has been used. */
    long uses() {
        return uses;
    }

    /** Something is used. */
    void use() {
        long number = uses;
        uses++;
        if (number >= from && number <= to) {
            throw new Sprung(number);
        }
    }
}
