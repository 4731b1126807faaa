package io.jackfield.server;

import java.util.Optional;

/** Which Jackfield this is. */
final class Version {
    /** From the jar's manifest; {@code development} when run from classes. */
    static final String NUMBER =
            Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                    .orElse("development");

    /** For User-Agent and Server. */
    static final String PRODUCT = "Jackfield/" + NUMBER;

    private Version() {}
}
