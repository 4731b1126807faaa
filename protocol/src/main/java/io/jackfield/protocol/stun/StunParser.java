package io.jackfield.protocol.stun;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes to STUN message, strictly and once (RFC 8489 §5, §14). */
public final class StunParser {
    /** A check is about 100 bytes; a datagram that needs more than this is no check of ours. */
    public static final int MESSAGE_BYTES_MAX = 1_500;

    /** A browser's check carries eight. */
    public static final int ATTRIBUTES_MAX = 32;

    static final int HEADER_BYTES = 20;
    static final int ATTRIBUTE_HEADER_BYTES = 4;
    static final int MAGIC_COOKIE = 0x2112_A442;

    private final byte[] bytes;
    private final ByteBuffer view;
    private final List<StunAttribute> attributes = new ArrayList<>();
    private int integrityOffset = StunPacket.NO_INTEGRITY;
    private boolean fingerprint;

    private StunParser(byte[] bytes) {
        this.bytes = bytes;
        this.view = ByteBuffer.wrap(bytes);
    }

    /**
     * Parses the bytes from position to limit; the buffer is left as it is. Never throws.
     *
     * <p>A FINGERPRINT, where there is one, is verified here. Cost for a stranger's datagram: one
     * walk and a CRC-32.
     */
    public static StunParse parse(ByteBuffer datagram) {
        Optional<StunFault> fault = faultOfHeader(datagram);
        if (fault.isPresent()) {
            return new StunParse.Refused(fault.get());
        }
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        return new StunParser(bytes).parseBody();
    }

    private static Optional<StunFault> faultOfHeader(ByteBuffer datagram) {
        int start = datagram.position();
        int length = datagram.remaining();
        if (length < HEADER_BYTES) {
            return Optional.of(StunFault.TOO_SHORT);
        }
        if ((datagram.get(start) & 0xC0) != 0 || datagram.getInt(start + 4) != MAGIC_COOKIE) {
            return Optional.of(StunFault.NOT_STUN);
        }
        if (length > MESSAGE_BYTES_MAX) {
            return Optional.of(StunFault.TOO_LONG);
        }
        int bodyLength = Short.toUnsignedInt(datagram.getShort(start + 2));
        if (bodyLength % 4 != 0 || bodyLength != length - HEADER_BYTES) {
            return Optional.of(StunFault.BAD_LENGTH);
        }
        return Optional.empty();
    }

    /** Since the length is a multiple of 4, an attribute's padding never reaches beyond the end. */
    private StunParse parseBody() {
        int count = 0;
        int offset = HEADER_BYTES;
        while (offset < bytes.length) {
            int valueLength = Short.toUnsignedInt(view.getShort(offset + 2));
            if (valueLength > bytes.length - offset - ATTRIBUTE_HEADER_BYTES) {
                return new StunParse.Refused(StunFault.TRUNCATED_ATTRIBUTE);
            }
            if (++count > ATTRIBUTES_MAX) {
                return new StunParse.Refused(StunFault.TOO_MANY_ATTRIBUTES);
            }
            Optional<StunFault> fault = takeAttribute(offset, valueLength);
            if (fault.isPresent()) {
                return new StunParse.Refused(fault.get());
            }
            offset += ATTRIBUTE_HEADER_BYTES + padded(valueLength);
        }
        return new StunParse.Received(
                new StunPacket(message(), bytes, integrityOffset, fingerprint));
    }

    /**
     * "With the exception of the FINGERPRINT attribute …, agents MUST ignore all other attributes
     * that follow MESSAGE-INTEGRITY" (§14.5).
     */
    private Optional<StunFault> takeAttribute(int offset, int valueLength) {
        int type = Short.toUnsignedInt(view.getShort(offset));
        if (type == StunAttributes.FINGERPRINT) {
            fingerprint = true;
            return fingerprintHolds(offset, valueLength)
                    ? Optional.empty()
                    : Optional.of(StunFault.BAD_FINGERPRINT);
        }
        if (integrityOffset != StunPacket.NO_INTEGRITY) {
            return Optional.empty();
        }
        if (type == StunAttributes.MESSAGE_INTEGRITY) {
            integrityOffset = offset;
            return valueLength == StunKey.PROOF_BYTES
                    ? Optional.empty()
                    : Optional.of(StunFault.BAD_ATTRIBUTE);
        }
        Optional<StunAttribute> attribute =
                StunAttributes.decode(
                        type, view.slice(offset + ATTRIBUTE_HEADER_BYTES, valueLength), view);
        attribute.ifPresent(attributes::add);
        return attribute.isPresent() ? Optional.empty() : Optional.of(StunFault.BAD_ATTRIBUTE);
    }

    /** "MUST be the last attribute in the message" (§14.7). */
    private boolean fingerprintHolds(int offset, int valueLength) {
        return valueLength == Integer.BYTES
                && offset + ATTRIBUTE_HEADER_BYTES + Integer.BYTES == bytes.length
                && view.getInt(offset + ATTRIBUTE_HEADER_BYTES)
                        == StunAttributes.fingerprint(bytes, offset);
    }

    /** The class's two bits lie between the method's (§5, figure 3). */
    private StunMessage message() {
        int type = view.getShort(0);
        int method = (type & 0x000F) | (type & 0x00E0) >> 1 | (type & 0x3E00) >> 2;
        StunClass messageClass =
                switch (type & 0x0110) {
                    case 0x0000 -> StunClass.REQUEST;
                    case 0x0010 -> StunClass.INDICATION;
                    case 0x0100 -> StunClass.SUCCESS;
                    default -> StunClass.ERROR;
                };
        return new StunMessage(
                messageClass,
                method,
                new StunTransactionId(view.getInt(8), view.getLong(12)),
                attributes);
    }

    static int padded(int length) {
        return (length + 3) & ~3;
    }
}
