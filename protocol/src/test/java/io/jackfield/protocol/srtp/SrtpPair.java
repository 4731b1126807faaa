package io.jackfield.protocol.srtp;

import io.jackfield.protocol.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Both ends of one direction, and packets to go over it. */
final class SrtpPair {
    static final int SSRC = 0x1234_5678;
    private static final int ROOM = 64;

    final SrtpKeys keys;
    final SrtpSender sender;
    final SrtpReceiver receiver;

    SrtpPair(SrtpProfile profile, RandomGenerator random) {
        keys = keys(profile, random);
        sender = new SrtpSender(keys);
        receiver = new SrtpReceiver(keys);
    }

    static SrtpKeys keys(SrtpProfile profile, RandomGenerator random) {
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        random.nextBytes(key);
        random.nextBytes(salt);
        return new SrtpKeys(profile, key, salt);
    }

    static ByteBuffer rtp(int sequenceNumber) {
        return rtp(SSRC, sequenceNumber, 160);
    }

    static ByteBuffer rtp(int ssrc, int sequenceNumber, int payloadLength) {
        ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payloadLength + ROOM);
        RtpPacket.writeHeader(packet, false, 0, sequenceNumber, sequenceNumber * 160, ssrc);
        for (int i = 0; i < payloadLength; i++) {
            packet.put((byte) (i + sequenceNumber));
        }
        return packet.flip();
    }

    static ByteBuffer rtcp(int ssrc, int words) {
        ByteBuffer packet = ByteBuffer.allocate(8 + words * 4 + ROOM);
        packet.put((byte) 0x80).put((byte) 201).putShort((short) (1 + words)).putInt(ssrc);
        for (int i = 0; i < words; i++) {
            packet.putInt(i);
        }
        return packet.flip();
    }

    /** A protected packet, in a buffer of its own. */
    ByteBuffer sent(int sequenceNumber) {
        ByteBuffer packet = rtp(sequenceNumber);
        SrtpOutcome outcome = sender.protect(packet);
        if (outcome != SrtpOutcome.ACCEPTED) {
            throw new AssertionError(outcome + " for " + sequenceNumber);
        }
        return packet;
    }

    /** What becomes of a copy, so that the packet can be received again. */
    SrtpOutcome receive(ByteBuffer packet) {
        return receiver.unprotect(copy(packet));
    }

    static ByteBuffer copy(ByteBuffer packet) {
        byte[] bytes = Arrays.copyOf(packet.array(), packet.capacity());
        return ByteBuffer.wrap(bytes).limit(packet.limit()).position(packet.position());
    }
}
