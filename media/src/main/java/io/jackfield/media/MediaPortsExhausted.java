package io.jackfield.media;

/** Every RTP/RTCP port pair of the range is taken: answer 503. */
public final class MediaPortsExhausted extends Exception {
    private static final long serialVersionUID = 1L;

    public MediaPortsExhausted(String message) {
        super(message);
    }
}
