package io.jackfield.protocol.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DTMF as RTP events (RFC 4733)")
class DtmfTest {
    private static final long MILLI = 1_000_000L;
    private static final long START = Long.MAX_VALUE - 50 * MILLI;

    @Test
    @DisplayName("a payload holds event, end, volume and duration (§2.3)")
    void payload() {
        ByteBuffer payload = ByteBuffer.wrap(Hex.bytes("ff0b8a0320ff"));
        assertThat(TelephoneEvent.parse(payload, 1, 4))
                .contains(new TelephoneEvent(11, true, 10, 800));
        assertThat(TelephoneEvent.parse(payload, 1, 3)).isEmpty();

        ByteBuffer out = ByteBuffer.allocate(8);
        new TelephoneEvent(11, true, 10, 800).write(out);
        assertThat(Hex.text(out.flip())).isEqualTo("0b8a0320");
        assertThatThrownBy(() -> new TelephoneEvent(1, false, 64, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("sixteen digits have codes 0 to 15 (§3.2)")
    void digits() {
        String keys = "0123456789*#ABCD";
        for (int event = 0; event < 16; event++) {
            DtmfDigit digit = DtmfDigit.byEvent(event).orElseThrow();
            assertThat(digit.event()).isEqualTo(event);
            assertThat(DtmfDigit.byCharacter(keys.charAt(event))).contains(digit);
        }
        assertThat(DtmfDigit.byCharacter('d')).contains(DtmfDigit.D);
        assertThat(DtmfDigit.byCharacter('e')).isEmpty();
        assertThat(DtmfDigit.byEvent(16)).isEmpty();
        assertThat(DtmfDigit.byEvent(-1)).isEmpty();
    }

    /** One packet as a sender makes it. */
    private record Sent(long atMillis, boolean marker, int timestamp, TelephoneEvent event) {}

    /** Lets a sender send until it is silent; media time runs with real time. */
    private static List<Sent> send(DtmfSender sender, int clockRate) {
        List<Sent> all = new ArrayList<>();
        while (sender.deadlineNanos().isPresent()) {
            long now = sender.deadlineNanos().getAsLong();
            ByteBuffer payload = ByteBuffer.allocate(4);
            int mediaTime = (int) ((now - START) / MILLI * clockRate / 1_000);
            assertThat(sender.poll(payload, mediaTime, now - 1)).isFalse();
            assertThat(sender.poll(payload, mediaTime, now)).isTrue();
            all.add(
                    new Sent(
                            (now - START) / MILLI,
                            sender.marker(),
                            sender.rtpTimestamp(),
                            TelephoneEvent.parse(payload.flip(), 0, 4).orElseThrow()));
        }
        return all;
    }

    @Nested
    @DisplayName("a sender")
    class Sender {
        @Test
        @DisplayName("updates each 20 ms under one timestamp and ends three times (§2.5.1)")
        void onePress() {
            DtmfSender sender = new DtmfSender(8_000);
            assertThat(sender.deadlineNanos()).isEmpty();
            assertThat(sender.press(DtmfDigit.DIGIT_5, 70, START)).isTrue();

            assertThat(send(sender, 8_000))
                    .containsExactly(
                            new Sent(0, true, 0, new TelephoneEvent(5, false, 10, 160)),
                            new Sent(20, false, 0, new TelephoneEvent(5, false, 10, 320)),
                            new Sent(40, false, 0, new TelephoneEvent(5, false, 10, 480)),
                            new Sent(60, false, 0, new TelephoneEvent(5, true, 10, 560)),
                            new Sent(80, false, 0, new TelephoneEvent(5, true, 10, 560)),
                            new Sent(100, false, 0, new TelephoneEvent(5, true, 10, 560)));
        }

        @Test
        @DisplayName("keeps a pause between presses, also when the next comes in it")
        void pause() {
            DtmfSender sender = new DtmfSender(8_000);
            sender.press(DtmfDigit.STAR, 40, START);
            sender.press(DtmfDigit.POUND, 40, START);
            List<Sent> sent = send(sender, 8_000);
            assertThat(sent).hasSize(8);
            assertThat(sent.get(4).marker()).isTrue();
            assertThat(sent.get(4).atMillis() - sent.get(3).atMillis()).isEqualTo(80);
            assertThat(sent.get(4).timestamp()).isEqualTo((int) sent.get(4).atMillis() * 8);

            long last = START + sent.getLast().atMillis() * MILLI;
            sender.press(DtmfDigit.A, 40, last + 10 * MILLI);
            assertThat(sender.deadlineNanos()).isEqualTo(OptionalLong.of(last + 80 * MILLI));
            send(sender, 8_000);
            sender.press(DtmfDigit.A, 40, last + 60_000 * MILLI);
            assertThat(sender.deadlineNanos()).isEqualTo(OptionalLong.of(last + 60_000 * MILLI));
        }

        @Test
        @DisplayName("fits the longest press into 16 bits at 48 kHz, and queues 64 at most")
        void bounds() {
            DtmfSender sender = new DtmfSender(48_000);
            for (int i = 0; i < DtmfSender.WAITING_MAX; i++) {
                assertThat(sender.press(DtmfDigit.DIGIT_1, 1_000_000, START)).isTrue();
            }
            assertThat(sender.press(DtmfDigit.DIGIT_1, 100, START)).isFalse();
            List<Sent> sent = send(sender, 48_000);
            assertThat(sent.stream().filter(Sent::marker)).hasSize(DtmfSender.WAITING_MAX);
            assertThat(sent.getLast().event().duration()).isEqualTo(62_400);
        }
    }

    @Nested
    @DisplayName("a receiver")
    class Receiver {
        private final DtmfReceiver receiver = new DtmfReceiver(8_000);

        private Optional<DtmfPress> receive(
                int event, boolean end, int duration, int timestamp, long atMillis) {
            ByteBuffer payload = ByteBuffer.allocate(10).position(3);
            new TelephoneEvent(event, end, 10, duration).write(payload);
            return receiver.handle(payload, 3, 4, timestamp, START + atMillis * MILLI);
        }

        @Test
        @DisplayName("tells a press once, with its first end packet (§2.5.2)")
        void once() {
            assertThat(receive(1, false, 160, 0, 0)).isEmpty();
            assertThat(receive(1, false, 320, 0, 20)).isEmpty();
            assertThat(receive(1, true, 800, 0, 40))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_1, 100));
            assertThat(receive(1, true, 800, 0, 60)).isEmpty();
            assertThat(receive(1, false, 320, 0, 65)).isEmpty();
            assertThat(receiver.deadlineNanos()).isEmpty();
        }

        @Test
        @DisplayName("knows the same digit pressed twice by its new timestamp")
        void twice() {
            assertThat(receive(1, true, 800, 0, 0)).isPresent();
            assertThat(receive(1, true, 800, 1_600, 200)).isPresent();
        }

        @Test
        @DisplayName("ends a press whose end packets are lost when its packets stop")
        void lostEnd() {
            receive(9, false, 160, 0, 0);
            receive(9, false, 400, 0, 50);
            assertThat(receiver.deadlineNanos()).isEqualTo(OptionalLong.of(START + 300 * MILLI));
            assertThat(receiver.handleTimeout(START + 299 * MILLI)).isEmpty();
            assertThat(receiver.handleTimeout(START + 300 * MILLI))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_9, 50));
            assertThat(receiver.handleTimeout(START + 301 * MILLI)).isEmpty();
            assertThat(receive(9, true, 800, 0, 400)).isEmpty();
        }

        @Test
        @DisplayName("ends a press whose end packets are lost when the next begins")
        void nextBegins() {
            receive(1, false, 160, 0, 0);
            assertThat(receive(2, false, 160, 1_600, 200))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_1, 20));
            assertThat(receive(2, true, 400, 1_600, 220))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_2, 50));
        }

        @Test
        @DisplayName("loses neither of two presses where one packet ends both")
        void bothAtOnce() {
            receive(1, false, 160, 0, 0);
            assertThat(receive(2, true, 400, 1_600, 200))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_1, 20));
            assertThat(receiver.deadlineNanos()).isEqualTo(OptionalLong.of(START + 200 * MILLI));
            assertThat(receiver.handleTimeout(START + 200 * MILLI))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_2, 50));
            assertThat(receive(2, true, 400, 1_600, 220)).isEmpty();
        }

        @Test
        @DisplayName("takes stragglers of an earlier press for nothing new")
        void stragglers() {
            receive(1, true, 800, 0, 0);
            receive(2, false, 160, 1_600, 200);
            assertThat(receive(1, true, 800, 0, 210)).isEmpty();
            assertThat(receive(2, true, 400, 1_600, 220))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_2, 50));
        }

        @Test
        @DisplayName("joins the segments of a press too long for 16 bits (§2.5.1.3)")
        void segments() {
            receive(3, false, 65_535, 100, 0);
            assertThat(receive(3, false, 160, 100 + 65_535, 20)).isEmpty();
            assertThat(receive(3, true, 1_465, 100 + 65_535, 200))
                    .contains(new DtmfPress(DtmfDigit.DIGIT_3, 67_000 / 8));
        }

        @Test
        @DisplayName("ignores what is no digit and what is no event")
        void noDigits() {
            assertThat(receive(16, true, 800, 0, 0)).isEmpty();
            assertThat(receiver.handle(ByteBuffer.allocate(3), 0, 3, 7, START)).isEmpty();
            assertThat(receiver.deadlineNanos()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 48_000})
    @DisplayName("every press arrives once and in order over a network that loses 20 %")
    void overABadNetwork(int clockRate) {
        DtmfSender sender = new DtmfSender(clockRate);
        String dialled = "0123456789*#ABCD";
        for (char key : dialled.toCharArray()) {
            sender.press(DtmfDigit.byCharacter(key).orElseThrow(), 160, START);
        }
        NetworkConditions bad =
                NetworkConditions.PERFECT
                        .withLoss(0.2)
                        .withDuplicate(0.1)
                        .withJitter(Duration.ofMillis(60));
        SimulatedNetwork<Sent> network = new SimulatedNetwork<>(bad, new Seed(4733));
        send(sender, clockRate).forEach(s -> network.send(START + s.atMillis() * MILLI, s));

        DtmfReceiver receiver = new DtmfReceiver(clockRate);
        StringBuilder heard = new StringBuilder();
        for (long now = START; now - START < 10_000 * MILLI; now += MILLI) {
            for (Sent arrived : network.poll(now)) {
                ByteBuffer payload = ByteBuffer.allocate(4);
                arrived.event().write(payload);
                receiver.handle(payload, 0, 4, arrived.timestamp(), now)
                        .ifPresent(press -> heard.append(press.digit().character()));
            }
            receiver.handleTimeout(now).ifPresent(press -> heard.append(press.digit().character()));
        }
        assertThat(heard.toString()).isEqualTo(dialled);
    }
}
