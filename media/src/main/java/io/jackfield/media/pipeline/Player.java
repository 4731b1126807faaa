package io.jackfield.media.pipeline;

import io.jackfield.media.codec.AudioEncoder;
import io.jackfield.media.codec.OpusEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.resampler.Resampler;
import io.jackfield.protocol.sdp.Codec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes sound for one leg, 20 ms at a time, and says when the next packet is due.
 *
 * <p>Due times are counted from the first, so timers that fire late do not add up to drift. Thread:
 * the media loop's; a frame allocates nothing.
 */
final class Player {
    private static final int FRAMES_PER_SECOND = 50;
    private static final long FRAME_NANOS = 20_000_000L;

    /** After a stall as long as this the rest is sent later, not in a burst. */
    private static final long STALL_NANOS = 100_000_000L;

    private final SoundSource source;
    private final SpeechCodecs codecs;
    private final short[] taken;
    private short[] fitting;
    private @Nullable Resampler resampler;
    private AudioEncoder encoder;
    private boolean playing;
    private long dueNanos;

    /**
     * @param codec of the leg; known to {@link SpeechCodecs#knows}
     */
    Player(SoundSource source, SpeechCodecs codecs, Codec codec, OpusTuning tuning) {
        this.source = source;
        this.codecs = codecs;
        this.taken = new short[source.sampleRate() / FRAMES_PER_SECOND];
        this.encoder = codecs.encoder(codec, source.sampleRate(), tuning);
        this.fitting = fit();
    }

    /** Only where rates differ is there something between source and encoder. */
    private short[] fit() {
        boolean same = encoder.sampleRate() == source.sampleRate();
        resampler = same ? null : new Resampler(source.sampleRate(), encoder.sampleRate());
        return resampler == null ? taken : new short[resampler.outputMax(taken.length)];
    }

    /** The leg has agreed on another codec. */
    void encodeAs(Codec codec, OpusTuning tuning) {
        SpeechCodecs.discard(encoder);
        encoder = codecs.encoder(codec, source.sampleRate(), tuning);
        fitting = fit();
    }

    void tune(OpusTuning tuning) {
        if (encoder instanceof OpusEncoder opus) {
            opus.tune(tuning);
        }
    }

    /** The first packet is due now; nothing where one is due anyway. */
    void begin(long nowNanos) {
        if (!playing) {
            playing = true;
            dueNanos = nowNanos;
        }
    }

    @SuppressWarnings("ReferenceEquality") // This one and no other like it.
    boolean plays(SoundSource sound) {
        return sound == source;
    }

    /** Whether packets are due. */
    boolean isPlaying() {
        return playing;
    }

    long dueNanos() {
        return dueNanos;
    }

    /**
     * Writes the payload of the next 20 ms at the position, unless there is nothing to be heard or,
     * by the codec's word, nothing that need be sent. Where there is nothing to be heard, it plays
     * no more.
     *
     * @return bytes written
     */
    int writeFrame(ByteBuffer out, long nowNanos) {
        if (!source.take(taken, taken.length, nowNanos)) {
            playing = false;
            return 0;
        }
        dueNanos += FRAME_NANOS;
        if (nowNanos - dueNanos > STALL_NANOS) {
            dueNanos = nowNanos;
        }
        int samples =
                resampler == null
                        ? taken.length
                        : resampler.process(taken, 0, taken.length, fitting, 0);
        return encoder.encode(fitting, 0, samples, out);
    }

    /** Units of the RTP timestamp that a frame takes. */
    int frameRtpUnits() {
        return encoder.rtpClockRate() / FRAMES_PER_SECOND;
    }

    void close() {
        SpeechCodecs.discard(encoder);
    }
}
