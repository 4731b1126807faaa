package io.jackfield.protocol.bytes;

import io.jackfield.testkit.Seed;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Broken packets made from good ones, the same for the same printed seed. */
public final class Mutations {
    private static final int COUNT = Integer.getInteger("jackfield.mutations", 100_000);
    private static final byte[] EDGES = {0, 1, 4, 0x7F, (byte) 0x80, (byte) 0xFF};

    private final List<byte[]> originals;
    private final RandomGenerator random;

    private Mutations(Collection<byte[]> originals, Seed seed) {
        this.originals = List.copyOf(originals);
        this.random = seed.random();
    }

    /** Gives {@code jackfield.mutations} (100,000) broken packets to the target. */
    public static void feed(String test, Collection<byte[]> originals, Consumer<byte[]> target) {
        Mutations mutations = new Mutations(originals, Seed.printed(test));
        for (int i = 0; i < COUNT; i++) {
            byte[] packet = mutations.next();
            try {
                target.accept(packet);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("thrown for " + Hex.text(packet), e);
            }
        }
    }

    private byte[] next() {
        byte[] packet = originals.get(random.nextInt(originals.size())).clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            packet = changed(packet);
        }
        return packet;
    }

    private byte[] changed(byte[] packet) {
        if (packet.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(packet.length);
        switch (random.nextInt(6)) {
            case 0 -> packet[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> packet[at] = (byte) random.nextInt();
            case 2 -> packet[at] = EDGES[random.nextInt(EDGES.length)];
            case 3 -> {
                return Arrays.copyOf(packet, at);
            }
            case 4 -> {
                return Arrays.copyOf(packet, packet.length + 1 + random.nextInt(16));
            }
            default -> {
                int length = random.nextInt(packet.length - at) + 1;
                int to = random.nextInt(packet.length - length + 1);
                System.arraycopy(packet, at, packet, to, length);
            }
        }
        return packet;
    }
}
