package io.jackfield.protocol.sdp;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The canonical text of an IPv6 address (RFC 5952 §4), which the JDK does not write. */
final class ShortIpv6 {
    private static final int GROUPS = 8;

    private ShortIpv6() {}

    /** The text of these sixteen bytes: lower case, the first longest run of zeros as "::". */
    static String text(byte[] address) {
        int runStart = GROUPS;
        int runLength = 1; // "MUST NOT be used to shorten just one" group (§4.2.2)
        for (int i = 0; i < GROUPS; i++) {
            int length = zeros(address, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        if (runStart == GROUPS) {
            return groups(address, 0, GROUPS);
        }
        return groups(address, 0, runStart) + "::" + groups(address, runStart + runLength, GROUPS);
    }

    private static String groups(byte[] address, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(group(address, i)))
                .collect(Collectors.joining(":"));
    }

    /** How many groups of zero follow each other from that one on. */
    private static int zeros(byte[] address, int from) {
        int end = from;
        while (end < GROUPS && group(address, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int group(byte[] address, int index) {
        return (address[2 * index] & 0xff) << 8 | (address[2 * index + 1] & 0xff);
    }
}
