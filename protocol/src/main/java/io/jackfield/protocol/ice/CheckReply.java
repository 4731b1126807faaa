package io.jackfield.protocol.ice;

import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** The three answers to a verified check, as short as they can be. */
final class CheckReply {
    /** RFC 8489 §14.8. */
    private static final int UNKNOWN_ATTRIBUTE = 420;

    /** RFC 8445 §16.2. */
    private static final int ROLE_CONFLICT = 487;

    private static final String NO_REASON = "";

    private CheckReply() {}

    static void success(
            StunMessage check, InetSocketAddress seenFrom, StunKey key, ByteBuffer out) {
        StunWriter.write(
                StunMessage.binding(
                        StunClass.SUCCESS,
                        check.transactionId(),
                        new StunAttribute.XorMappedAddress(seenFrom)),
                key,
                out);
    }

    static void notUnderstood(StunMessage check, List<Integer> types, StunKey key, ByteBuffer out) {
        StunWriter.write(
                StunMessage.binding(
                        StunClass.ERROR,
                        check.transactionId(),
                        new StunAttribute.ErrorCode(UNKNOWN_ATTRIBUTE, NO_REASON),
                        new StunAttribute.UnknownAttributes(types)),
                key,
                out);
    }

    static void roleConflict(StunMessage check, StunKey key, ByteBuffer out) {
        StunWriter.write(
                StunMessage.binding(
                        StunClass.ERROR,
                        check.transactionId(),
                        new StunAttribute.ErrorCode(ROLE_CONFLICT, NO_REASON)),
                key,
                out);
    }
}
