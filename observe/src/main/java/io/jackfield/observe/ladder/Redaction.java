package io.jackfield.observe.ladder;

import io.jackfield.protocol.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of messages before anybody keeps or sends them: what proves a password (RFC
 * 7616), tokens (RFC 6750, RFC 8898), passwords in URIs (RFC 3261 §19.1.1), ICE passwords (RFC
 * 8839), keys in descriptions (RFC 4568, RFC 4566 §5.12), and keys that were pressed, which may be
 * a card's number. Whatever is hidden leaves a mark in its place.
 *
 * <p>Pure; any thread.
 */
public final class Redaction {
    /** What stands in the place of a secret. */
    public static final String HIDDEN = "[hidden]";

    /** Parameters of a digest that help whoever guesses the password. */
    private static final Pattern DIGEST_PROOF =
            Pattern.compile(
                    "\\b(response|cnonce|rspauth|nextnonce)\\s*=\\s*(\"[^\"]*\"?|[^\\s,]+)",
                    Pattern.CASE_INSENSITIVE);

    /** Bounded, so that a line full of beginnings costs no more than its length. */
    private static final Pattern URI_PASSWORD =
            Pattern.compile(
                    "(sips?:[^\\s:@<>;,\"]{0,256}):[^\\s@<>,\"]{0,256}@", Pattern.CASE_INSENSITIVE);

    /** {@code ?X-Call-Token=…} in a Refer-To, {@code token=…}, {@code "password": "…"}. */
    private static final Pattern NAMED_SECRET =
            Pattern.compile(
                    "((?:token|password|passwd|secret|api-?key)\"?\\s*[=:]\\s*)"
                            + "(\"[^\"]*\"?|[^\\s;&,>\"?}]+)",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern SECRET_HEADER =
            Pattern.compile("[A-Za-z0-9-]*(token|password|secret|cookie|api-?key)[A-Za-z0-9-]*");

    private Redaction() {}

    /** The message as text, without its secrets. */
    public static String text(SipMessage message) {
        String all = new String(message.encode(), StandardCharsets.UTF_8);
        boolean keys =
                message.contentType()
                        .filter(type -> type.startsWith("application/dtmf"))
                        .isPresent();
        return text(all, keys);
    }

    /** The same for a message that is text already. */
    static String text(String all, boolean keysInBody) {
        StringBuilder out = new StringBuilder(all.length());
        boolean body = false;
        int from = 0;
        while (from < all.length()) {
            int end = all.indexOf('\n', from);
            int next = end < 0 ? all.length() : end + 1;
            int stop = end < 0 ? next : end > from && all.charAt(end - 1) == '\r' ? end - 1 : end;
            String line = all.substring(from, stop);
            out.append(body && keysInBody ? pressed(line) : line(line));
            out.append(all, stop, next);
            body |= line.isEmpty();
            from = next;
        }
        return out.toString();
    }

    /** One line of a message, of its headers or its body. */
    private static String line(String line) {
        if (startsWith(line, "a=")) {
            return attribute(line);
        }
        if (startsWith(line, "k=")) {
            return "k=" + HIDDEN;
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (SECRET_HEADER.matcher(name).matches()) {
            return line.substring(0, colon + 1) + " " + HIDDEN;
        }
        return switch (name) {
            case "authorization", "proxy-authorization" -> credentials(line, colon);
            case "authentication-info", "proxy-authentication-info" -> withoutProof(line);
            default -> withoutNamed(withoutUriPassword(line));
        };
    }

    private static String attribute(String line) {
        if (startsWith(line, "a=ice-pwd:")) {
            return "a=ice-pwd:" + HIDDEN;
        }
        if (startsWith(line, "a=crypto:")) {
            String[] parts = line.split(" ", 3);
            return parts.length < 3
                    ? "a=crypto:" + HIDDEN
                    : parts[0] + " " + parts[1] + " " + HIDDEN;
        }
        if (startsWith(line, "a=key-mgmt:")) {
            return "a=key-mgmt:" + HIDDEN;
        }
        return withoutNamed(line);
    }

    private static boolean startsWith(String line, String prefix) {
        return line.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** Of a digest, who and for what; of any other kind, the kind alone. */
    private static String credentials(String line, int colon) {
        String value = line.substring(colon + 1).strip();
        int space = value.indexOf(' ');
        String scheme = space < 0 ? value : value.substring(0, space);
        return scheme.equalsIgnoreCase("Digest")
                ? withoutUriPassword(withoutProof(line))
                : line.substring(0, colon + 1) + " " + (space < 0 ? "" : scheme + " ") + HIDDEN;
    }

    private static String withoutProof(String line) {
        return DIGEST_PROOF.matcher(line).replaceAll("$1=\"" + HIDDEN + "\"");
    }

    private static String withoutUriPassword(String line) {
        if (line.indexOf('@') < 0) {
            return line;
        }
        return URI_PASSWORD
                .matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + ":" + HIDDEN + "@"));
    }

    private static String withoutNamed(String line) {
        return NAMED_SECRET
                .matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + HIDDEN));
    }

    /** {@code Signal=5}, or the key alone; how long it was held says nothing. */
    private static String pressed(String line) {
        if (line.isBlank() || startsWith(line, "Duration")) {
            return line;
        }
        int equals = line.indexOf('=');
        return (equals < 0 ? "" : line.substring(0, equals + 1)) + HIDDEN;
    }
}
