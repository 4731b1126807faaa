package io.jackfield.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.LegParameters;
import io.jackfield.media.LegStatistics;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.Outcome;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.client.HeadlessReport;
import io.jackfield.media.codec.G711;
import io.jackfield.media.prompt.Music;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.dtmf.DtmfDigit;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Two legs that hear each other, over real sockets")
@Timeout(60)
class BridgeTest {
    private final MediaBench bench;

    BridgeTest() throws Exception {
        bench = new MediaBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Nested
    @DisplayName("two browsers")
    class TwoBrowsers {
        private final MediaBench.Call alice = bench.call("alice", MediaBench.OPUS);
        private final MediaBench.Call bob = bench.call("bob", MediaBench.map(Codec.OPUS, 96, 97));

        TwoBrowsers() throws Exception {
            alice.connected();
            bob.connected();
            bench.server.bridge(alice.leg, bob.leg);
            alice.phone.talk();
            bob.phone.talk();
        }

        private void bothHear(int frames) {
            long fromBob = alice.report().framesHeard() + frames;
            long fromAlice = bob.report().framesHeard() + frames;
            alice.reports("bob's frames", r -> r.framesHeard() >= fromBob);
            bob.reports("alice's frames", r -> r.framesHeard() >= fromAlice);
        }

        private void assertFlawless() {
            for (HeadlessReport report : List.of(alice.report(), bob.report())) {
                assertThat(report.framesDamaged()).isZero();
                assertThat(report.framesRepeated()).isZero();
                assertThat(report.statistics().lost()).isZero();
            }
        }

        @Test
        @DisplayName("with different payload types hear each other byte for byte")
        void passThrough() {
            bothHear(50);
            assertFlawless();
            assertThat(alice.report().framesMissing()).isZero();
        }

        @Test
        @DisplayName("hear each other's keys, and the engine tells of them (RFC 4733)")
        void keys() throws Exception {
            bothHear(5);
            alice.phone.press('7', 120);
            MediaEvent.DtmfReceived told = alice.events.await(MediaEvent.DtmfReceived.class);
            assertThat(told.digit()).isEqualTo('7');
            assertThat(told.durationMillis()).isBetween(100, 140);
            MediaBench.eventually("bob hears 7", () -> bob.phone.pressesHeard().size() == 1);
            assertThat(bob.phone.pressesHeard().getFirst().digit()).isEqualTo(DtmfDigit.DIGIT_7);
            bothHear(10);
            assertFlawless();
        }

        @Test
        @DisplayName("go on without a seam when one changes its source (RFC 3550 §8.1)")
        void changedSource() {
            bothHear(10);
            alice.phone.changeSource();
            bothHear(20);
            HeadlessReport heard = bob.report();
            assertThat(heard.statistics().ssrcs()).hasSize(1);
            assertThat(heard.statistics().lost()).isZero();
            assertThat(heard.framesMissing()).isZero();
        }

        @Test
        @DisplayName("on hold nothing passes either way, and it goes on afterwards")
        void hold() throws Exception {
            bothHear(10);
            LegParameters agreed =
                    MediaBench.parameters(alice.phoneSeen(true), MediaBench.OPUS, true);
            alice.leg.apply(agreed.with(Direction.INACTIVE));
            MediaBench.eventually("held", () -> bench.packets(Outcome.NOT_WANTED) > 5);
            long heard = alice.report().framesHeard();
            long held = bench.packets(Outcome.NOT_EXPECTED);
            MediaBench.eventually(
                    "not heard", () -> bench.packets(Outcome.NOT_EXPECTED) > held + 10);
            assertThat(alice.report().framesHeard()).isEqualTo(heard);
            alice.leg.apply(agreed);
            bothHear(20);
            assertFlawless();
        }

        @Test
        @DisplayName("hear nobody when parked, and somebody else when bridged anew")
        void rebridged() throws Exception {
            bothHear(5);
            MediaBench.Call carol = bench.call("carol", MediaBench.OPUS).connected();
            bench.server.bridge(alice.leg, carol.leg);
            carol.phone.talk();
            carol.reports("alice's frames", r -> r.framesHeard() >= 10);
            long unheard = bench.packets(Outcome.UNHEARD);
            MediaBench.eventually(
                    "bob is not heard", () -> bench.packets(Outcome.UNHEARD) > unheard + 5);
            bench.server.park(alice.leg);
            long before = carol.report().framesHeard();
            long more = bench.packets(Outcome.UNHEARD);
            MediaBench.eventually("parked", () -> bench.packets(Outcome.UNHEARD) > more + 20);
            assertThat(carol.report().framesHeard() - before).isLessThan(5);
        }

        @Test
        @DisplayName("tell each other by RTCP what they heard, with a round trip (RFC 3550 §6.4)")
        void reports() {
            MediaBench.eventually(
                    "round trips both ways",
                    () -> {
                        LegStatistics server = MediaBench.statistics(alice.leg);
                        HeadlessReport phone = alice.report();
                        return server.heardByPeer()
                                        .filter(h -> h.rttMillis().isPresent())
                                        .isPresent()
                                && phone.heardByPeer()
                                        .filter(h -> h.rttMillis().isPresent())
                                        .isPresent();
                    });
            LegStatistics statistics = MediaBench.statistics(alice.leg);
            assertThat(statistics.heardByPeer().orElseThrow().lost()).isZero();
            assertThat(statistics.heardByPeer().orElseThrow().rttMillis().orElseThrow())
                    .isBetween(0.0, 500.0);
            assertThat(statistics.codec()).contains(Codec.OPUS);
            assertThat(statistics.received().jitterMillis()).isPresent();
        }
    }

    @Nested
    @DisplayName("a browser and a trunk")
    class BrowserAndTrunk {
        private final MediaBench.Call browser = bench.call("browser", MediaBench.PCMU);
        private final Stranger carrier = new Stranger();
        private final Events trunkEvents = new Events();
        private final TrunkLeg trunk;
        private final InetSocketAddress trunkRtp;

        BrowserAndTrunk() throws Exception {
            trunk =
                    bench.server.openTrunkLeg(
                            "trunk", InetAddress.getLoopbackAddress(), trunkEvents);
            trunkRtp = new InetSocketAddress(trunk.local().address(), trunk.local().rtpPort());
            browser.connected();
            bench.server.bridge(browser.leg, trunk);
        }

        @AfterEach
        void close() {
            carrier.close();
        }

        private void agreed(CodecMap codecs) {
            trunk.apply(MediaBench.plain(carrier.address(), rtcpPortOfCarrier(), codecs));
        }

        private InetSocketAddress rtcpPortOfCarrier() {
            return new InetSocketAddress(carrier.address().getAddress(), 9);
        }

        private static int payloadType(byte[] rtp) {
            return rtp[1] & 0x7F;
        }

        private static byte[] header(int payloadType, int sequenceNumber, int timestamp, int size) {
            ByteBuffer out = ByteBuffer.allocate(size);
            out.put((byte) 0x80).put((byte) payloadType).putShort((short) sequenceNumber);
            return out.putInt(timestamp).putInt(0x600D).array();
        }

        @Test
        @DisplayName("pass the browser's frames with one SSRC, in order, without extensions")
        void towardsTheTrunk() throws Exception {
            agreed(MediaBench.PCMU);
            browser.phone.talk();
            byte[] first = carrier.receiveRtp();
            for (int i = 1; i < 20; i++) {
                byte[] next = carrier.receiveRtp();
                assertThat(next[0]).isEqualTo((byte) 0x80);
                assertThat(payloadType(next)).isZero();
                assertThat(next).hasSize(172);
                assertThat(ByteBuffer.wrap(next).getInt(8))
                        .isEqualTo(ByteBuffer.wrap(first).getInt(8));
                assertThat(ByteBuffer.wrap(next).getShort(2))
                        .isEqualTo((short) (ByteBuffer.wrap(first).getShort(2) + i));
            }
        }

        @Test
        @DisplayName("pass events between different payload types as they are")
        void eventsRelayed() throws Exception {
            agreed(MediaBench.map(Codec.PCMU, 0, 96));
            browser.phone.press('5', 100);
            byte[] event = carrier.receiveRtp();
            assertThat(payloadType(event)).isEqualTo(96);
            assertThat(event[12]).isEqualTo((byte) 5);
            for (int i = 0; i < 5; i++) {
                byte[] payload = {9, 10, (byte) (i * 160 >> 8), (byte) (i * 160)};
                payload[1] |= (byte) (i >= 2 ? 0x80 : 0);
                byte[] packet = header(96, 50 + i, 4_000, 16);
                System.arraycopy(payload, 0, packet, 12, 4);
                carrier.send(packet, trunkRtp);
            }
            MediaBench.eventually("9 heard", () -> !browser.phone.pressesHeard().isEmpty());
            assertThat(browser.phone.pressesHeard())
                    .extracting(DtmfPress::digit)
                    .containsExactly(DtmfDigit.DIGIT_9);
            assertThat(trunkEvents.await(MediaEvent.DtmfReceived.class).digit()).isEqualTo('9');
        }

        @Test
        @DisplayName("press a key on our own behalf; the other side hears nothing else meanwhile")
        void sendDtmf() throws Exception {
            agreed(MediaBench.PCMU);
            browser.phone.talk();
            byte[] first = carrier.receiveRtp();
            assertThat(payloadType(first)).isZero();
            trunk.sendDtmf('#', 100);
            byte[] packet = carrier.receiveRtp();
            while (payloadType(packet) == 0) {
                packet = carrier.receiveRtp();
            }
            int timestamp = ByteBuffer.wrap(packet).getInt(4);
            int sequence = ByteBuffer.wrap(packet).getShort(2);
            for (int i = 1; i < 7; i++) {
                packet = carrier.receiveRtp();
                assertThat(payloadType(packet)).isEqualTo(101);
                assertThat(packet[12]).isEqualTo((byte) 11);
                assertThat(ByteBuffer.wrap(packet).getInt(4)).isEqualTo(timestamp);
                assertThat(ByteBuffer.wrap(packet).getShort(2)).isEqualTo((short) (sequence + i));
                assertThat((packet[13] & 0x80) != 0).isEqualTo(i >= 4);
            }
            assertThat(payloadType(carrier.receiveRtp())).isZero();
        }

        @Test
        @DisplayName("drop payload types nobody agreed on, and take no notice of what they claim")
        void unknownPayloadType() throws Exception {
            agreed(MediaBench.PCMU);
            carrier.send(header(18, 1, 160, 32), trunkRtp);
            MediaBench.eventually(
                    "dropped", () -> bench.packets(Outcome.UNKNOWN_PAYLOAD_TYPE) == 1);
            assertThat(MediaBench.statistics(trunk).received().packets()).isZero();
        }

        @Test
        @DisplayName("count a packet that comes twice once, where no SRTP has told before")
        void duplicate() throws Exception {
            agreed(MediaBench.PCMU);
            carrier.send(header(0, 1, 160, 172), trunkRtp);
            carrier.send(header(0, 1, 160, 172), trunkRtp);
            MediaBench.eventually("dropped", () -> bench.packets(Outcome.DUPLICATE) == 1);
            assertThat(MediaBench.statistics(trunk).received().packets()).isEqualTo(1);
        }

        @Test
        @DisplayName("play a prompt to the trunk each 20 ms, sample by sample, and then each other")
        void prompt() throws Exception {
            agreed(MediaBench.map(Codec.PCMA, 8, 101));
            Prompt tone = Music.tone(425, 0.3, 200);
            bench.server.play(trunk, tone, false);
            for (int frame = 0; frame < 10; frame++) {
                byte[] packet = carrier.receiveRtp();
                assertThat(payloadType(packet)).isEqualTo(8);
                byte[] expected = new byte[160];
                for (int i = 0; i < 160; i++) {
                    expected[i] = G711.toAlaw(tone.sample(frame * 160 + i));
                }
                assertThat(Arrays.copyOfRange(packet, 12, 172)).isEqualTo(expected);
            }
            agreed(MediaBench.PCMU);
            browser.phone.talk();
            assertThat(payloadType(carrier.receiveRtp())).isZero();
        }
    }

    @Test
    @DisplayName("keys are pressed anew where the clocks of the two legs' events differ")
    void eventsWithOtherClock() throws Exception {
        CodecMap eventsAt8000 =
                new CodecMap(
                        MediaBench.OPUS.codecs(),
                        List.of(new CodecMap.Entry(Codec.TELEPHONE_EVENT, 101, 101)),
                        List.of());
        MediaBench.Call alice = bench.call("alice", MediaBench.OPUS).connected();
        MediaBench.Call bob = bench.call("bob", eventsAt8000).connected();
        bench.server.bridge(alice.leg, bob.leg);
        alice.phone.talk();
        bob.reports("speech", r -> r.framesHeard() > 5);
        alice.phone.press('4', 100);
        MediaBench.eventually("4 heard", () -> !bob.phone.pressesHeard().isEmpty());
        assertThat(bob.phone.pressesHeard().getFirst().digit()).isEqualTo(DtmfDigit.DIGIT_4);
        assertThat(bob.phone.pressesHeard().getFirst().durationMillis()).isBetween(80, 140);
        assertThat(bob.phone.pressesHeard()).hasSize(1);
    }
}
