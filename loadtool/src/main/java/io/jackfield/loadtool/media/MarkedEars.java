package io.jackfield.loadtool.media;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.Opus;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.RtpValidity;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears {@link MarkedSound}: where it gets loud, that is the frame with which the talker began to
 * be loud last; the RTP timestamps say which the others are.
 *
 * <p>A PBX that keeps sound in a buffer may begin to be loud in the middle of a frame; so a delay
 * is right to 20 ms where it has one, and exact where it turns each packet into one.
 *
 * <p>Thread: the loop's.
 */
final class MarkedEars implements Ears {
    private static final int G711_RATE = 8_000;

    /** At lower rates Concentus, which stands in for libopus, decodes music frames to silence. */
    private static final int OPUS_RATE = 48_000;

    private static final int FRAMES_PER_SECOND = 50;
    private static final int NONE = -1;

    /** So many soft frames come before a mark: a crackle is none. */
    private static final int SOFT_BEFORE = 10;

    private final Hearing hearing;
    private final Supplier<Optional<Talker>> talker;
    private final Supplier<AudioDecoder> decoders;
    private final short[] pcm = new short[OPUS_RATE / 1_000 * AudioDecoder.FRAME_MILLIS_MAX];
    private @Nullable AudioDecoder decoder;
    private int ulaw = NONE;
    private int alaw = NONE;
    private int opus = NONE;
    private int opusUnits = 1;
    private int soft;

    /** The talker's number of the frame with this timestamp, once it is known. */
    private boolean placed;

    private int placedNumber;
    private int placedTimestamp;

    /**
     * @param talker whose voice should be heard here, once there is one
     */
    MarkedEars(Hearing hearing, Supplier<Optional<Talker>> talker) {
        this(hearing, talker, () -> Opus.best().decoder(OPUS_RATE));
    }

    MarkedEars(
            Hearing hearing, Supplier<Optional<Talker>> talker, Supplier<AudioDecoder> decoders) {
        this.hearing = hearing;
        this.talker = talker;
        this.decoders = decoders;
    }

    @Override
    public void listenTo(CodecMap codecs) {
        ulaw = codecs.entry(Codec.PCMU).map(CodecMap.Entry::receive).orElse(NONE);
        alaw = codecs.entry(Codec.PCMA).map(CodecMap.Entry::receive).orElse(NONE);
        opus = codecs.entry(Codec.OPUS).map(CodecMap.Entry::receive).orElse(NONE);
        opusUnits = Codec.OPUS.clockRate() / FRAMES_PER_SECOND;
        if (opus != NONE && decoder == null) {
            decoder = decoders.get();
        }
    }

    @Override
    public boolean hear(RtpPacket packet, ByteBuffer bytes, long arrivedNanos, long nowNanos) {
        if (packet.wrap(bytes) != RtpValidity.VALID) {
            hearing.damaged();
            return false;
        }
        int samples = decoded(packet, bytes);
        Optional<Talker> whose = talker.get();
        if (samples == 0 || whose.isEmpty()) {
            return false;
        }
        boolean loud = rms(samples) >= MarkedSound.THRESHOLD;
        if (loud && soft >= SOFT_BEFORE) {
            place(whose.get(), packet.rtpTimestamp(), arrivedNanos);
        }
        soft = loud ? 0 : soft + 1;
        if (placed) {
            int units = packet.payloadType() == opus ? opusUnits : G711_RATE / FRAMES_PER_SECOND;
            int number = placedNumber + (packet.rtpTimestamp() - placedTimestamp) / units;
            placed = hearing.heard(whose.get(), number, arrivedNanos, nowNanos);
        }
        return true;
    }

    /** Samples of the packet; 0 for one that is no sound. */
    private int decoded(RtpPacket packet, ByteBuffer bytes) {
        int type = packet.payloadType();
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        if (type == ulaw || type == alaw) {
            G711.Law law = type == ulaw ? G711.Law.ULAW : G711.Law.ALAW;
            int samples = Math.min(length, pcm.length);
            for (int i = 0; i < samples; i++) {
                pcm[i] = law.expand(bytes.get(offset + i));
            }
            return samples;
        }
        if (type == opus && decoder != null && length > 0) {
            return decoder.decode(bytes.slice(offset, length), pcm, 0);
        }
        return 0;
    }

    private double rms(int samples) {
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / samples);
    }

    private void place(Talker whose, int rtpTimestamp, long arrivedNanos) {
        int number = whose.lastMarkBefore(arrivedNanos);
        if (number >= 0) {
            placed = true;
            placedNumber = number;
            placedTimestamp = rtpTimestamp;
        }
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }
}
