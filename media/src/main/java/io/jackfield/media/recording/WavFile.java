package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A WAV file whose head is brought up to date now and then. Where the output cannot be changed
 * later, the head says nothing of the length, and a reader puts it right when it reads.
 */
final class WavFile implements SoundFile {
    private static final int BLOCK_BYTES = 16 << 10;

    private final RecordingOutput output;
    private final int rate;
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    WavFile(RecordingOutput output, int rate) throws IOException {
        this.output = output;
        this.rate = rate;
        output.append(WavHeader.of(rate, output.patches() ? 0 : WavHeader.DATA_BYTES_MAX));
    }

    @Override
    public void write(short[] interleaved, int offset, int frames) throws IOException {
        for (int i = 0; i < frames * 2; i++) {
            if (!block.hasRemaining()) {
                writeBlock();
            }
            block.putShort(interleaved[offset + i]);
        }
    }

    private void writeBlock() throws IOException {
        output.append(block.flip());
        block.clear();
    }

    @Override
    public void checkpoint() throws IOException {
        writeBlock();
        patchHeader();
    }

    private void patchHeader() throws IOException {
        if (output.patches()) {
            output.patch(0, WavHeader.of(rate, WavHeader.dataBytes(output.size())));
        }
    }

    @Override
    public long bytes() {
        return output.size() + block.position();
    }

    @Override
    public boolean full() {
        return bytes() > WavHeader.DATA_BYTES_MAX - (1 << 20);
    }

    @Override
    public void finish() throws IOException {
        checkpoint();
        output.finish();
    }

    @Override
    public void abandon() throws IOException {
        try {
            patchHeader();
        } finally {
            output.abandon(WavHeader.BYTES + WavHeader.dataBytes(output.size()));
        }
    }
}
