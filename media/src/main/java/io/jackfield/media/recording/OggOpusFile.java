package io.jackfield.media.recording;

import io.jackfield.media.codec.Opus;
import io.jackfield.media.codec.OpusEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.ogg.OggPages;
import io.jackfield.media.ogg.OpusHead;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An Ogg Opus file (RFC 7845): each channel is an Opus stream of its own, so that nothing of one is
 * heard in the other. A page holds a second; pages are never changed, so a file that ends anywhere
 * is good up to there.
 */
final class OggOpusFile implements SoundFile {
    private static final int FRAME_MILLIS = 20;
    private static final int FRAMES_A_PAGE = 50;

    /** What libopus' encoder delays voice by, in samples of 48 kHz. */
    private static final int PRE_SKIP = 312;

    private static final int GRANULE_RATE = 48_000;

    /** Speech that is to be understood later, by little work. */
    private static final OpusTuning TUNING =
            OpusTuning.VOICE.withBitsPerSecond(16_000).withComplexity(2);

    private final RecordingOutput output;
    private final int rate;
    private final int frame;
    private final OpusEncoder[] encoders;
    private final short[][] waiting;
    private final OggPages pages;
    private final ByteBuffer packet = ByteBuffer.allocate(2 * OpusEncoder.BYTES_MAX + 4);
    private final ByteBuffer encoded = ByteBuffer.allocate(OpusEncoder.BYTES_MAX);
    private int count;
    private int frames;
    private long written;
    private long good;

    OggOpusFile(RecordingOutput output, int rate, Opus opus, int serial) throws IOException {
        this.output = output;
        this.rate = rate;
        frame = rate * FRAME_MILLIS / 1_000;
        waiting = new short[2][frame];
        encoders = new OpusEncoder[] {opus.encoder(rate, TUNING), opus.encoder(rate, TUNING)};
        pages = new OggPages(serial);
        try {
            begin();
        } catch (IOException noRoom) {
            release();
            throw noRoom;
        }
    }

    private void begin() throws IOException {
        pages.add(OpusHead.twoMono(PRE_SKIP, rate).write());
        appendPage(0, false);
        pages.add(OpusHead.tags("jackfield"));
        appendPage(0, false);
    }

    @Override
    public void write(short[] interleaved, int offset, int more) throws IOException {
        for (int i = 0; i < more; i++) {
            waiting[0][count] = interleaved[offset + i * 2];
            waiting[1][count] = interleaved[offset + i * 2 + 1];
            if (++count == frame) {
                encode();
            }
        }
    }

    private void encode() throws IOException {
        packet.clear();
        selfDelimited(encode(0));
        packet.put(encode(1));
        packet.flip();
        if (frames == FRAMES_A_PAGE || !pages.fits(packet.remaining())) {
            appendPage(granule(), false);
        }
        pages.add(packet);
        frames++;
        written += frame;
        count = 0;
    }

    private ByteBuffer encode(int channel) {
        encoded.clear();
        int _ = encoders[channel].encode(waiting[channel], 0, frame, encoded);
        return encoded.flip();
    }

    /** A packet of one frame, with its length behind the first byte (RFC 6716 appendix B). */
    private void selfDelimited(ByteBuffer one) {
        packet.put(one.get());
        int length = one.remaining();
        if (length < 252) {
            packet.put((byte) length);
        } else {
            int low = 252 + (length & 3);
            packet.put((byte) low).put((byte) ((length - low) / 4));
        }
        packet.put(one);
    }

    /** What plays until the end of the frames so far. */
    private long granule() {
        return written * (GRANULE_RATE / rate) + PRE_SKIP;
    }

    private void appendPage(long granule, boolean last) throws IOException {
        output.append(pages.page(granule, last));
        good = output.size();
        frames = 0;
    }

    @Override
    public void checkpoint() {
        // Each page stands for itself.
    }

    @Override
    public long bytes() {
        return output.size();
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public void finish() throws IOException {
        try {
            if (count > 0) {
                int over = frame - count;
                write(new short[over * 2], 0, over);
                written -= over;
            }
            appendPage(granule(), true);
        } finally {
            release();
        }
        output.finish();
    }

    @Override
    public void abandon() throws IOException {
        release();
        output.abandon(good);
    }

    private void release() {
        encoders[0].close();
        encoders[1].close();
    }
}
