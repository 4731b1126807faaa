package io.jackfield.call.routing;

import java.net.URI;
import java.util.Set;

/**
 * An address that is told of events.
 *
 * @param name 1 to 64 letters, digits, dots, _ or -; it names files
 * @param url http or https, with a host
 * @param secret signs what is sent; shown to nobody
 * @param types words of events; empty means all
 * @param enabled where false, nothing new is kept for it, and what waits stays
 */
public record Webhook(String name, URI url, String secret, Set<String> types, boolean enabled) {
    public Webhook {
        types = Set.copyOf(types);
    }

    @Override
    public String toString() {
        return "Webhook[" + name + "]";
    }
}
