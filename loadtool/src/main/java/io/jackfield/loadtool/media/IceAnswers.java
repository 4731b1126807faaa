package io.jackfield.loadtool.media;

import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunPacket;
import io.jackfield.protocol.stun.StunTransactionId;
import io.jackfield.protocol.stun.StunWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a full agent says besides the controlling one's checks: answers to the checks of a peer that
 * is full itself (RFC 8445 §7.3), and, where that peer controls, checks of its own (§7.3.1.4).
 *
 * <p>No clock, one thread.
 */
final class IceAnswers {
    /** Type preference of a peer-reflexive candidate, local preference full, component 1. */
    private static final long PRIORITY = (110L << 24) | (65_535L << 8) | 255L;

    private final IceCredentials local;
    private final StunKey key;
    private final RandomGenerator random;
    private final long tieBreaker;

    IceAnswers(IceCredentials local, RandomGenerator random) {
        this.local = local;
        this.key = StunKey.shortTerm(local.password());
        this.random = random;
        this.tieBreaker = random.nextLong();
    }

    /** What became of a packet. */
    enum Answered {
        /** It was no check of the peer's. */
        NO,
        CHECK,
        /** A check with which the peer chooses this path. */
        NOMINATION
    }

    /**
     * Takes a packet.
     *
     * @param reply cleared here; on return the answer to send back, unless {@link Answered#NO}
     */
    Answered answer(StunPacket packet, InetSocketAddress from, ByteBuffer reply) {
        StunMessage check = packet.message();
        if (!check.isBinding(StunClass.REQUEST) || !packet.provenBy(key)) {
            return Answered.NO;
        }
        StunMessage success =
                StunMessage.binding(
                        StunClass.SUCCESS,
                        check.transactionId(),
                        new StunAttribute.XorMappedAddress(from));
        write(success, key, reply);
        return check.useCandidate() ? Answered.NOMINATION : Answered.CHECK;
    }

    /** Writes a check towards a peer that controls; cleared and flipped here. */
    void check(IceCredentials remote, ByteBuffer out) {
        StunMessage check =
                new StunMessage(
                        StunClass.REQUEST,
                        StunMessage.BINDING,
                        new StunTransactionId(random.nextInt(), random.nextLong()),
                        List.of(
                                new StunAttribute.Username(remote.ufrag() + ":" + local.ufrag()),
                                new StunAttribute.IceControlled(tieBreaker),
                                new StunAttribute.Priority(PRIORITY)));
        write(check, StunKey.shortTerm(remote.password()), out);
    }

    private static void write(StunMessage message, StunKey key, ByteBuffer out) {
        out.clear();
        StunWriter.write(message, key, out);
        out.flip();
    }
}
