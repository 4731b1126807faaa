package io.jackfield.protocol.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/** Attribute values to and from bytes (RFC 8489 §14, RFC 8445 §16.1). */
final class StunAttributes {
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int SOFTWARE = 0x8022;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;

    private static final int FINGERPRINT_MASK = 0x5354_554E;
    private static final int FAMILY_IPV4 = 1;
    private static final int FAMILY_IPV6 = 2;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private StunAttributes() {}

    /** The CRC-32 of what comes before the attribute at {@code end}, masked (§14.7). */
    static int fingerprint(byte[] bytes, int end) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, end);
        return (int) crc.getValue() ^ FINGERPRINT_MASK;
    }

    /**
     * Reads one value.
     *
     * @param message the whole message: IPv6 addresses are masked with its transaction identifier
     * @return empty where the value breaks the attribute's rules
     */
    static Optional<StunAttribute> decode(int type, ByteBuffer value, ByteBuffer message) {
        int length = value.remaining();
        return switch (type) {
            case USERNAME ->
                    text(value, StunAttribute.Username.BYTES_MAX, StunAttribute.Username::new);
            case REALM -> text(value, StunAttribute.TEXT_BYTES_MAX, StunAttribute.Realm::new);
            case NONCE -> text(value, StunAttribute.TEXT_BYTES_MAX, StunAttribute.Nonce::new);
            case SOFTWARE -> text(value, StunAttribute.TEXT_BYTES_MAX, StunAttribute.Software::new);
            case ERROR_CODE -> errorCode(value);
            case UNKNOWN_ATTRIBUTES -> unknownAttributes(value);
            case XOR_MAPPED_ADDRESS -> xorMappedAddress(value, message);
            case PRIORITY ->
                    length == Integer.BYTES
                            ? Optional.of(
                                    new StunAttribute.Priority(
                                            Integer.toUnsignedLong(value.getInt())))
                            : Optional.empty();
            case USE_CANDIDATE ->
                    length == 0 ? Optional.of(new StunAttribute.UseCandidate()) : Optional.empty();
            case ICE_CONTROLLED ->
                    length == Long.BYTES
                            ? Optional.of(new StunAttribute.IceControlled(value.getLong()))
                            : Optional.empty();
            case ICE_CONTROLLING ->
                    length == Long.BYTES
                            ? Optional.of(new StunAttribute.IceControlling(value.getLong()))
                            : Optional.empty();
            default -> Optional.of(new StunAttribute.Unread(type, length));
        };
    }

    private static Optional<StunAttribute> text(
            ByteBuffer value, int bytesMax, Function<String, StunAttribute> make) {
        if (value.remaining() > bytesMax) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    make.apply(StandardCharsets.UTF_8.newDecoder().decode(value).toString()));
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** "class … between 3 and 6", "number … between 0 and 99" (§14.8). */
    private static Optional<StunAttribute> errorCode(ByteBuffer value) {
        if (value.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int word = value.getInt();
        int hundreds = (word >>> 8) & 0x07;
        int number = word & 0xFF;
        if (hundreds < 3 || hundreds > 6 || number > 99) {
            return Optional.empty();
        }
        return text(
                value,
                StunAttribute.TEXT_BYTES_MAX,
                reason -> new StunAttribute.ErrorCode(hundreds * 100 + number, reason));
    }

    private static Optional<StunAttribute> unknownAttributes(ByteBuffer value) {
        if (value.remaining() % Short.BYTES != 0) {
            return Optional.empty();
        }
        List<Integer> types = new ArrayList<>();
        while (value.hasRemaining()) {
            types.add(Short.toUnsignedInt(value.getShort()));
        }
        return Optional.of(new StunAttribute.UnknownAttributes(types));
    }

    private static Optional<StunAttribute> xorMappedAddress(ByteBuffer value, ByteBuffer message) {
        if (value.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int family = Short.toUnsignedInt(value.getShort()) & 0xFF;
        int port = Short.toUnsignedInt(value.getShort()) ^ (StunParser.MAGIC_COOKIE >>> 16);
        int addressLength = value.remaining();
        boolean fits =
                (family == FAMILY_IPV4 && addressLength == IPV4_BYTES)
                        || (family == FAMILY_IPV6 && addressLength == IPV6_BYTES);
        if (!fits) {
            return Optional.empty();
        }
        byte[] address = new byte[addressLength];
        value.get(address);
        mask(address, message);
        return Optional.of(
                new StunAttribute.XorMappedAddress(
                        new InetSocketAddress(fromBytes(address), port)));
    }

    /**
     * XOR with the magic cookie and the transaction identifier, which follow each other (§14.2).
     */
    private static void mask(byte[] address, ByteBuffer message) {
        for (int i = 0; i < address.length; i++) {
            address[i] ^= message.get(4 + i);
        }
    }

    private static InetAddress fromBytes(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException neverForFourOrSixteen) {
            throw new IllegalStateException(neverForFourOrSixteen);
        }
    }

    /**
     * Writes type, length, value and zero padding at the position.
     *
     * @param out holds the message from index 0, its header already written
     */
    static void encode(StunAttribute attribute, ByteBuffer out) {
        switch (attribute) {
            case StunAttribute.Username(var value) -> putText(USERNAME, value, out);
            case StunAttribute.Realm(var value) -> putText(REALM, value, out);
            case StunAttribute.Nonce(var value) -> putText(NONCE, value, out);
            case StunAttribute.Software(var value) -> putText(SOFTWARE, value, out);
            case StunAttribute.XorMappedAddress(var address) -> putAddress(address, out);
            case StunAttribute.ErrorCode(var code, var reason) -> putErrorCode(code, reason, out);
            case StunAttribute.UnknownAttributes(var types) -> putTypes(types, out);
            case StunAttribute.Priority(var value) ->
                    putHeader(PRIORITY, Integer.BYTES, out).putInt((int) value);
            case StunAttribute.UseCandidate() -> putHeader(USE_CANDIDATE, 0, out);
            case StunAttribute.IceControlling(var tieBreaker) ->
                    putHeader(ICE_CONTROLLING, Long.BYTES, out).putLong(tieBreaker);
            case StunAttribute.IceControlled(var tieBreaker) ->
                    putHeader(ICE_CONTROLLED, Long.BYTES, out).putLong(tieBreaker);
            case StunAttribute.Unread(var type, _) ->
                    throw new IllegalArgumentException("the value of " + type + " was not kept");
        }
    }

    static ByteBuffer putHeader(int type, int length, ByteBuffer out) {
        return out.putShort((short) type).putShort((short) length);
    }

    private static void putText(int type, String value, ByteBuffer out) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        putHeader(type, bytes.length, out).put(bytes);
        pad(bytes.length, out);
    }

    private static void putErrorCode(int code, String reason, ByteBuffer out) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        putHeader(ERROR_CODE, Integer.BYTES + bytes.length, out);
        out.putInt((code / 100) << 8 | code % 100).put(bytes);
        pad(bytes.length, out);
    }

    private static void putTypes(List<Integer> types, ByteBuffer out) {
        int length = types.size() * Short.BYTES;
        putHeader(UNKNOWN_ATTRIBUTES, length, out);
        for (int type : types) {
            out.putShort((short) type);
        }
        pad(length, out);
    }

    private static void putAddress(InetSocketAddress mapped, ByteBuffer out) {
        byte[] address = mapped.getAddress().getAddress();
        putHeader(XOR_MAPPED_ADDRESS, Integer.BYTES + address.length, out);
        out.putShort((short) (address.length == IPV4_BYTES ? FAMILY_IPV4 : FAMILY_IPV6));
        out.putShort((short) (mapped.getPort() ^ (StunParser.MAGIC_COOKIE >>> 16)));
        mask(address, out);
        out.put(address);
    }

    private static void pad(int length, ByteBuffer out) {
        for (int i = length; i < StunParser.padded(length); i++) {
            out.put((byte) 0);
        }
    }
}
