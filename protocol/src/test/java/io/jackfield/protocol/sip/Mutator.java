package io.jackfield.protocol.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Breaks messages the ways networks, bad phones and attackers do. */
final class Mutator {
    private static final List<byte[]> WORDS =
            Stream.of(
                            "\r\n",
                            "\r",
                            "\n",
                            "\r\n ",
                            "\r\n\t",
                            "\r\n\r\n",
                            "\0",
                            " ",
                            "\t",
                            ":",
                            ";",
                            ",",
                            "<",
                            ">",
                            "\"",
                            "\\",
                            "\\\"",
                            "%",
                            "%00",
                            "%0d%0a",
                            "%zz",
                            "@",
                            "[",
                            "]",
                            "::",
                            "[::1]",
                            "(",
                            "((((",
                            "*",
                            "?",
                            "=",
                            "&",
                            "/",
                            ";lr",
                            ";tag=x",
                            ";tag=",
                            ";branch=z9hG4bK",
                            ";rport",
                            ";received=[::1]",
                            "sip:",
                            "sips:",
                            "tel:+1",
                            "SIP/2.0",
                            "SIP/3.0",
                            "INVITE",
                            "ACK",
                            "Via: ",
                            "v: ",
                            "Contact: *",
                            "m:<sip:a@b>",
                            "l: 5",
                            "Content-Length: 0",
                            "CSeq: 1 INVITE",
                            "4294967296",
                            "99999999999999999999999",
                            "-1",
                            "é",
                            "\uD83D\uDE00",
                            "\u0085",
                            "\u2028")
                    .map(word -> word.getBytes(StandardCharsets.UTF_8))
                    .toList();

    private static final int CHANGES_MAX = 6;
    private static final int COPIES_MAX = 40;
    private static final int CHUNK_MAX = 60;

    private final List<byte[]> seeds;
    private final RandomGenerator random;

    Mutator(List<byte[]> seeds, RandomGenerator random) {
        this.seeds = seeds;
        this.random = random;
    }

    byte[] next() {
        byte[] bytes = seed();
        int changes = 1 + random.nextInt(1 + random.nextInt(CHANGES_MAX));
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + random.nextInt(CHUNK_MAX));
        return switch (random.nextInt(8)) {
            case 0 -> replaced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(bytes, at, at, word());
            case 2 -> replaced(bytes, at, at + 1, word());
            case 3 -> replaced(bytes, at, end, new byte[0]);
            case 4 -> replaced(bytes, end, end, repeated(Arrays.copyOfRange(bytes, at, end)));
            case 5 -> withLineMoved(bytes);
            case 6 -> spliced(bytes, at);
            default -> flipped(bytes, at);
        };
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private byte[] repeated(byte[] chunk) {
        int copies = random.nextInt(10) == 0 ? random.nextInt(COPIES_MAX) : 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < copies; i++) {
            out.writeBytes(chunk);
        }
        return out.toByteArray();
    }

    /** One line taken out and put elsewhere, of this message or another. */
    private byte[] withLineMoved(byte[] bytes) {
        byte[] line = line(random.nextBoolean() ? bytes : seed());
        int at = lineStart(bytes, random.nextInt(bytes.length));
        return replaced(bytes, at, at, line);
    }

    private byte[] line(byte[] bytes) {
        int from = lineStart(bytes, random.nextInt(bytes.length));
        int to = from;
        while (to < bytes.length && bytes[to] != '\n') {
            to++;
        }
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, to + 1));
    }

    private static int lineStart(byte[] bytes, int at) {
        int start = at;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private byte[] spliced(byte[] bytes, int at) {
        byte[] other = seed();
        return replaced(bytes, at, bytes.length, tail(other, random.nextInt(other.length)));
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + with.length);
        out.write(bytes, 0, from);
        out.writeBytes(with);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
