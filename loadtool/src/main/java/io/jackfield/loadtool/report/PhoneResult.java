package io.jackfield.loadtool.report;

import io.jackfield.media.client.HeadlessReport;
import java.time.Duration;
import java.util.Optional;

/**
 * How one phone fared.
 *
 * @param problem in words, why it did not register, get through or stay; empty when all went well
 * @param registeredAfter from REGISTER to its 200
 * @param answeredAfter from INVITE to its 200
 * @param codec that it sent; empty when it had no answer
 * @param media empty when it had no answer
 */
public record PhoneResult(
        String user,
        Optional<String> problem,
        Optional<Duration> registeredAfter,
        Optional<Duration> answeredAfter,
        String codec,
        Optional<HeadlessReport> media) {
    /**
     * Frames sent and not heard back, wherever they got lost: the first of a call and the last of
     * it count like any other.
     */
    public long lost() {
        return media.map(m -> m.framesSent() - m.framesHeard()).orElse(0L);
    }

    /** True when it got through, and every frame came back once and as it was sent. */
    public boolean flawless() {
        return problem.isEmpty()
                && lost() == 0
                && media.filter(m -> m.framesSent() > 0)
                        .filter(m -> m.framesRepeated() == 0 && m.framesDamaged() == 0)
                        .isPresent();
    }
}
