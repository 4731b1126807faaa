package io.jackfield.server.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Applies the configured level to our own loggers. */
public final class LogLevels {
    private LogLevels() {}

    /** {@code TRACE} shows all, {@code ERROR} the least. */
    public static void apply(Configuration.LogLevel level) {
        if (LoggerFactory.getLogger("io.jackfield") instanceof Logger ours) {
            ours.setLevel(
                    switch (level) {
                        case ERROR -> Level.ERROR;
                        case WARNING -> Level.WARN;
                        case INFO -> Level.INFO;
                        case DEBUG -> Level.DEBUG;
                        case TRACE -> Level.TRACE;
                    });
        }
    }
}
