package io.jackfield.media.dtls;

import io.jackfield.protocol.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;

/**
 * How handshakes are done.
 *
 * @param profiles SRTP protection profiles in our order of preference, 1 to 4; as server we take
 *     the first of ours that the client offers
 * @param deadline for a whole handshake; 1 s to 60 s
 * @param resendAfter before a flight is sent again, doubled each time; 20 ms to 60 s. RFC 6347
 *     §4.2.4.1 suggests a second, for want of knowledge about the path; real-time peers go lower
 *     (RFC 8842 calls for no particular value), and what is lost here is heard as silence
 * @param handshakesMax running at one time; each holds a few buffers of 1.5 kB and uses about a
 *     millisecond of a core
 */
public record DtlsSettings(
        List<SrtpProfile> profiles, Duration deadline, Duration resendAfter, int handshakesMax) {

    /**
     * Counter mode with HMAC-SHA1 first: as fast as GCM here (15 µs of CPU for a packet echoed
     * through both, most of it in the kernel), with a tenth of the garbage: the JDK's GCM makes a
     * kilobyte of it for each packet, counter mode a hundred bytes.
     */
    public static final DtlsSettings DEFAULT =
            new DtlsSettings(
                    List.of(
                            SrtpProfile.AES128_CM_HMAC_SHA1_80,
                            SrtpProfile.AEAD_AES_128_GCM,
                            SrtpProfile.AEAD_AES_256_GCM),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(150),
                    500);

    public DtlsSettings {
        profiles = List.copyOf(profiles);
        if (profiles.isEmpty() || profiles.stream().distinct().count() != profiles.size()) {
            throw new IllegalArgumentException("SRTP profiles: none, or one twice: " + profiles);
        }
        check("deadline", deadline, Duration.ofSeconds(1), Duration.ofSeconds(60));
        check("resendAfter", resendAfter, Duration.ofMillis(20), Duration.ofSeconds(60));
        if (handshakesMax < 1) {
            throw new IllegalArgumentException("handshakesMax below 1: " + handshakesMax);
        }
    }

    private static void check(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + " outside " + min + " to " + max);
        }
    }
}
