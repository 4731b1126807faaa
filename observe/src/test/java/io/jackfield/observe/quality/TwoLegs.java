package io.jackfield.observe.quality;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.LinkWindow;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.Outcome;
import io.jackfield.media.bridge.Bridge;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.LinkMeter;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.PacketOutput;
import io.jackfield.media.pipeline.PipelineEvents;
import io.jackfield.media.pipeline.ReceivePipeline;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtcp.RtcpParse;
import io.jackfield.protocol.rtcp.RtcpParser;
import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.rtp.ReceiverStatistics;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.SenderStatistics;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A call in virtual time: an agent, our two legs with their true pipelines, streams, bridge and
 * meters, a trunk, and a network with a weather of its own on each of the four ways.
 */
final class TwoLegs {
    private static final long MILLI = 1_000_000;
    private static final long FRAME_NANOS = 20 * MILLI;
    private static final SpeechCodecs CODECS = SpeechCodecs.best();

    /** What a peer says every 20 ms, and what it reports of what it hears. */
    private final class Peer {
        private final CodecMap codecs;
        private final int ssrc;
        private final SenderStatistics sent;
        private final RtcpReporter reporter;
        private final SimulatedNetwork<byte[]> to;
        private final ByteBuffer report = ByteBuffer.allocate(2_048);
        private ReceiverStatistics heard = new ReceiverStatistics(0, 8_000);
        private int number;
        private boolean hears;

        Peer(CodecMap codecs, SimulatedNetwork<byte[]> to, Seed seed) {
            this.codecs = codecs;
            this.to = to;
            RandomGenerator random = seed.random();
            ssrc = random.nextInt();
            number = random.nextInt(0x8000);
            sent = new SenderStatistics(ssrc, clockRate());
            reporter = new RtcpReporter(sent, "peer", random, Instant.EPOCH, now);
        }

        int clockRate() {
            return codecs.chosen().codec().clockRate();
        }

        void speak() {
            int timestamp = number * clockRate() / 50;
            ByteBuffer packet = ByteBuffer.allocate(12 + 160);
            RtpPacket.writeHeader(
                    packet, false, codecs.chosen().receive(), number, timestamp, ssrc);
            sent.sent(timestamp, 160, now);
            number++;
            to.send(now, packet.array());
        }

        void poll() {
            if (reporter.poll(report, now)) {
                byte[] bytes = new byte[report.remaining()];
                report.get(bytes);
                to.send(now, bytes);
            }
        }

        void hear(byte[] bytes) {
            if (isRtcp(bytes)) {
                if (RtcpParser.parse(ByteBuffer.wrap(bytes)) instanceof RtcpParse.Compound c) {
                    reporter.handle(c, now);
                }
                return;
            }
            RtpPacket packet = new RtpPacket();
            packet.wrap(ByteBuffer.wrap(bytes));
            if (!hears) {
                hears = true;
                heard = new ReceiverStatistics(packet.ssrc(), clockRate());
                boolean _ = reporter.source(heard);
            }
            var _ = heard.receive(packet.sequenceNumber(), packet.rtpTimestamp(), now);
        }
    }

    /** One of ours. */
    private final class Leg implements PacketOutput, PipelineEvents {
        private final String id;
        private final ReceivePipeline received = new ReceivePipeline(this, Duration.ofSeconds(60));
        private final OutgoingStream outgoing;
        private final LinkMeter meter;
        private final SimulatedNetwork<byte[]> to;
        private Hearer hearer = Hearer.NOBODY;

        Leg(String id, CodecMap codecs, SimulatedNetwork<byte[]> to, Seed seed) {
            this.id = id;
            this.to = to;
            outgoing = new OutgoingStream(this, id, seed.random(), CODECS);
            boolean _ = outgoing.apply(codecs, Direction.SENDRECV, Instant.EPOCH, now);
            received.apply(codecs, Direction.SENDRECV);
            received.expectPackets(true, now);
            meter = new LinkMeter(received, outgoing);
            meter.begin(now);
        }

        void take(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 64).put(bytes).flip();
            if (isRtcp(bytes)) {
                if (RtcpParser.parse(buffer) instanceof RtcpParse.Compound compound) {
                    var _ = outgoing.reported(compound, now);
                }
                return;
            }
            outgoing.reporter()
                    .ifPresent(reporter -> {
                        Outcome _ = received.handle(buffer, reporter, hearer, now);
                    });
        }

        void work() {
            outgoing.handleTimeout(now);
            meter.poll(now, late).ifPresent(this::measured);
        }

        void measured(LinkWindow window) {
            monitor.on(new PbxEvent.MediaHappened("c1", new MediaEvent.LinkMeasured(id, window)));
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Outcome sendRtp(ByteBuffer packet) {
            return send(packet);
        }

        @Override
        public Outcome sendRtcp(ByteBuffer compound) {
            return send(compound);
        }

        private Outcome send(ByteBuffer packet) {
            byte[] bytes = new byte[packet.remaining()];
            packet.duplicate().get(bytes);
            to.send(now, bytes);
            return Outcome.FORWARDED;
        }

        @Override
        public void firstPacket() {}

        @Override
        public void pressed(DtmfPress press) {}

        @Override
        public void silent(Duration sinceLastPacket) {}

        @Override
        public void resumed() {}
    }

    private final SimulatedNetwork<byte[]> agentUp;
    private final SimulatedNetwork<byte[]> agentDown;
    private final SimulatedNetwork<byte[]> trunkIn;
    private final SimulatedNetwork<byte[]> trunkOut;
    private final Peer agent;
    private final Peer trunk;
    private final Leg agentLeg;
    private final Leg trunkLeg;
    private long now = 1_000_000_000L;
    private final QualityMonitor monitor = new QualityMonitor(() -> now);
    private Duration late = Duration.ZERO;

    /**
     * @param atAgent what the agent's browser speaks
     * @param atTrunk what the trunk does; transcoded where it is another
     */
    TwoLegs(Codec atAgent, Codec atTrunk, Seed seed) {
        NetworkConditions usual =
                NetworkConditions.PERFECT
                        .withDelay(Duration.ofMillis(15))
                        .withJitter(Duration.ofMillis(2));
        agentUp = new SimulatedNetwork<>(usual, seed.part(1));
        agentDown = new SimulatedNetwork<>(usual, seed.part(2));
        trunkIn = new SimulatedNetwork<>(usual, seed.part(3));
        trunkOut = new SimulatedNetwork<>(usual, seed.part(4));
        CodecMap ofAgent = map(atAgent);
        CodecMap ofTrunk = map(atTrunk);
        agent = new Peer(ofAgent, agentUp, seed.part(5));
        trunk = new Peer(ofTrunk, trunkIn, seed.part(6));
        agentLeg = new Leg("c1-1", ofAgent, agentDown, seed.part(7));
        trunkLeg = new Leg("c1-2", ofTrunk, trunkOut, seed.part(8));
        agentLeg.hearer = Bridge.connect(Hearer.NOBODY, ofAgent, trunkLeg.outgoing, CODECS);
        trunkLeg.hearer = Bridge.connect(Hearer.NOBODY, ofTrunk, agentLeg.outgoing, CODECS);
        monitor.on(new PbxEvent.CallStarted("c1", "1001", "84951234567"));
        monitor.on(new PbxEvent.DialogBegan("c1", "c1-1", "1001", "a"));
        monitor.on(new PbxEvent.AgentJoined("c1", "c1-1", "1001", true));
        monitor.on(new PbxEvent.DialogBegan("c1", "c1-2", "carrier", "b"));
    }

    private static CodecMap map(Codec codec) {
        int type = codec.equals(Codec.OPUS) ? 111 : codec.equals(Codec.PCMU) ? 0 : 8;
        return new CodecMap(List.of(new CodecMap.Entry(codec, type, type)), List.of(), List.of());
    }

    private static boolean isRtcp(byte[] bytes) {
        int type = bytes[1] & 0xff;
        return type >= 192 && type <= 223;
    }

    /** The weather of one way from now on. */
    void become(Link link, NetworkConditions weather) {
        switch (link) {
            case AGENT_UP -> agentUp.become(weather);
            case AGENT_DOWN -> agentDown.become(weather);
            case TRUNK_IN -> trunkIn.become(weather);
            case TRUNK_OUT -> trunkOut.become(weather);
            case MACHINE -> throw new IllegalArgumentException("no way");
        }
    }

    /** From now on our own clockwork is that late. */
    void busy(Duration by) {
        late = by;
    }

    /** Lets them talk. */
    void talk(Duration span) {
        long end = now + span.toNanos();
        long frame = now;
        while (now < end) {
            if (now >= frame) {
                agent.speak();
                trunk.speak();
                frame += FRAME_NANOS;
            }
            agentUp.poll(now).forEach(agentLeg::take);
            trunkIn.poll(now).forEach(trunkLeg::take);
            agentLeg.work();
            trunkLeg.work();
            agentDown.poll(now).forEach(agent::hear);
            trunkOut.poll(now).forEach(trunk::hear);
            agent.poll();
            trunk.poll();
            now += MILLI;
        }
    }

    /** Ends the call. */
    CallQuality end() {
        agentLeg.meter.rest(now, late).ifPresent(agentLeg::measured);
        trunkLeg.meter.rest(now, late).ifPresent(trunkLeg::measured);
        return monitor.end("c1").orElseThrow();
    }
}
