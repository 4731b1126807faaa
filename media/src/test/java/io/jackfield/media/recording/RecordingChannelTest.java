package io.jackfield.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.codec.Allocations;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.RtpValidity;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The media loop's end of a recording")
class RecordingChannelTest {
    private static final int PAYLOAD_BYTES = 160;

    private final RecordingChannel channel = new RecordingChannel();
    private final RtpPacket packet = packet();

    private static RtpPacket packet() {
        ByteBuffer bytes = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + PAYLOAD_BYTES);
        bytes.put(0, (byte) 0x80).put(1, (byte) 8);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes)).isEqualTo(RtpValidity.VALID);
        return packet;
    }

    private void agreed() {
        channel.agreed(
                new CodecMap(List.of(new CodecMap.Entry(Codec.PCMA, 8, 8)), List.of(), List.of()));
    }

    @Test
    @DisplayName("allocates nothing for a packet, whether there is room for it or not")
    void allocatesNothing() {
        agreed();
        for (int i = 0; i < 20_000; i++) {
            channel.packet(packet, i);
        }
        long before = Allocations.bytes();
        for (int i = 0; i < 20_000; i++) {
            channel.packet(packet, i);
        }
        assertThat(Allocations.bytes() - before).isLessThan(20_000);

        VoicePacket taken = new VoicePacket();
        long room = 0;
        before = Allocations.bytes();
        for (int i = 0; i < 20_000; i++) {
            room += channel.ring().poll(taken) ? 1 : 0;
            channel.packet(packet, i);
        }
        assertThat(Allocations.bytes() - before).isLessThan(20_000);
        assertThat(room).isEqualTo(20_000);
    }

    @Test
    @DisplayName("holds so much and no more; what finds no room is counted")
    void isBounded() {
        agreed();
        for (int i = 0; i < 1_000; i++) {
            channel.packet(packet, i);
        }
        long held = 1_000 - channel.dropped();

        assertThat(held).isBetween(300L, (long) PacketRing.BYTES / PAYLOAD_BYTES);
        assertThat(channel.ring().fill()).isLessThanOrEqualTo(PacketRing.BYTES);
        VoicePacket taken = new VoicePacket();
        while (channel.ring().poll(taken)) {
            held--;
        }
        assertThat(held).isZero();
    }

    @Test
    @DisplayName("takes nothing that was not agreed, and nothing while it does not listen")
    void takesWhatIsAgreed() {
        channel.packet(packet, 0);
        assertThat(channel.ring().fill()).isZero();

        agreed();
        channel.listen(false);
        channel.packet(packet, 1);
        assertThat(channel.ring().fill()).isZero();

        channel.listen(true);
        channel.packet(packet, 2);
        assertThat(channel.ring().fill()).isPositive();
        assertThat(channel.dropped()).isZero();
    }
}
