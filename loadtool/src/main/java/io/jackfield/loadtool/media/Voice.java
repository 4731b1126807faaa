package io.jackfield.loadtool.media;

import io.jackfield.loadtool.measure.NumberedFrame;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;

/** What is said in a run. Thread: the loop's. */
sealed interface Voice {
    /**
     * Writes a frame of 20 ms.
     *
     * @param talker which one, of this run
     * @param number of this frame, from 0
     * @return bytes written
     */
    int write(ByteBuffer out, int offset, CodecMap.Entry codec, int talker, int number, long now);

    /**
     * Frames that say which they are, for a PBX that passes them on as they are.
     *
     * @param run tells this run's frames from others'
     */
    record Numbered(int run) implements Voice {
        /** 20 ms at 64 kbit/s. */
        private static final int G711_BYTES = 160;

        /** 20 ms at 32 kbit/s, what browsers send for speech. */
        private static final int OPUS_BYTES = 80;

        @Override
        public int write(
                ByteBuffer out,
                int offset,
                CodecMap.Entry codec,
                int talker,
                int number,
                long now) {
            int length = codec.codec().name().equals("opus") ? OPUS_BYTES : G711_BYTES;
            NumberedFrame.write(out, offset, length, run, talker, number, now);
            return length;
        }
    }

    /** Sound with marks, for a PBX that decodes and encodes it. */
    record Sounding(MarkedSound sound) implements Voice {
        @Override
        public int write(
                ByteBuffer out,
                int offset,
                CodecMap.Entry codec,
                int talker,
                int number,
                long now) {
            byte[] frame = sound.frame(codec.codec(), number);
            out.put(offset, frame);
            return frame.length;
        }
    }
}
