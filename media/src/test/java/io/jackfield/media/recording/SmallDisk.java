package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes; only for root, else the test is skipped and says so. */
final class SmallDisk implements AutoCloseable {
    private static final int COMMAND_SECONDS_MAX = 30;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk inMemory(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        mustRun("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
        return new SmallDisk(folder);
    }

    /** Ext4 in a file: the one that {@link #abort} works on. */
    static SmallDisk inFile(Path folder, Path image, int megabytes) throws IOException {
        Files.createDirectories(folder);
        mustRun("truncate", "-s", megabytes + "M", image.toString());
        mustRun("mkfs.ext4", "-q", "-F", image.toString());
        mustRun("mount", "-o", "loop", image.toString(), folder.toString());
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** The kernel makes it read-only at once, as after an error of the disk. */
    void abort() throws IOException {
        mustRun("mount", "-o", "remount,abort", folder.toString());
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", folder.toString());
    }

    private static void mustRun(String... command) throws IOException {
        boolean done;
        try {
            done = run(command);
        } catch (IOException missing) {
            done = false;
        }
        Assumptions.assumeTrue(done, "needs root and: " + String.join(" ", command));
    }

    private static boolean run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)
                    && process.exitValue() == 0;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
