package io.jackfield.media.bridge;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.media.audio.Mixer;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.SoundSource;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import org.jspecify.annotations.Nullable;

/** A leg's place in a {@link Room}. Thread: the media loop's. */
public final class Seat implements Hearer, SoundSource {
    private final int place;
    private final short[] frame;
    private final SpeechCodecs codecs;
    private @Nullable OutgoingStream to;
    private @Nullable CodecMap from;
    private @Nullable IncomingSound sound;
    private LegStatistics.Decoded before = LegStatistics.Decoded.NOTHING;

    Seat(int place, int frameSamples, SpeechCodecs codecs) {
        this.place = place;
        this.frame = new short[frameSamples];
        this.codecs = codecs;
    }

    int place() {
        return place;
    }

    /** What the seat says in this step, and after that what it hears. */
    short[] frame() {
        return frame;
    }

    /**
     * The leg that sits here, or what it has agreed on anew.
     *
     * @param speaking what it speaks
     * @param hearing what it hears
     */
    public void connect(CodecMap speaking, OutgoingStream hearing) {
        if (!speaking.equals(from)) {
            stopListening();
            from = speaking;
            sound = new IncomingSound(speaking, Mixer.SAMPLE_RATE, codecs);
        }
        to = hearing;
        boolean _ = hearing.listenTo(this);
    }

    private void stopListening() {
        if (sound != null) {
            before = before.plus(sound.statistics());
            sound.close();
            sound = null;
        }
    }

    @Override
    public Outcome hear(RtpPacket packet, long nowNanos) {
        if (sound == null) {
            return Outcome.UNHEARD;
        }
        sound.put(packet, nowNanos);
        return Outcome.FORWARDED;
    }

    @Override
    public void pressed(DtmfPress press, long nowNanos) {}

    /** Puts into {@link #frame} what the leg says in this step; false where that is nothing. */
    boolean takeSaid(long nowNanos) {
        if (sound == null || !sound.isHeard(nowNanos)) {
            return false;
        }
        sound.take(frame, frame.length, nowNanos);
        return true;
    }

    void sendHeard(long nowNanos) {
        if (to != null) {
            to.soundNow(nowNanos);
        }
    }

    @Override
    public int sampleRate() {
        return Mixer.SAMPLE_RATE;
    }

    @Override
    public boolean take(short[] pcm, int samples, long nowNanos) {
        System.arraycopy(frame, 0, pcm, 0, samples);
        return true;
    }

    @Override
    public LegStatistics.Decoded decoded() {
        return sound == null ? before : before.plus(sound.statistics());
    }

    @Override
    public void close() {
        stopListening();
        if (to != null) {
            to.stopListening(this);
            to = null;
        }
    }
}
