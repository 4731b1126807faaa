package io.jackfield.media.content;

import io.jackfield.media.codec.AudioEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** A carrier's end of plain RTP: says a {@link Voice} and listens. */
public final class Carrier implements AutoCloseable {
    private static final int BYTES_MAX = 1_500;

    private final DatagramSocket rtp = open();
    private final DatagramSocket rtcp = open();
    private final Codec codec;
    private final int payloadType;
    public final Ear ear;

    public Carrier(Codec codec, int payloadType) throws IOException {
        this.codec = codec;
        this.payloadType = payloadType;
        this.ear = new Ear(payloadType);
        Thread.ofVirtual().start(this::listen);
    }

    private static DatagramSocket open() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public InetSocketAddress rtp() {
        return (InetSocketAddress) rtp.getLocalSocketAddress();
    }

    public InetSocketAddress rtcp() {
        return (InetSocketAddress) rtcp.getLocalSocketAddress();
    }

    /** On a thread of its own. */
    public void say(Voice voice, SpeechCodecs codecs, InetSocketAddress to) {
        Thread.ofVirtual().start(() -> send(voice, codecs, to));
    }

    private void send(Voice voice, SpeechCodecs codecs, InetSocketAddress to) {
        try (AudioEncoder encoder = codecs.encoder(codec, Voice.RATE, OpusTuning.VOICE)) {
            short[] samples = encoder.sampleRate() == 8_000 ? voice.narrow() : voice.samples();
            int step = encoder.sampleRate() / 50;
            ByteBuffer packet = ByteBuffer.allocate(BYTES_MAX);
            long began = System.nanoTime();
            for (int frame = 0; (frame + 1) * step <= samples.length; frame++) {
                long due = began + frame * 20_000_000L;
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                packet.clear();
                int timestamp = frame * (encoder.rtpClockRate() / 50);
                RtpPacket.writeHeader(packet, false, payloadType, frame & 0xFFFF, timestamp, 9);
                packet.position(RtpPacket.HEADER_BYTES);
                int bytes = encoder.encode(samples, frame * step, step, packet);
                if (bytes > 0) {
                    rtp.send(new DatagramPacket(packet.array(), packet.position(), to));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void listen() {
        DatagramPacket datagram = new DatagramPacket(new byte[BYTES_MAX], BYTES_MAX);
        RtpPacket packet = new RtpPacket();
        try {
            while (true) {
                rtp.receive(datagram);
                packet.wrap(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()));
                ear.hear(packet, System.nanoTime());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
