package io.jackfield.media.prompt;

/** In which language numbers are said. */
public enum Language {
    ENGLISH,
    RUSSIAN
}
