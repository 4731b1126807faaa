package io.jackfield.protocol.sip;

/**
 * Writes IPv6 addresses as RFC 5952 §4 wants them: lower case, the longest run of zeros shortened.
 */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String of(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF;
        }
        int gap = longestZeros(groups);
        if (gap < 0) {
            return joined(groups, 0, GROUPS);
        }
        int behind = gap + zerosAt(groups, gap);
        return joined(groups, 0, gap) + "::" + joined(groups, behind, GROUPS);
    }

    /** Where the longest run begins; -1 when none has two groups. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zerosAt(groups, i);
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int zerosAt(int[] groups, int from) {
        int i = from;
        while (i < GROUPS && groups[i] == 0) {
            i++;
        }
        return i - from;
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < to; i++) {
            out.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
