package io.jackfield.observe.ladder;

import io.jackfield.storage.ladder.LadderRow;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The messages of a ladder as a capture file (pcap 2.4, raw IP): each in a UDP packet of its own,
 * made up around it, whatever it travelled in. So Wireshark and sngrep show what went through TLS.
 *
 * <p>Addresses and times are true; checksums are right; what was hidden stays hidden.
 */
public final class LadderPcap {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int RAW_IP = 101;
    private static final int LENGTH_MAX = 65_535;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int HOPS = 64;

    private LadderPcap() {}

    /**
     * Writes the file.
     *
     * @return how many messages are in it
     */
    public static int write(List<LadderRow> rows, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(MAGIC);
        out.writeShort(2);
        out.writeShort(4);
        out.writeInt(0);
        out.writeInt(0);
        out.writeInt(LENGTH_MAX);
        out.writeInt(RAW_IP);
        int messages = 0;
        for (LadderRow row : rows) {
            if (row.kind() == LadderRow.Kind.SIP) {
                byte[] packet = packet(row);
                out.writeInt((int) (row.atMicros() / 1_000_000));
                out.writeInt((int) (row.atMicros() % 1_000_000));
                out.writeInt(packet.length);
                out.writeInt(packet.length);
                out.write(packet);
                messages++;
            }
        }
        out.flush();
        return messages;
    }

    private static byte[] packet(LadderRow row) {
        LadderAddresses ends = LadderAddresses.of(row);
        byte[] source = ends.sourceBytes();
        byte[] target = ends.targetBytes();
        byte[] message = row.text().getBytes(StandardCharsets.UTF_8);
        int header = source.length == 4 ? 20 : 40;
        int payload = Math.min(message.length, LENGTH_MAX - header - UDP_HEADER);
        byte[] udp =
                udp(
                        source,
                        target,
                        ends.source().getPort(),
                        ends.target().getPort(),
                        message,
                        payload);
        ByteBuffer packet = ByteBuffer.allocate(header + udp.length);
        if (source.length == 4) {
            packet.put(ip4(source, target, udp.length));
        } else {
            packet.putInt(6 << 28).putShort((short) udp.length);
            packet.put((byte) UDP).put((byte) HOPS).put(source).put(target);
        }
        return packet.put(udp).array();
    }

    private static byte[] ip4(byte[] source, byte[] target, int length) {
        ByteBuffer header = ByteBuffer.allocate(20);
        header.put((byte) 0x45).put((byte) 0).putShort((short) (20 + length)).putInt(0x4000);
        header.put((byte) HOPS).put((byte) UDP).putShort((short) 0).put(source).put(target);
        header.putShort(10, (short) ~sum(header.array(), 0, 20, 0));
        return header.array();
    }

    private static byte[] udp(
            byte[] source, byte[] target, int from, int to, byte[] message, int payload) {
        ByteBuffer udp = ByteBuffer.allocate(UDP_HEADER + payload);
        udp.putShort((short) from).putShort((short) to);
        udp.putShort((short) (UDP_HEADER + payload)).putShort((short) 0);
        udp.put(message, 0, payload);
        // the pseudo header (RFC 768, RFC 8200 §8.1)
        int before = sum(source, 0, source.length, 0);
        before = sum(target, 0, target.length, before);
        before = fold(before + UDP + udp.capacity());
        int checksum = ~sum(udp.array(), 0, udp.capacity(), before) & 0xffff;
        udp.putShort(6, (short) (checksum == 0 ? 0xffff : checksum));
        return udp.array();
    }

    private static int sum(byte[] bytes, int from, int to, int before) {
        int sum = before;
        for (int i = from; i < to; i += 2) {
            int low = i + 1 < to ? bytes[i + 1] & 0xff : 0;
            sum = fold(sum + ((bytes[i] & 0xff) << 8) + low);
        }
        return sum;
    }

    private static int fold(int sum) {
        return (sum & 0xffff) + (sum >>> 16);
    }
}
