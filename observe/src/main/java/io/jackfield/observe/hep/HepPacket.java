package io.jackfield.observe.hep;

import io.jackfield.observe.ladder.LadderAddresses;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A HEP version 3 packet (HEP/EEP specification, revision 37): six bytes of header, then chunks of
 * vendor 0. Pure.
 *
 * @param ends where the message came from and went
 * @param transport IP protocol: 17 for UDP, 6 for all that goes over TCP
 * @param atMicros microseconds since 1970 UTC
 * @param protocol what the payload is
 * @param correlation joins what belongs to one call; empty for none
 */
public record HepPacket(
        LadderAddresses ends,
        int transport,
        long atMicros,
        Protocol protocol,
        String correlation,
        String payload) {
    /** What fits into one UDP datagram. */
    public static final int BYTES_MAX = 65_507;

    private static final int HEADER = 6;
    private static final int IP4 = 2;
    private static final int IP6 = 10;
    private static final String AGENT = "jackfield";

    /** Payloads that we send. */
    public enum Protocol {
        SIP(1),
        RTCP_JSON(5);

        private final int code;

        Protocol(int code) {
            this.code = code;
        }
    }

    /**
     * The bytes.
     *
     * @param captureId which of the senders we are: unsigned 32 bits
     * @param password that the server asks for
     * @return empty where they would not fit into a datagram
     */
    public Optional<byte[]> encode(int captureId, Optional<String> password) {
        byte[] from = ends.sourceBytes();
        byte[] to = ends.targetBytes();
        boolean six = from.length == 16;
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(payload.length() + 192);
        chunk(chunks, 0x01, (byte) (six ? IP6 : IP4));
        chunk(chunks, 0x02, (byte) transport);
        chunk(chunks, six ? 0x05 : 0x03, from);
        chunk(chunks, six ? 0x06 : 0x04, to);
        chunk(chunks, 0x07, (short) ends.source().getPort());
        chunk(chunks, 0x08, (short) ends.target().getPort());
        chunk(chunks, 0x09, (int) (atMicros / 1_000_000));
        chunk(chunks, 0x0a, (int) (atMicros % 1_000_000));
        chunk(chunks, 0x0b, (byte) protocol.code);
        chunk(chunks, 0x0c, captureId);
        password.ifPresent(p -> chunk(chunks, 0x0e, p.getBytes(StandardCharsets.UTF_8)));
        if (!correlation.isEmpty()) {
            chunk(chunks, 0x11, correlation.getBytes(StandardCharsets.UTF_8));
        }
        chunk(chunks, 0x13, AGENT.getBytes(StandardCharsets.UTF_8));
        chunk(chunks, 0x0f, payload.getBytes(StandardCharsets.UTF_8));
        int length = HEADER + chunks.size();
        if (length > BYTES_MAX) {
            return Optional.empty();
        }
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.put("HEP3".getBytes(StandardCharsets.US_ASCII)).putShort((short) length);
        return Optional.of(packet.put(chunks.toByteArray()).array());
    }

    private static void chunk(ByteArrayOutputStream to, int type, byte value) {
        chunk(to, type, new byte[] {value});
    }

    private static void chunk(ByteArrayOutputStream to, int type, short value) {
        chunk(to, type, ByteBuffer.allocate(2).putShort(value).array());
    }

    private static void chunk(ByteArrayOutputStream to, int type, int value) {
        chunk(to, type, ByteBuffer.allocate(4).putInt(value).array());
    }

    private static void chunk(ByteArrayOutputStream to, int type, byte[] value) {
        byte[] header =
                ByteBuffer.allocate(HEADER)
                        .putShort((short) 0)
                        .putShort((short) type)
                        .putShort((short) (HEADER + value.length))
                        .array();
        to.writeBytes(header);
        to.writeBytes(value);
    }
}
