package io.jackfield.media.recording;

import io.jackfield.media.ogg.OggReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a file whole that its writer could not end. Pure but for the file; any thread. */
final class Recovery {
    private Recovery() {}

    /**
     * Cuts off what is half written and puts the head or the end right.
     *
     * @return false where there is no sound in it
     * @throws UnreadableRecording where it is sealed and cannot be opened
     */
    static boolean repair(Path part, Optional<RecordingKey> key) throws IOException {
        long size;
        boolean sealed;
        long good;
        boolean complete;
        try (RecordedFile file = RecordedFile.open(part, key)) {
            size = file.size();
            sealed = file.sealed();
            good = file.goodFileBytes();
            complete = file.complete();
        }
        if (sealed) {
            if (!complete) {
                endSealed(part, key.orElseThrow(), good);
            }
            return size > WavHeader.BYTES;
        }
        boolean wav = part.toString().contains(RecordingOrder.Format.WAV.extension() + ".part");
        return wav ? repairWav(part) : repairOgg(part);
    }

    private static void endSealed(Path part, RecordingKey key, long good) throws IOException {
        try (FileChannel file = RecordingFolder.forRepair(part)) {
            ByteBuffer head = ByteBuffer.allocate(SealedChunks.HEAD_BYTES);
            int _ = file.read(head, 0);
            SealedChunks chunks =
                    SealedChunks.opening(key, head.array())
                            .orElseThrow(() -> new UnreadableRecording("another key"));
            long number = (good - SealedChunks.HEAD_BYTES) / SealedChunks.SEALED_BYTES;
            ByteBuffer end = ByteBuffer.allocate(SealedChunks.TAG_BYTES);
            chunks.seal(number, true, ByteBuffer.allocate(0), end);
            file.truncate(good);
            RecordingFolder.writeAll(file, end.flip(), good);
        }
    }

    private static boolean repairWav(Path part) throws IOException {
        try (FileChannel file = RecordingFolder.forRepair(part)) {
            ByteBuffer head = ByteBuffer.allocate(WavHeader.BYTES);
            int _ = file.read(head, 0);
            int rate = WavHeader.rate(head.flip());
            long data = WavHeader.dataBytes(file.size());
            if (rate == 0 || data == 0) {
                return false;
            }
            file.truncate(WavHeader.BYTES + data);
            RecordingFolder.writeAll(file, WavHeader.of(rate, data), 0);
            return true;
        }
    }

    private static boolean repairOgg(Path part) throws IOException {
        long good;
        long sound = -2;
        try (InputStream in = new BufferedInputStream(java.nio.file.Files.newInputStream(part))) {
            OggReader reader = new OggReader(in);
            while (reader.packet().isPresent()) {
                sound++;
            }
            good = reader.goodBytes();
        }
        try (FileChannel file = RecordingFolder.forRepair(part)) {
            file.truncate(good);
        }
        return sound > 0;
    }
}
