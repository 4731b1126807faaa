package io.jackfield.protocol.sip.digest;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.digest.DigestServer.Role;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the challenges of one trunk (RFC 3261 §22.2, §22.3; RFC 7616, RFC 8760).
 *
 * <p>It answers for the configured realm alone, and a password refused once is not sent again for
 * the same nonce. Whether a response comes from the trunk at all, on its own flow, is for the
 * caller to know before it asks here: an agent's phone that challenges us with the carrier's realm
 * must get nothing (CVE-2021-41158).
 *
 * <p>Thread-safety: one thread, that of signalling.
 */
public final class DigestClient {
    /** "nc-value = 8LHEX": beyond it a nonce is used up. */
    private static final long COUNT_MAX = 0xFFFF_FFFFL;

    private final String user;
    private final String password;
    private final Optional<String> realm;
    private final Map<Role, Standing> standing = new EnumMap<>(Role.class);

    /** A challenge that was answered, and may be answered again with the next count. */
    private static final class Standing {
        private final Challenge challenge;
        private final String cnonce;
        private long count;

        private Standing(Challenge challenge, String cnonce) {
            this.challenge = challenge;
            this.cnonce = cnonce;
        }
    }

    /**
     * @param realm answered alone; empty to answer whatever realm the trunk names
     */
    public DigestClient(String user, String password, Optional<String> realm) {
        this.user = user;
        this.password = password;
        this.realm = realm;
    }

    /**
     * The header that answers a 401 or 407, for the same request sent again with the next CSeq and
     * a new branch.
     *
     * @param request as it was sent, with whatever credentials it had
     * @param cnonce random, printable, 64 bits or more
     * @return empty when there is nothing to answer: no challenge we may or can answer, or the
     *     trunk has refused our password
     */
    public Optional<Header> answer(SipRequest request, SipResponse response, String cnonce) {
        Optional<Role> role = role(response);
        Optional<Challenge> chosen = role.flatMap(r -> strongest(response, r));
        if (role.isEmpty() || chosen.isEmpty() || isRefused(request, role.get(), chosen.get())) {
            return Optional.empty();
        }
        standing.put(role.get(), new Standing(chosen.get(), cnonce));
        return next(role.get(), request);
    }

    /**
     * The header for a new request, by the last challenge answered, which saves a round trip ("MAY
     * pre-emptively", RFC 7616 §3.4); empty when there was none.
     */
    public Optional<Header> authorize(SipRequest request, Role role) {
        return next(role, request);
    }

    private static Optional<Role> role(SipResponse response) {
        for (Role role : Role.values()) {
            if (role.status() == response.status()) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    private Optional<Challenge> strongest(SipResponse response, Role role) {
        return response.headers().all(role.challengeHeader()).stream()
                .flatMap(value -> Challenge.parse(value).stream())
                .filter(challenge -> realm.map(challenge.realm()::equals).orElse(true))
                .reduce((a, b) -> b.algorithm().compareTo(a.algorithm()) > 0 ? b : a);
    }

    /** True when the request already had an answer for that realm, and another would be in vain. */
    private boolean isRefused(SipRequest request, Role role, Challenge challenge) {
        return request.headers().all(role.credentialsHeader()).stream()
                .flatMap(value -> Credentials.parse(value).stream())
                .filter(sent -> sent.realm().equals(challenge.realm()))
                .anyMatch(sent -> isRefused(sent, role, challenge));
    }

    /**
     * "The client MUST NOT re-attempt with the credentials that have just been rejected" (§22.1),
     * unless only their nonce was too old. A nonce used before may have been too old even if the
     * trunk forgets to say so; one that was new cannot be, and is believed to be only once.
     */
    private boolean isRefused(Credentials sent, Role role, Challenge challenge) {
        boolean usedBefore = sent.counted().filter(c -> c.nonceCount() > 1).isPresent();
        if (usedBefore) {
            return sent.nonce().equals(challenge.nonce());
        }
        Standing current = standing.get(role);
        return !challenge.stale() || current == null || current.challenge.stale();
    }

    private Optional<Header> next(Role role, SipRequest request) {
        Standing current = standing.get(role);
        if (current == null || current.count == COUNT_MAX) {
            return Optional.empty();
        }
        current.count++;
        Credentials credentials = credentials(current, request);
        return Optional.of(new Header(role.credentialsHeader(), credentials.text()));
    }

    private Credentials credentials(Standing current, SipRequest request) {
        Challenge challenge = current.challenge;
        Optional<Credentials.Counted> counted =
                qop(challenge).map(q -> new Credentials.Counted(q, current.count, current.cnonce));
        Credentials unsigned =
                new Credentials(
                        user,
                        challenge.realm(),
                        challenge.nonce(),
                        request.uri().text(),
                        "",
                        challenge.algorithm(),
                        challenge.opaque(),
                        counted);
        String ha1 = challenge.algorithm().ha1(user, challenge.realm(), password);
        return unsigned.withResponse(
                unsigned.expectedResponse(request.method().name(), request.body(), ha1));
    }

    /** {@code auth} wherever it is offered: others on the way may have to change the body. */
    private static Optional<Qop> qop(Challenge challenge) {
        return challenge.qops().stream().min(Comparator.naturalOrder());
    }

    @Override
    public String toString() {
        return "DigestClient[user=" + user + "]";
    }
}
