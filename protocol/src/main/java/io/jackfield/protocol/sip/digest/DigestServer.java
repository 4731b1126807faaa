package io.jackfield.protocol.sip.digest;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Uri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Challenges requests and checks their credentials (RFC 3261 §22, RFC 7616, RFC 8760).
 *
 * <p>One challenge an algorithm, each a header of its own, in the order configured. The usual order
 * is SHA-256, then MD5: "the UAC SHOULD use the first challenge it supports" (RFC 8760 §2.4), so
 * phones that know SHA-256 take it. JsSIP 3.13.8 knows MD5 alone and keeps only the <em>last</em>
 * challenge of a response; with MD5 last it logs in, with MD5 first it gives up.
 *
 * <p>A wrong password and an unknown user get the same answer after the same work. {@code qop} is
 * always {@code auth}; the form without it has no count and is refused.
 *
 * <p>Thread-safety: one thread, that of signalling.
 */
public final class DigestServer {
    /** Nonces whose counts are remembered. A phone uses one or two at a time. */
    public static final int NONCES_MAX = 16_384;

    private final String realm;
    private final List<DigestAlgorithm> algorithms;
    private final long nonceLifetimeMillis;
    private final NonceKey key;
    private final NonceCounts counts;
    private int serial;

    /** Where challenge and credentials stand. */
    public enum Role {
        /** 401: WWW-Authenticate and Authorization. */
        SERVER(401, "WWW-Authenticate", "Authorization"),
        /** 407: Proxy-Authenticate and Proxy-Authorization. */
        PROXY(407, "Proxy-Authenticate", "Proxy-Authorization");

        private final int status;
        private final String challengeHeader;
        private final String credentialsHeader;

        Role(int status, String challengeHeader, String credentialsHeader) {
            this.status = status;
            this.challengeHeader = challengeHeader;
            this.credentialsHeader = credentialsHeader;
        }

        /** The status a challenge is sent with. */
        public int status() {
            return status;
        }

        public String challengeHeader() {
            return challengeHeader;
        }

        public String credentialsHeader() {
            return credentialsHeader;
        }
    }

    /** Where stored secrets come from. */
    @FunctionalInterface
    public interface Secrets {
        /** The user's HA1 for that algorithm (its base, for a {@code -sess}), lower-case hex. */
        Optional<String> ha1(String user, DigestAlgorithm algorithm);
    }

    /** What became of a request. */
    public sealed interface Verdict {
        /** It comes from that user. */
        record Accepted(String user) implements Verdict {}

        /**
         * It is to be answered with {@link Role#status} and these headers.
         *
         * @param why for counters and the log; not for the peer
         */
        record Challenged(Cause why, List<Header> headers) implements Verdict {
            public Challenged {
                headers = List.copyOf(headers);
            }
        }
    }

    /** Why a request is challenged. */
    public enum Cause {
        /** It has none for our realm: the usual first request. */
        NO_CREDENTIALS,
        /** They cannot be read, or are of a form or algorithm we did not offer. */
        UNUSABLE,
        /** The password is wrong, or there is no such user: nobody learns which. */
        WRONG,
        /** They are right, but for another URI than the request's. */
        OTHER_URI,
        /** They are right, but the nonce is too old or not ours. */
        STALE,
        /** They are right, but were used before. */
        REPLAYED
    }

    /**
     * @param algorithms strongest first as a rule; see above; not empty, none of them a {@code
     *     -sess}
     * @param nonceLifetime 1 s to 1 day
     * @param key 32 bytes or more, secret, the same at all who share nonces
     */
    public DigestServer(
            String realm, List<DigestAlgorithm> algorithms, Duration nonceLifetime, byte[] key) {
        this(realm, algorithms, nonceLifetime, key, NONCES_MAX);
    }

    DigestServer(
            String realm,
            List<DigestAlgorithm> algorithms,
            Duration nonceLifetime,
            byte[] key,
            int noncesMax) {
        if (algorithms.isEmpty() || algorithms.stream().anyMatch(DigestAlgorithm::isSession)) {
            throw new IllegalArgumentException("algorithms to offer: none, or one with a session");
        }
        if (nonceLifetime.compareTo(Duration.ofSeconds(1)) < 0
                || nonceLifetime.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("nonce lifetime outside 1 s to 1 day");
        }
        this.realm = realm;
        this.algorithms = List.copyOf(algorithms);
        this.nonceLifetimeMillis = nonceLifetime.toMillis();
        this.key = new NonceKey(key, realm);
        this.counts = new NonceCounts(noncesMax);
    }

    /**
     * Checks a request other than ACK and CANCEL, which cannot be challenged (RFC 3261 §22.1). The
     * first credentials for our realm decide: one request is one guess.
     *
     * @param nowMillis wall clock, milliseconds; when it jumps, phones are challenged once more
     */
    public Verdict check(SipRequest request, Role role, Secrets secrets, long nowMillis) {
        List<String> values = request.headers().all(role.credentialsHeader);
        Optional<Credentials> ours =
                values.stream()
                        .flatMap(value -> Credentials.parse(value).stream())
                        .filter(c -> c.realm().equals(realm))
                        .findFirst();
        if (ours.isEmpty()) {
            return challenge(
                    values.isEmpty() ? Cause.NO_CREDENTIALS : Cause.UNUSABLE, role, nowMillis);
        }
        Credentials credentials = ours.get();
        if (!isOffered(credentials)) {
            return challenge(Cause.UNUSABLE, role, nowMillis);
        }
        if (!isRight(credentials, request, secrets)) {
            return challenge(Cause.WRONG, role, nowMillis);
        }
        if (!isFor(credentials, request)) {
            return challenge(Cause.OTHER_URI, role, nowMillis);
        }
        return fresh(credentials, nowMillis)
                .<Verdict>map(cause -> challenge(cause, role, nowMillis))
                .orElseGet(() -> new Verdict.Accepted(credentials.user()));
    }

    private boolean isOffered(Credentials credentials) {
        return algorithms.contains(credentials.algorithm())
                && credentials.counted().filter(c -> c.qop() == Qop.AUTH).isPresent();
    }

    /** The dummy is made for known users too, and the comparison looks at every digit. */
    private boolean isRight(Credentials credentials, SipRequest request, Secrets secrets) {
        DigestAlgorithm algorithm = credentials.algorithm();
        String dummy = algorithm.hash(key.secretFor(credentials.user()));
        Optional<String> stored = secrets.ha1(credentials.user(), algorithm);
        String expected =
                credentials.expectedResponse(
                        request.method().name(), new byte[0], stored.orElse(dummy));
        return MessageDigest.isEqual(ascii(expected), ascii(credentials.response()))
                && stored.isPresent();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * "The server MUST check that the resource designated by the uri is the same as the request's"
     * (RFC 7616 §3.4.6). User and host decide; phones differ in port and parameters.
     */
    private static boolean isFor(Credentials credentials, SipRequest request) {
        Optional<Uri> named = Uri.parse(credentials.uri());
        return named.filter(uri -> isSame(uri, request.uri())).isPresent();
    }

    private static boolean isSame(Uri one, Uri other) {
        return one instanceof SipUri a && other instanceof SipUri b
                ? a.user().equals(b.user()) && a.host().equals(b.host())
                : one.equals(other);
    }

    /** Empty when nonce and count are good; then the count is used up. */
    private Optional<Cause> fresh(Credentials credentials, long nowMillis) {
        OptionalLong madeAt = key.madeAtMillis(credentials.nonce());
        long expiredBefore = nowMillis - nonceLifetimeMillis;
        if (madeAt.isEmpty()
                || madeAt.getAsLong() < expiredBefore
                || madeAt.getAsLong() > nowMillis) {
            return Optional.of(Cause.STALE);
        }
        long count = credentials.counted().orElseThrow().nonceCount();
        boolean unused = counts.use(credentials.nonce(), count, madeAt.getAsLong(), expiredBefore);
        return unused ? Optional.empty() : Optional.of(Cause.REPLAYED);
    }

    private Verdict.Challenged challenge(Cause cause, Role role, long nowMillis) {
        boolean stale = cause == Cause.STALE || cause == Cause.REPLAYED;
        String nonce = key.make(nowMillis, serial++);
        List<Header> headers =
                algorithms.stream()
                        .map(algorithm -> challenge(algorithm, nonce, stale))
                        .map(challenge -> new Header(role.challengeHeader, challenge.text()))
                        .toList();
        return new Verdict.Challenged(cause, headers);
    }

    private Challenge challenge(DigestAlgorithm algorithm, String nonce, boolean stale) {
        return new Challenge(realm, nonce, Optional.empty(), stale, algorithm, List.of(Qop.AUTH));
    }
}
