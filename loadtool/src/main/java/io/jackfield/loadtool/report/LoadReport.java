package io.jackfield.loadtool.report;

import io.jackfield.media.client.HeadlessReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/**
 * What a run has shown.
 *
 * @param number that was called
 * @param steady how long all phones talked at once
 * @param phones in the order of the accounts
 * @param server what its process used in the steady phase; empty when not asked, or gone
 */
public record LoadReport(
        String number, Duration steady, List<PhoneResult> phones, Optional<ServerUse> server) {
    private static final double NANOS_PER_MILLI = 1e6;

    public LoadReport {
        phones = List.copyOf(phones);
    }

    /** Frames of all phones. */
    public record Frames(long sent, long echoed, long lost, long repeated, long damaged) {}

    /** True when every phone got through and nothing was lost, repeated or changed. */
    public boolean flawless() {
        return phones.stream().allMatch(PhoneResult::flawless);
    }

    /** Phones whose call was answered, connected and stayed. */
    public long succeeded() {
        return phones.stream().filter(phone -> phone.problem().isEmpty()).count();
    }

    public Frames frames() {
        return new Frames(
                sum(HeadlessReport::framesSent),
                sum(HeadlessReport::framesHeard),
                phones.stream().mapToLong(PhoneResult::lost).sum(),
                sum(HeadlessReport::framesRepeated),
                sum(HeadlessReport::framesDamaged));
    }

    private long sum(ToLongFunction<HeadlessReport> count) {
        return phones.stream().flatMap(p -> p.media().stream()).mapToLong(count).sum();
    }

    /** REGISTER to 200, the 401 round included. */
    public Percentiles registered() {
        return durations(PhoneResult::registeredAfter);
    }

    /** INVITE to 200, the 401 round included. */
    public Percentiles answered() {
        return durations(PhoneResult::answeredAfter);
    }

    /** The call's 200 to SRTP keys. */
    public Percentiles connected() {
        return durations(phone -> phone.media().flatMap(HeadlessReport::dtlsAfter));
    }

    /** The call's 200 to the first packet heard. */
    public Percentiles firstHeard() {
        return durations(phone -> phone.media().flatMap(HeadlessReport::firstHeardAfter));
    }

    /** A frame's way to the echo and back; every frame of every phone counts. */
    public Percentiles roundTrips() {
        return Percentiles.of(
                phones.stream()
                        .flatMap(phone -> phone.media().stream())
                        .flatMapToLong(media -> Arrays.stream(media.roundTrips().nanos()))
                        .mapToDouble(nanos -> nanos / NANOS_PER_MILLI));
    }

    /** Each phone's longest time between two frames heard; 20 ms were best. */
    public Percentiles longestGaps() {
        return Percentiles.of(
                phones.stream()
                        .flatMap(phone -> phone.media().stream())
                        .mapToDouble(HeadlessReport::longestGapMillis));
    }

    private Percentiles durations(Function<PhoneResult, Optional<Duration>> of) {
        DoubleStream millis =
                phones.stream()
                        .flatMap(phone -> of.apply(phone).stream())
                        .mapToDouble(duration -> duration.toNanos() / NANOS_PER_MILLI);
        return Percentiles.of(millis);
    }

    /** The codecs that were sent, each once. */
    public List<String> codecs() {
        return phones.stream()
                .map(PhoneResult::codec)
                .filter(c -> !c.isEmpty())
                .distinct()
                .toList();
    }
}
