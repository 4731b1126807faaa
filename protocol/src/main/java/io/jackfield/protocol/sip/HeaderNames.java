package io.jackfield.protocol.sip;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Header names: canonical letters, compact forms (RFC 3261 §7.3.3), and which may come once. */
final class HeaderNames {
    private static final Map<String, String> COMPACT =
            Map.ofEntries(
                    Map.entry("a", "Accept-Contact"),
                    Map.entry("b", "Referred-By"),
                    Map.entry("c", "Content-Type"),
                    Map.entry("d", "Request-Disposition"),
                    Map.entry("e", "Content-Encoding"),
                    Map.entry("f", "From"),
                    Map.entry("i", "Call-ID"),
                    Map.entry("j", "Reject-Contact"),
                    Map.entry("k", "Supported"),
                    Map.entry("l", "Content-Length"),
                    Map.entry("m", "Contact"),
                    Map.entry("n", "Identity-Info"),
                    Map.entry("o", "Event"),
                    Map.entry("r", "Refer-To"),
                    Map.entry("s", "Subject"),
                    Map.entry("t", "To"),
                    Map.entry("u", "Allow-Events"),
                    Map.entry("v", "Via"),
                    Map.entry("x", "Session-Expires"),
                    Map.entry("y", "Identity"));

    private static final List<String> KNOWN =
            List.of(
                    "Accept",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Alert-Info",
                    "Allow",
                    "Authentication-Info",
                    "Authorization",
                    "Call-Info",
                    "Content-Disposition",
                    "Content-Language",
                    "CSeq",
                    "Date",
                    "Diversion",
                    "Error-Info",
                    "Expires",
                    "Flow-Timer",
                    "History-Info",
                    "In-Reply-To",
                    "Info-Package",
                    "Max-Forwards",
                    "MIME-Version",
                    "Min-Expires",
                    "Min-SE",
                    "Organization",
                    "P-Asserted-Identity",
                    "P-Preferred-Identity",
                    "Path",
                    "Priority",
                    "Privacy",
                    "Proxy-Authenticate",
                    "Proxy-Authorization",
                    "Proxy-Require",
                    "RAck",
                    "Reason",
                    "Record-Route",
                    "Recv-Info",
                    "Remote-Party-ID",
                    "Replaces",
                    "Reply-To",
                    "Require",
                    "Retry-After",
                    "Route",
                    "RSeq",
                    "Server",
                    "Service-Route",
                    "SIP-ETag",
                    "SIP-If-Match",
                    "Subscription-State",
                    "Timestamp",
                    "Unsupported",
                    "User-Agent",
                    "Warning",
                    "WWW-Authenticate");

    /**
     * Headers that steer us and have one value: a second line could mean one thing to us and
     * another to the next element.
     */
    private static final Set<String> SINGLE =
            Set.of(
                    "From",
                    "To",
                    "Call-ID",
                    "CSeq",
                    "Max-Forwards",
                    "Content-Length",
                    "Content-Type",
                    "Content-Disposition",
                    "Expires",
                    "Min-Expires",
                    "Session-Expires",
                    "Min-SE",
                    "RSeq",
                    "RAck",
                    "Event",
                    "Subscription-State",
                    "Refer-To",
                    "Referred-By",
                    "Replaces");

    /**
     * Those that are read into a type, or, as Content-Length, computed when a message is written.
     */
    private static final Set<String> TYPED =
            Set.of(
                    "Via",
                    "From",
                    "To",
                    "Call-ID",
                    "CSeq",
                    "Max-Forwards",
                    "Contact",
                    "Route",
                    "Record-Route",
                    "Content-Length");

    private static final Map<String, String> CANONICAL = canonical();

    private HeaderNames() {}

    private static Map<String, String> canonical() {
        Map<String, String> map = new HashMap<>(COMPACT);
        COMPACT.values().forEach(name -> map.put(name.toLowerCase(Locale.ROOT), name));
        KNOWN.forEach(name -> map.put(name.toLowerCase(Locale.ROOT), name));
        return Map.copyOf(map);
    }

    /** The long form with its usual letters; the name itself when it is not known. */
    static String canonical(String name) {
        return CANONICAL.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    /** True for a canonical name that may stand in a message but once. */
    static boolean comesOnce(String canonical) {
        return SINGLE.contains(canonical);
    }

    /** True for a name, long or compact, that never stands among the untyped headers. */
    static boolean isTyped(String name) {
        return TYPED.contains(canonical(name));
    }
}
