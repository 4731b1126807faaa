package io.jackfield.media.engine;

import io.jackfield.media.LegParameters;
import io.jackfield.media.LegState;
import io.jackfield.media.LegStatistics;
import io.jackfield.media.socket.MediaLoop;
import io.jackfield.protocol.dtmf.DtmfDigit;
import io.jackfield.protocol.dtmf.DtmfPress;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What both kinds of handles do: bring commands to the loop.
 *
 * <p>Thread-safety: any thread.
 */
abstract class LegHandle<L extends RunningLeg> {
    private final MediaLoop loop;
    final L running;

    LegHandle(MediaLoop loop, L running) {
        this.loop = loop;
        this.running = running;
    }

    /**
     * @throws IllegalStateException where the loop has fallen hopelessly behind; the call must end
     */
    final void post(LongConsumer command) {
        if (!loop.post(command)) {
            throw new IllegalStateException("the media loop takes no more commands");
        }
    }

    public final String id() {
        return running.id();
    }

    final void applyChecked(LegParameters parameters) {
        post(nowNanos -> running.apply(parameters, nowNanos));
    }

    public final void sendDtmf(char digit, int durationMillis) {
        DtmfPress press =
                DtmfDigit.byCharacter(digit)
                        .map(d -> new DtmfPress(d, durationMillis))
                        .orElseThrow(() -> new IllegalArgumentException("no DTMF digit: " + digit));
        post(nowNanos -> running.press(press, nowNanos));
    }

    public final void readStatistics(Consumer<LegStatistics> to) {
        post(nowNanos -> {
            if (!running.isClosed()) {
                to.accept(running.statistics(nowNanos));
            }
        });
    }

    public final void exportState(Consumer<LegState> to) {
        post(nowNanos -> {
            if (!running.isClosed()) {
                to.accept(running.exportState(nowNanos));
            }
        });
    }

    public final void close() {
        post(running::close);
    }
}
