package io.jackfield.media.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.Outcome;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.prompt.Music;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.dtmf.DtmfDigit;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.PayloadTypeMap;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.VirtualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What one leg hears, as one stream")
class OutgoingStreamTest {
    private static final CodecMap PCMU =
            new CodecMap(
                    List.of(new CodecMap.Entry(Codec.PCMU, 0, 0)),
                    List.of(new CodecMap.Entry(Codec.TELEPHONE_EVENT, 101, 101)),
                    List.of());
    private static final Prompt TWO_SECONDS = Music.tone(400, 0.5, 2_000);
    private static final DtmfPress PRESS = new DtmfPress(DtmfDigit.DIGIT_1, 100);

    /** A packet that left, and when. */
    private record Sent(
            long atMillis, int payloadType, int sequenceNumber, int timestamp, int ssrc) {}

    /** The transport, which only notes. */
    private final class Wire implements PacketOutput {
        boolean ready = true;
        final List<Sent> rtp = new ArrayList<>();
        int rtcp;

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public Outcome sendRtp(ByteBuffer packet) {
            RtpPacket sent = new RtpPacket();
            sent.wrap(packet);
            assertThat(packet.capacity() - packet.limit()).isGreaterThanOrEqualTo(16);
            rtp.add(
                    new Sent(
                            clock.elapsed().toMillis(),
                            sent.payloadType(),
                            sent.sequenceNumber(),
                            sent.rtpTimestamp(),
                            sent.ssrc()));
            return Outcome.FORWARDED;
        }

        @Override
        public Outcome sendRtcp(ByteBuffer compound) {
            rtcp++;
            return Outcome.FORWARDED;
        }
    }

    private final VirtualClock clock = new VirtualClock();
    private final Wire wire = new Wire();
    private final OutgoingStream stream =
            new OutgoingStream(wire, "name", new Seed(7).random(), SpeechCodecs.best());
    private int sequenceNumber = 500;

    OutgoingStreamTest() {
        apply(Direction.SENDRECV);
        stream.forwardWith(PayloadTypeMap.identity());
    }

    private void apply(Direction direction) {
        stream.apply(PCMU, direction, Instant.EPOCH, clock.nanos());
    }

    /** Lets time pass, waking the stream when it wants to be woken, up to 3 ms late. */
    private void advance(Duration by) {
        long end = clock.nanos() + by.toNanos();
        int turn = 0;
        while (true) {
            OptionalLong due = stream.deadlineNanos();
            long late = turn++ % 4 * 1_000_000L;
            if (due.isEmpty() || due.getAsLong() + late - end > 0) {
                break;
            }
            if (due.getAsLong() + late - clock.nanos() > 0) {
                clock.advanceTo(due.getAsLong() + late);
            }
            stream.handleTimeout(clock.nanos());
        }
        clock.advanceTo(end);
    }

    private Outcome forward() {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        RtpPacket.writeHeader(bytes, false, 0, sequenceNumber, sequenceNumber++ * 160, 0xABCD);
        bytes.put(new byte[160]).flip();
        RtpPacket packet = new RtpPacket();
        packet.wrap(bytes);
        return stream.forward(packet, clock.nanos());
    }

    private List<Integer> payloadTypes() {
        return wire.rtp.stream().map(Sent::payloadType).toList();
    }

    private void assertUnbroken() {
        for (int i = 1; i < wire.rtp.size(); i++) {
            Sent before = wire.rtp.get(i - 1);
            Sent after = wire.rtp.get(i);
            assertThat(after.sequenceNumber()).isEqualTo((before.sequenceNumber() + 1) & 0xFFFF);
            assertThat(after.ssrc()).isEqualTo(before.ssrc());
        }
    }

    @Nested
    @DisplayName("a prompt")
    class APrompt {
        @Test
        @DisplayName("comes each 20 ms without drift although timers fire late")
        void pace() {
            assertThat(stream.play(TWO_SECONDS, false, clock.nanos())).isTrue();
            advance(Duration.ofSeconds(3));
            assertThat(wire.rtp).hasSize(100);
            for (int i = 0; i < 100; i++) {
                assertThat(wire.rtp.get(i).atMillis()).isBetween(20L * i, 20L * i + 4);
                assertThat(wire.rtp.get(i).timestamp() - wire.rtp.getFirst().timestamp())
                        .isEqualTo(160 * i);
            }
            assertUnbroken();
            assertThat(stream.takeGenerated()).isEqualTo(100);
        }

        @Test
        @DisplayName("goes round where asked to, until it is stopped")
        void loops() {
            stream.play(Music.tone(400, 0.5, 50), true, clock.nanos());
            advance(Duration.ofSeconds(10));
            assertThat(wire.rtp).hasSizeBetween(500, 501);
            stream.stopPlaying();
            advance(Duration.ofSeconds(1));
            assertThat(wire.rtp).hasSizeBetween(500, 501);
        }

        @Test
        @DisplayName("is not sent in a burst after a stall")
        void stall() {
            stream.play(TWO_SECONDS, false, clock.nanos());
            advance(Duration.ofMillis(100));
            int before = wire.rtp.size();
            clock.advance(Duration.ofSeconds(1));
            stream.handleTimeout(clock.nanos());
            advance(Duration.ofMillis(100));
            assertThat(wire.rtp.size() - before).isLessThan(8);
        }

        @Test
        @DisplayName("waits for the transport, and begins at its beginning then")
        void waits() {
            wire.ready = false;
            stream.play(TWO_SECONDS, false, clock.nanos());
            assertThat(stream.deadlineNanos()).isEmpty();
            clock.advance(Duration.ofSeconds(5));
            wire.ready = true;
            advance(Duration.ofSeconds(3));
            assertThat(wire.rtp).hasSizeBetween(95, 100);
        }

        @Test
        @DisplayName("comes before forwarded speech, which is heard again afterwards")
        void beforeSpeech() {
            assertThat(forward()).isEqualTo(Outcome.FORWARDED);
            stream.play(Music.tone(400, 0.5, 100), false, clock.nanos());
            assertThat(forward()).isEqualTo(Outcome.NOT_WANTED);
            advance(Duration.ofMillis(200));
            assertThat(forward()).isEqualTo(Outcome.FORWARDED);
            assertThat(wire.rtp).hasSize(1 + 5 + 1);
            assertUnbroken();
        }

        @Test
        @DisplayName("is said in the leg's codec, and goes on in another one when that changes")
        void otherCodec() {
            stream.play(TWO_SECONDS, false, clock.nanos());
            advance(Duration.ofSeconds(1));
            int before = wire.rtp.size();
            CodecMap opus = only(Codec.OPUS, 111);
            assertThat(stream.apply(opus, Direction.SENDRECV, Instant.EPOCH, clock.nanos()))
                    .isTrue();
            advance(Duration.ofSeconds(3));
            List<Sent> later = wire.rtp.subList(before, wire.rtp.size());
            assertThat(later).hasSizeBetween(49, 50);
            assertThat(later).extracting(Sent::payloadType).containsOnly(111);
            for (int i = 1; i < later.size(); i++) {
                assertThat(later.get(i).timestamp() - later.get(i - 1).timestamp()).isEqualTo(960);
            }
        }

        @Test
        @DisplayName("is refused where the codec is none of ours")
        void unknownCodec() {
            CodecMap gsm = only(new Codec("GSM", 8_000, 1), 3);
            stream.apply(gsm, Direction.SENDRECV, Instant.EPOCH, clock.nanos());
            assertThat(stream.play(TWO_SECONDS, false, clock.nanos())).isFalse();
        }

        private static CodecMap only(Codec codec, int type) {
            return new CodecMap(
                    List.of(new CodecMap.Entry(codec, type, type)), List.of(), List.of());
        }
    }

    @Nested
    @DisplayName("a key")
    class AKey {
        @Test
        @DisplayName("comes before everything, in packets of one timestamp (RFC 4733 §2.5)")
        void first() {
            stream.play(TWO_SECONDS, false, clock.nanos());
            advance(Duration.ofMillis(100));
            stream.press(PRESS, clock.nanos());
            assertThat(forward()).isEqualTo(Outcome.NOT_WANTED);
            advance(Duration.ofMillis(500));
            List<Integer> types = payloadTypes();
            int from = types.indexOf(101);
            assertThat(types.subList(0, from)).containsOnly(0);
            assertThat(types.subList(from, from + 7)).containsOnly(101);
            assertThat(types.subList(from + 7, types.size())).containsOnly(0).isNotEmpty();
            assertThat(wire.rtp.subList(from, from + 7))
                    .extracting(Sent::timestamp)
                    .containsOnly(wire.rtp.get(from).timestamp());
            assertUnbroken();
        }

        @Test
        @DisplayName("lets speech through again right after it, without waiting for stragglers")
        void speechAfterwards() {
            forward();
            stream.press(PRESS, clock.nanos());
            advance(Duration.ofMillis(200));
            assertThat(forward()).isEqualTo(Outcome.FORWARDED);
            assertUnbroken();
        }

        @Test
        @DisplayName("is refused where the peer takes no events")
        void noEvents() {
            stream.apply(
                    new CodecMap(PCMU.codecs(), List.of(), List.of()),
                    Direction.SENDRECV,
                    Instant.EPOCH,
                    clock.nanos());
            assertThat(stream.press(PRESS, clock.nanos())).isFalse();
        }
    }

    @Nested
    @DisplayName("on hold")
    class OnHold {
        @Test
        @DisplayName("nothing is sent but reports; the prompt goes on where it was")
        void hold() {
            stream.play(TWO_SECONDS, false, clock.nanos());
            advance(Duration.ofSeconds(1));
            int before = wire.rtp.size();
            apply(Direction.RECVONLY);
            assertThat(forward()).isEqualTo(Outcome.NOT_WANTED);
            advance(Duration.ofSeconds(20));
            assertThat(wire.rtp).hasSize(before);
            assertThat(wire.rtcp).isGreaterThanOrEqualTo(3);
            apply(Direction.SENDRECV);
            advance(Duration.ofSeconds(3));
            assertThat(wire.rtp).hasSizeBetween(98, 101);
            assertUnbroken();
        }
    }

    @Test
    @DisplayName(
            "the first report comes after about a second, then each five or so (RFC 3550 §6.3)")
    void reports() {
        advance(Duration.ofMillis(300));
        assertThat(wire.rtcp).isZero();
        advance(Duration.ofMillis(1_300));
        assertThat(wire.rtcp).isEqualTo(1);
        advance(Duration.ofSeconds(60));
        assertThat(wire.rtcp).isBetween(9, 25);
    }

    @Test
    @DisplayName("another clock is another SSRC, and what was sent is counted together (RFC 7160)")
    void anotherClock() {
        forward();
        forward();
        CodecMap opus =
                new CodecMap(List.of(new CodecMap.Entry(Codec.OPUS, 0, 0)), List.of(), List.of());
        assertThat(stream.apply(opus, Direction.SENDRECV, Instant.EPOCH, clock.nanos())).isTrue();
        stream.forwardWith(PayloadTypeMap.identity());
        forward();
        assertThat(wire.rtp.get(2).ssrc()).isNotEqualTo(wire.rtp.getFirst().ssrc());
        assertThat(stream.sent().packets()).isEqualTo(3);
        assertThat(stream.sent().payloadBytes()).isEqualTo(480);
        assertThat(stream.sent().ssrcs()).hasSize(2);
    }
}
