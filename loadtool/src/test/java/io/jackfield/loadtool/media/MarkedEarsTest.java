package io.jackfield.loadtool.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.codec.OpusEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A voice through a PBX that decodes and encodes it")
class MarkedEarsTest {
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long DELAY_NANOS = TimeUnit.MICROSECONDS.toNanos(3_000);
    private static final int SAMPLES = 160;
    private static final CodecMap.Entry OPUS = new CodecMap.Entry(Codec.OPUS, 111, 111);
    private static final CodecMap.Entry PCMU = new CodecMap.Entry(Codec.PCMU, 0, 0);

    private static final MarkedSound SOUND = new MarkedSound();

    private final RtpPacket packet = new RtpPacket();
    private final Hearing hearing = new Hearing(0, new Voice.Sounding(SOUND));
    private long nowNanos = 1_000;

    private Talker talker(Way way, CodecMap.Entry codec) {
        Talker talker = hearing.talker(way, 0x7FFF_FF00);
        talker.speak(codec);
        return talker;
    }

    private Ears ears(Talker of, CodecMap.Entry codec) {
        Ears ears =
                new MarkedEars(
                        hearing, () -> Optional.of(of), () -> Opus.pureJava().decoder(48_000));
        ears.listenTo(new CodecMap(List.of(codec), List.of(), List.of()));
        return ears;
    }

    private static ByteBuffer rtp(CodecMap.Entry codec, int number, int timestamp, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payload.length);
        RtpPacket.writeHeader(bytes, false, codec.send(), number, timestamp, 99);
        return bytes.put(payload).flip();
    }

    /** What the talker says next, out of its packet. */
    private ByteBuffer say(Talker talker) {
        ByteBuffer bytes = ByteBuffer.allocate(1_500);
        talker.write(bytes, nowNanos);
        packet.wrap(bytes);
        return bytes.slice(packet.payloadOffset(), packet.payloadLength());
    }

    /** A PBX that turns each packet of one codec into one of the other. */
    private final class Transcoder {
        private final AudioDecoder opusIn = Opus.pureJava().decoder(48_000);
        private final OpusEncoder opusOut = Opus.pureJava().encoder(8_000, OpusTuning.VOICE);
        private final short[] pcm = new short[opusIn.frameSamplesMax()];
        private int timestamp = 0x7FFF_FFF0;
        private int number;

        ByteBuffer toPcmu(ByteBuffer opus) {
            int samples = opusIn.decode(opus, pcm, 0);
            byte[] coded = new byte[samples / 6];
            for (int i = 0; i < coded.length; i++) {
                coded[i] = G711.Law.ULAW.compress(pcm[6 * i]);
            }
            timestamp += SAMPLES;
            return rtp(PCMU, number++, timestamp, coded);
        }

        ByteBuffer toOpus(ByteBuffer pcmu) {
            for (int i = 0; i < SAMPLES; i++) {
                pcm[i] = G711.Law.ULAW.expand(pcmu.get(i));
            }
            ByteBuffer out = ByteBuffer.allocate(1_500);
            byte[] coded = new byte[opusOut.encode(pcm, 0, SAMPLES, out)];
            out.get(0, coded);
            timestamp += 960;
            return rtp(OPUS, number++, timestamp, coded);
        }
    }

    private MediaFigures.WayFigures figures(Way way) {
        MediaFigures.WayFigures figures = hearing.figures(0).ways().get(way);
        assertThat(figures).isNotNull();
        return figures;
    }

    @Nested
    @DisplayName("from Opus to G.711")
    class ToTrunk {
        private final Talker phone = talker(Way.TO_TRUNK, OPUS);
        private final Ears trunk = ears(phone, PCMU);
        private final Transcoder pbx = new Transcoder();

        private void talk(int frames, int lostEvery) {
            for (int i = 0; i < frames; i++) {
                ByteBuffer passed = pbx.toPcmu(say(phone));
                if (lostEvery == 0 || i % lostEvery != 0) {
                    trunk.hear(packet, passed, nowNanos + DELAY_NANOS, nowNanos + DELAY_NANOS);
                }
                nowNanos += FRAME_NANOS;
            }
        }

        @Test
        @DisplayName("each frame is told apart, and how long it took, once a mark was heard")
        void all() {
            talk(120, 0);
            hearing.openWindow();
            talk(200, 0);

            MediaFigures.WayFigures heard = figures(Way.TO_TRUNK);
            assertThat(heard.sent()).isEqualTo(200);
            assertThat(heard.heard()).isEqualTo(200);
            assertThat(heard.delay().p50()).isEqualTo(heard.delay().max());
            assertThat(heard.delay().max()).isEqualTo(DELAY_NANOS);
        }

        @Test
        @DisplayName("what is lost behind it is missed, and the rest keeps its place")
        void lost() {
            talk(120, 0);
            hearing.openWindow();
            talk(200, 7);

            MediaFigures.WayFigures heard = figures(Way.TO_TRUNK);
            assertThat(heard.lost()).isEqualTo(29);
            assertThat(heard.delay().max()).isEqualTo(DELAY_NANOS);
        }

        @Test
        @DisplayName("a new timeline of the PBX's is found with the next mark")
        void restarts() {
            talk(120, 0);
            pbx.timestamp += 1_000_000;
            talk(100, 0);
            hearing.openWindow();
            talk(100, 0);

            MediaFigures.WayFigures heard = figures(Way.TO_TRUNK);
            assertThat(heard.lost()).isZero();
            assertThat(heard.delay().max()).isEqualTo(DELAY_NANOS);
        }
    }

    @Test
    @DisplayName("from G.711 to Opus, likewise")
    void fromTrunk() {
        Talker trunk = talker(Way.FROM_TRUNK, PCMU);
        Ears phone = ears(trunk, OPUS);
        Transcoder pbx = new Transcoder();
        for (int i = 0; i < 300; i++) {
            if (i == 120) {
                hearing.openWindow();
            }
            ByteBuffer passed = pbx.toOpus(say(trunk));
            phone.hear(packet, passed, nowNanos + DELAY_NANOS, nowNanos + DELAY_NANOS);
            nowNanos += FRAME_NANOS;
        }

        MediaFigures.WayFigures heard = figures(Way.FROM_TRUNK);
        assertThat(heard.lost()).isZero();
        assertThat(heard.delay().max()).isEqualTo(DELAY_NANOS);
    }

    @Test
    @DisplayName("what is no RTP, or of no codec that was agreed, is not heard")
    void notSound() {
        Ears ears = ears(talker(Way.TO_TRUNK, OPUS), PCMU);

        assertThat(ears.hear(packet, ByteBuffer.allocate(3), 0, 0)).isFalse();
        assertThat(ears.hear(packet, rtp(OPUS, 1, 1, new byte[50]), 0, 0)).isFalse();
        assertThat(hearing.figures(0).damaged()).isEqualTo(1);
    }
}
