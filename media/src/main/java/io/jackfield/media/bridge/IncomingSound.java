package io.jackfield.media.bridge;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.media.audio.JitterBuffer;
import io.jackfield.media.audio.JitterLimits;
import io.jackfield.media.audio.JitterStatistics;
import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.resampler.Resampler;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one leg says, as even sound at one rate: packets in, 20 ms out.
 *
 * <p>A leg may say any codec it has agreed on; each has a decoder and a jitter buffer of its own
 * from its first packet on, and the one spoken last is heard. Whatever the packets hold, they are
 * counted and concealed, never thrown for. Thread: the media loop's; neither a packet nor a frame
 * allocates.
 */
final class IncomingSound {
    private static final int FRAMES_PER_SECOND = 50;
    private static final int TYPES = 128;
    private static final long NOISE_SEED = 0x5DEECE66DL;

    /**
     * Nothing for so long, and nothing is sent any more: longer than Opus waits between packets of
     * silence (400 ms, RFC 6716 §2.1.9), as long as a codec's own idea of silence is heard.
     */
    private static final long IDLE_NANOS = 1_000_000_000L;

    /** One codec of the leg. */
    private final class Language {
        final AudioDecoder decoder;
        final JitterBuffer buffer;
        final short[] decoded;
        final @Nullable Resampler resampler;

        Language(CodecMap.Entry entry) {
            decoder = codecs.decoder(entry.codec(), sampleRate);
            buffer = new JitterBuffer(decoder, JitterLimits.USUAL, NOISE_SEED);
            decoded = new short[decoder.sampleRate() / FRAMES_PER_SECOND];
            boolean same = decoder.sampleRate() == sampleRate;
            resampler = same ? null : new Resampler(decoder.sampleRate(), sampleRate);
        }

        void take(short[] pcm, int samples, long nowNanos) {
            if (resampler == null) {
                buffer.take(pcm, 0, samples, nowNanos);
            } else {
                buffer.take(decoded, 0, decoded.length, nowNanos);
                resampler.process(decoded, 0, decoded.length, pcm, 0);
            }
        }

        LegStatistics.Decoded statistics() {
            JitterStatistics s = buffer.statistics();
            int rate = decoder.sampleRate();
            return new LegStatistics.Decoded(
                    s.accepted(),
                    s.late(),
                    s.discarded(),
                    decoder.brokenPayloads(),
                    s.takenSamples() * 1_000 / rate,
                    s.concealedSamples() * 1_000 / rate);
        }
    }

    private final SpeechCodecs codecs;
    private final int sampleRate;
    private final CodecMap.@Nullable Entry[] speech = new CodecMap.Entry[TYPES];
    private final boolean[] noise = new boolean[TYPES];
    private final @Nullable Language[] byType = new Language[TYPES];
    private final List<Language> known = new ArrayList<>();
    private @Nullable Language current;
    private long heardNanos;
    private boolean closed;

    /**
     * @param from what the leg has agreed on; what cannot be decoded is left out
     * @param sampleRate of what comes out: 8,000 or 16,000
     */
    IncomingSound(CodecMap from, int sampleRate, SpeechCodecs codecs) {
        this.codecs = codecs;
        this.sampleRate = sampleRate;
        for (CodecMap.Entry entry : from.codecs()) {
            if (SpeechCodecs.knows(entry.codec())) {
                speech[entry.receive()] = entry;
            }
        }
        from.comfortNoise().forEach(entry -> noise[entry.receive()] = true);
    }

    int sampleRate() {
        return sampleRate;
    }

    /**
     * Takes a packet for a leg that sends this sound at its own times.
     *
     * @return {@code FORWARDED}, or why that leg hears nothing of it
     */
    Outcome put(RtpPacket packet, OutgoingStream to, long nowNanos) {
        Outcome taken = to.takesSound();
        if (taken == Outcome.FORWARDED) {
            put(packet, nowNanos);
            to.soundBegins(nowNanos);
        }
        return taken;
    }

    /** Takes a packet; what is no sound, keys above all, is left alone. */
    void put(RtpPacket packet, long nowNanos) {
        int type = packet.payloadType();
        Language spoken = byType[type];
        if (spoken == null && speech[type] != null) {
            spoken = learn(type, speech[type]);
        }
        if (spoken != null) {
            current = spoken;
            heardNanos = nowNanos;
            put(spoken.buffer, packet, false, nowNanos);
        } else if (noise[type] && current != null) {
            heardNanos = nowNanos;
            put(current.buffer, packet, true, nowNanos);
        }
    }

    private @Nullable Language learn(int type, CodecMap.Entry entry) {
        if (closed) {
            return null;
        }
        Language language = new Language(entry);
        byType[type] = language;
        known.add(language);
        return language;
    }

    /** The packet is as it was afterwards. */
    private static void put(JitterBuffer into, RtpPacket packet, boolean noise, long nowNanos) {
        ByteBuffer bytes = packet.buffer();
        int position = bytes.position();
        int limit = bytes.limit();
        int payload = packet.payloadOffset();
        bytes.limit(payload + packet.payloadLength()).position(payload);
        if (noise) {
            into.putNoise(packet.sequenceNumber(), packet.rtpTimestamp(), bytes, nowNanos);
        } else {
            into.put(packet.sequenceNumber(), packet.rtpTimestamp(), bytes, nowNanos);
        }
        bytes.limit(limit).position(position);
    }

    /** Whether a packet has come so lately that there is sound, be it only the end of it. */
    boolean isHeard(long nowNanos) {
        return current != null && nowNanos - heardNanos < IDLE_NANOS;
    }

    /** Gives the next 20 ms; only while {@link #isHeard}. */
    void take(short[] pcm, int samples, long nowNanos) {
        if (current != null) {
            current.take(pcm, samples, nowNanos);
        }
    }

    LegStatistics.Decoded statistics() {
        LegStatistics.Decoded all = LegStatistics.Decoded.NOTHING;
        for (Language language : known) {
            all = all.plus(language.statistics());
        }
        return all;
    }

    /** Frees the decoders; {@link #statistics} stays. */
    void close() {
        if (!closed) {
            closed = true;
            current = null;
            Arrays.fill(byType, null);
            known.forEach(language -> SpeechCodecs.discard(language.decoder));
        }
    }
}
