package io.jackfield.media.bridge;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.media.audio.SoundMeter;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.SoundSource;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import java.util.Arrays;

/**
 * Plays back to a leg after two seconds what it said, and measures the sound of both: late enough
 * to be told from an echo of the line, and to be listened to.
 *
 * <p>Thread: the media loop's; a frame allocates nothing.
 */
public final class QualityEcho implements Hearer, SoundSource {
    private static final int DELAY_SECONDS = 2;
    private static final int FRAMES_PER_SECOND = 50;
    private static final int WIDEBAND = 16_000;

    private final CodecMap codecs;
    private final OutgoingStream to;
    private final IncomingSound sound;
    private final SoundMeter meter = new SoundMeter();
    private final short[] said;

    /** What was said in the last two seconds; the oldest frame is played next. */
    private final short[] kept;

    private int oldest;

    /** Frames to be played after the last that was said. */
    private int owed;

    private QualityEcho(CodecMap codecs, OutgoingStream to, SpeechCodecs speechCodecs) {
        this.codecs = codecs;
        this.to = to;
        int rate = SpeechCodecs.sampleRate(codecs.chosen().codec(), WIDEBAND);
        this.sound = new IncomingSound(codecs, rate, speechCodecs);
        this.said = new short[rate / FRAMES_PER_SECOND];
        this.kept = new short[rate * DELAY_SECONDS];
    }

    /**
     * Lets a leg hear itself.
     *
     * @param before goes on where it is this echo and the codecs are the same
     */
    public static Hearer connect(
            Hearer before, CodecMap codecs, OutgoingStream to, SpeechCodecs speechCodecs) {
        if (before instanceof QualityEcho same && same.codecs.equals(codecs)) {
            return same;
        }
        QualityEcho echo = new QualityEcho(codecs, to, speechCodecs);
        boolean _ = to.listenTo(echo);
        return echo;
    }

    @Override
    public Outcome hear(RtpPacket packet, long nowNanos) {
        return sound.put(packet, to, nowNanos);
    }

    @Override
    public void pressed(DtmfPress press, long nowNanos) {}

    @Override
    public int sampleRate() {
        return sound.sampleRate();
    }

    @Override
    public boolean take(short[] pcm, int samples, long nowNanos) {
        if (sound.isHeard(nowNanos)) {
            sound.take(said, samples, nowNanos);
            owed = DELAY_SECONDS * FRAMES_PER_SECOND;
        } else if (owed > 0) {
            Arrays.fill(said, (short) 0);
            owed--;
        } else {
            return false;
        }
        System.arraycopy(kept, oldest, pcm, 0, samples);
        System.arraycopy(said, 0, kept, oldest, samples);
        oldest = (oldest + samples) % kept.length;
        meter.hear(said, pcm, samples);
        return true;
    }

    /** What was measured so far. */
    public SoundMeter meter() {
        return meter;
    }

    @Override
    public LegStatistics.Decoded decoded() {
        return sound.statistics();
    }

    @Override
    public void close() {
        to.stopListening(this);
        sound.close();
    }
}
