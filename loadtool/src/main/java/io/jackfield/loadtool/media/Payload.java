package io.jackfield.loadtool.media;

/** What packets hold. */
public enum Payload {
    /** Numbers, for a PBX that passes each packet's content on as it is. */
    NUMBERS,
    /** Sound, for one that decodes and encodes it. */
    SOUND
}
