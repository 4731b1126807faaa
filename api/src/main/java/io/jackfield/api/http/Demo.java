package io.jackfield.api.http;

import java.util.List;

/**
 * What the demo's page shows so that nobody has to look anything up. Exists in the demo alone: it
 * holds passwords.
 *
 * @param webSocket address of the SIP listener, as {@code ws://127.0.0.1:8080/ws}
 */
public record Demo(String domain, String webSocket, List<Login> agents, List<DialHint> numbers) {
    public Demo {
        agents = List.copyOf(agents);
        numbers = List.copyOf(numbers);
    }

    /** One agent anybody may be. */
    public record Login(String name, String password) {}

    /** A number worth dialling, with what is behind it in English and Russian. */
    public record DialHint(String number, String english, String russian) {}
}
