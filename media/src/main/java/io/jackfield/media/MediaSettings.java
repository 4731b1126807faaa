package io.jackfield.media;

import java.time.Duration;
import java.util.List;

/**
 * How the media engine is set up.
 *
 * @param addresses 1 to 8; the first is preferred. Nothing outside this list is bound or said
 * @param browserPort UDP port of all browser legs, on each local address; 0 lets the system choose
 *     (tests), else 1024 to 65535. Default 10000
 * @param trunkPortMin first of the trunk ports, even. Default 10002
 * @param trunkPortMax last of them, odd. Default 19999
 * @param silenceAfter without a packet that should come, before {@link MediaEvent.Silent}; 1 s to
 *     60 s. Default 5 s
 * @param lastReportWithin how long a trunk leg that is closed waits for what the carrier says at
 *     the end, where it has said nothing before; 0 to 60 s. Default 250 ms, more than a round trip
 * @param socketBufferBytes asked of the kernel per socket in each direction; {@link
 *     MediaCounters#receiveBufferBytes} says what it gave. Default 1 MiB, at 200 bytes a packet a
 *     tenth of a second of 50,000 packets/s
 * @param legsMax browser and trunk legs at one time. Default 4000
 */
public record MediaSettings(
        List<MediaAddress> addresses,
        int browserPort,
        int trunkPortMin,
        int trunkPortMax,
        Duration silenceAfter,
        Duration lastReportWithin,
        int socketBufferBytes,
        int legsMax) {

    /** Our descriptions show no more. */
    private static final int ADDRESSES_MAX = 8;

    public MediaSettings {
        addresses = List.copyOf(addresses);
        check("addresses", addresses.size(), 1, ADDRESSES_MAX);
        if (addresses.stream().map(MediaAddress::local).distinct().count() != addresses.size()) {
            throw new IllegalArgumentException("a local media address appears twice");
        }
        if (browserPort != 0) {
            check("browserPort", browserPort, 1024, 65535);
        }
        check("trunkPortMin", trunkPortMin, 1024, 65534);
        check("trunkPortMax", trunkPortMax, trunkPortMin + 1, 65535);
        if (trunkPortMin % 2 != 0 || trunkPortMax % 2 == 0) {
            throw new IllegalArgumentException("trunk ports must begin even and end odd");
        }
        check("silenceAfter in ms", silenceAfter.toMillis(), 1_000, 60_000);
        check("lastReportWithin in ms", lastReportWithin.toMillis(), 0, 60_000);
        check("socketBufferBytes", socketBufferBytes, 65_536, 64 << 20);
        check("legsMax", legsMax, 1, 100_000);
    }

    /** Defaults for everything but the addresses. */
    public static MediaSettings of(List<MediaAddress> addresses) {
        return new MediaSettings(
                addresses,
                10_000,
                10_002,
                19_999,
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                1 << 20,
                4_000);
    }

    public MediaSettings withBrowserPort(int port) {
        return new MediaSettings(
                addresses,
                port,
                trunkPortMin,
                trunkPortMax,
                silenceAfter,
                lastReportWithin,
                socketBufferBytes,
                legsMax);
    }

    public MediaSettings withTrunkPorts(int min, int max) {
        return new MediaSettings(
                addresses,
                browserPort,
                min,
                max,
                silenceAfter,
                lastReportWithin,
                socketBufferBytes,
                legsMax);
    }

    public MediaSettings withSilenceAfter(Duration after) {
        return new MediaSettings(
                addresses,
                browserPort,
                trunkPortMin,
                trunkPortMax,
                after,
                lastReportWithin,
                socketBufferBytes,
                legsMax);
    }

    public MediaSettings withLastReportWithin(Duration within) {
        return new MediaSettings(
                addresses,
                browserPort,
                trunkPortMin,
                trunkPortMax,
                silenceAfter,
                within,
                socketBufferBytes,
                legsMax);
    }

    static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " outside " + min + " to " + max + ": " + value);
        }
    }
}
