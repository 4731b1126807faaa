package io.jackfield.api.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * Which part of a long list is wanted.
 *
 * @param cursor {@code next} of the page before; empty for the first
 * @param limit at most so many
 */
record Page(Optional<String> cursor, int limit) {
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Empty, and refused, when the request names none. */
    static Optional<Page> of(Exchange exchange, int standard, int max) {
        Fields parameters = Request.extractQueryParameters(exchange.request());
        String limit = parameters.getValue("limit");
        String cursor = parameters.getValue("cursor");
        int number =
                limit == null ? standard : limit.matches("\\d{1,5}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > max) {
            exchange.refuse(Problem.badRequest("limit is a whole number from 1 to " + max + "."));
            return Optional.empty();
        }
        if (cursor != null && !CURSOR.matcher(cursor).matches()) {
            exchange.refuse(Problem.badRequest("cursor is the next of the page before."));
            return Optional.empty();
        }
        return Optional.of(new Page(Optional.ofNullable(cursor), number));
    }
}
