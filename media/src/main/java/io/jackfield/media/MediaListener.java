package io.jackfield.media;

/** Hears what happens to legs. Called on the media loop: put it into a mailbox and return. */
@FunctionalInterface
public interface MediaListener {
    void on(MediaEvent event);
}
