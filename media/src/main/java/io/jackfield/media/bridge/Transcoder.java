package io.jackfield.media.bridge;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.SoundSource;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;

/**
 * One direction between legs of different codecs: packets go into a jitter buffer, and the hearing
 * leg takes 20 ms of sound from it whenever its own next packet is due.
 *
 * <p>Opus is decoded and encoded at the rate of the codec it meets, so that only G.711 and G.722
 * need a resampler between them. Keys are pressed anew. Thread: the media loop's.
 */
final class Transcoder implements Hearer, SoundSource {
    private final CodecMap from;
    private final OutgoingStream to;
    private final CodecMap heard;
    private final IncomingSound sound;

    private Transcoder(CodecMap from, OutgoingStream to, CodecMap heard, SpeechCodecs codecs) {
        this.from = from;
        this.to = to;
        this.heard = heard;
        this.sound = new IncomingSound(from, sampleRate(from, heard), codecs);
    }

    /**
     * Connects a leg to what another hears.
     *
     * @param heard what the hearing leg has agreed on; its chosen codec is known to us
     */
    static Transcoder connect(
            CodecMap from, OutgoingStream to, CodecMap heard, SpeechCodecs codecs) {
        Transcoder transcoder = new Transcoder(from, to, heard, codecs);
        boolean _ = to.listenTo(transcoder);
        return transcoder;
    }

    /** The rate of that one which has no choice. */
    private static int sampleRate(CodecMap from, CodecMap heard) {
        Codec spoken = from.chosen().codec();
        int heardRate = SpeechCodecs.sampleRate(heard.chosen().codec(), 16_000);
        return SpeechCodecs.sampleRate(spoken, heardRate);
    }

    /** Whether it does so already, so that nothing needs to be interrupted. */
    @SuppressWarnings("ReferenceEquality") // That very stream.
    boolean connects(CodecMap speaking, OutgoingStream hearing, CodecMap hearingCodecs) {
        return hearing == to && speaking.equals(from) && hearingCodecs.equals(heard);
    }

    @Override
    public Outcome hear(RtpPacket packet, long nowNanos) {
        return sound.put(packet, to, nowNanos);
    }

    @Override
    public int sampleRate() {
        return sound.sampleRate();
    }

    @Override
    public boolean take(short[] pcm, int samples, long nowNanos) {
        if (!sound.isHeard(nowNanos)) {
            return false;
        }
        sound.take(pcm, samples, nowNanos);
        return true;
    }

    @Override
    public void pressed(DtmfPress press, long nowNanos) {
        boolean _ = to.press(press, nowNanos);
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
