package io.jackfield.media;

/** Who makes the offer of a browser leg; decides {@code a=setup} (RFC 8842 §5). */
public enum IceSide {
    /**
     * The browser offers, we answer with {@code active}: our ClientHello leaves with the answer to
     * the first ICE check, which saves half a round trip against waiting for the browser's.
     */
    ANSWERING,
    /** We offer {@code actpass} and take the role the browser leaves us. */
    OFFERING
}
