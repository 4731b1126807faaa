package io.jackfield.protocol.sip;

/** Host names and addresses as RFC 3261 §25.1 and RFC 5954 write them; nothing is looked up. */
final class Hosts {
    private static final int GROUPS = 8;
    private static final int LABEL_LENGTH_MAX = 63;
    private static final int NAME_LENGTH_MAX = 255;

    private Hosts() {}

    /** True for a host name, an IPv4 address or an IPv6 address in brackets. */
    static boolean isHost(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]") && isIpv6(text.substring(1, text.length() - 1));
        }
        return isIpv4(text) || isName(text);
    }

    /** Labels of letters, digits, hyphens and (in use, though not allowed) underscores. */
    private static boolean isName(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            return false;
        }
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isLabel(name, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        // "toplabel" begins with a letter: what ends in digits is an address or nothing.
        return isLabel(name, start, name.length()) && !isDecimal(name.substring(start));
    }

    private static boolean isLabel(String text, int from, int to) {
        if (from == to || to - from > LABEL_LENGTH_MAX) {
            return false;
        }
        if (text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
            return false;
        }
        return text.chars().skip(from).limit(to - from).allMatch(c -> Tokens.isIn(c, "-_"));
    }

    private static boolean isDecimal(String text) {
        return text.chars().allMatch(Tokens::isDigit);
    }

    static boolean isIpv4(String text) {
        int parts = 0;
        int start = 0;
        while (start <= text.length()) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            if (!isByte(text.substring(start, end))) {
                return false;
            }
            parts++;
            start = end + 1;
        }
        return parts == 4;
    }

    private static boolean isByte(String text) {
        return !text.isEmpty()
                && text.length() <= 3
                && isDecimal(text)
                && Integer.parseInt(text) <= 255;
    }

    /** An IPv6 address without brackets (RFC 4291 §2.2), maybe with an IPv4 address at its end. */
    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many 16-bit groups that text is; 0 when it is empty, -1 when it is none. */
    private static int groups(String text, boolean ipv4Allowed) {
        if (text.isEmpty()) {
            return 0;
        }
        int count = 0;
        int start = 0;
        while (start <= text.length()) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 ? text.length() : colon;
            String group = text.substring(start, end);
            if (ipv4Allowed && colon < 0 && isIpv4(group)) {
                return count + 2;
            }
            if (group.isEmpty() || group.length() > 4 || !group.chars().allMatch(Tokens::isHex)) {
                return -1;
            }
            count++;
            start = end + 1;
        }
        return count;
    }
}
