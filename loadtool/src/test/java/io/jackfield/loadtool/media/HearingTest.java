package io.jackfield.loadtool.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.loadtool.measure.Histogram.Spread;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is heard in a run")
class HearingTest {
    private static final CodecMap.Entry OPUS = new CodecMap.Entry(Codec.OPUS, 111, 111);

    private final Hearing hearing = Hearing.ofNumbers(42);
    private final RtpPacket packet = new RtpPacket();
    private final Ears ears = hearing.ears(Optional::empty);

    private Talker talker(Way way) {
        Talker talker = hearing.talker(way, 0x1234_5678);
        talker.speak(OPUS);
        return talker;
    }

    private static ByteBuffer say(Talker talker, long atNanos) {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        talker.write(bytes, atNanos);
        return bytes;
    }

    private boolean hear(ByteBuffer bytes, long atNanos) {
        return ears.hear(packet, bytes, atNanos, atNanos + 50);
    }

    private MediaFigures.WayFigures figures(Way way) {
        MediaFigures.WayFigures figures = hearing.figures(0).ways().get(way);
        assertThat(figures).isNotNull();
        return figures;
    }

    @Test
    @DisplayName("is counted with the one who said it, wherever it is heard")
    void byTalker() {
        Talker phone = talker(Way.TO_TRUNK);
        Talker trunk = talker(Way.FROM_TRUNK);
        hearing.openWindow();
        hear(say(phone, 0), 700);
        hear(say(trunk, 0), 300);
        say(trunk, 0);
        hearing.closeWindow();

        MediaFigures all = hearing.figures(0);
        assertThat(all.ways().get(Way.TO_TRUNK))
                .returns(1L, MediaFigures.WayFigures::sent)
                .returns(0L, MediaFigures.WayFigures::lost);
        assertThat(all.ways().get(Way.FROM_TRUNK))
                .returns(2L, MediaFigures.WayFigures::sent)
                .returns(1L, MediaFigures.WayFigures::lost)
                .returns(50.0, MediaFigures.WayFigures::lostPercent);
        assertThat(all.readLateness().max()).isEqualTo(50);
    }

    @Test
    @DisplayName("counts whoever has left before the window is over")
    void gone() {
        Talker talker = talker(Way.ECHO);
        hearing.openWindow();
        hear(say(talker, 0), 100);
        ByteBuffer late = say(talker, 0);
        hear(say(talker, 0), 100);
        hearing.gone(talker);
        hear(late, 900);

        assertThat(figures(Way.ECHO))
                .returns(3L, MediaFigures.WayFigures::sent)
                .returns(2L, MediaFigures.WayFigures::heard);
    }

    @Test
    @DisplayName("counts whoever comes while the window is open, from its first frame")
    void comes() {
        hearing.openWindow();
        Talker talker = talker(Way.ECHO);
        hear(say(talker, 0), 100);

        assertThat(figures(Way.ECHO).heard()).isEqualTo(1);
    }

    @Test
    @DisplayName("begins anew with each window")
    void anew() {
        Talker talker = talker(Way.ECHO);
        hearing.openWindow();
        hear(say(talker, 0), 100);
        hear(ByteBuffer.allocate(3), 1);
        hearing.closeWindow();
        hearing.figures(0);
        hearing.openWindow();
        say(talker, 0);

        assertThat(hearing.figures(0))
                .returns(0L, MediaFigures::damaged)
                .extracting(f -> f.ways().get(Way.ECHO))
                .isEqualTo(
                        new MediaFigures.WayFigures(
                                1, 0, 0, Spread.NONE, Spread.NONE, Spread.NONE));
    }

    @Test
    @DisplayName("is damaged where it is no RTP, or a byte of it is not as it was sent")
    void damaged() {
        ByteBuffer changed = say(talker(Way.ECHO), 0);
        changed.put(60, (byte) (changed.get(60) + 1));

        assertThat(hear(changed, 0)).isFalse();
        assertThat(hear(ByteBuffer.allocate(0), 0)).isFalse();
        assertThat(hearing.figures(0).damaged()).isEqualTo(2);
    }

    @Test
    @DisplayName("is a proper stream: numbers by one, time by 20 ms of its clock")
    void stream() {
        Talker talker = talker(Way.ECHO);
        packet.wrap(say(talker, 0));
        int sequenceNumber = packet.sequenceNumber();
        int rtpTimestamp = packet.rtpTimestamp();
        assertThat(packet.marker()).isTrue();
        packet.wrap(say(talker, 0));

        assertThat(packet)
                .returns(sequenceNumber + 1, RtpPacket::sequenceNumber)
                .returns(rtpTimestamp + 960, RtpPacket::rtpTimestamp)
                .returns(111, RtpPacket::payloadType)
                .returns(0x1234_5678, RtpPacket::ssrc)
                .returns(false, RtpPacket::marker);
    }
}
