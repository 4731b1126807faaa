package io.jackfield.call.auth;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestServer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out which agent's phone a request comes from, by digest.
 *
 * <p>Thread-safety: any thread; requests are checked one at a time, since nonce counts are shared.
 * A check is one or two hashes.
 */
public final class Authenticator {
    private final DigestServer digest;
    private final Supplier<Site> site;
    private final Identifiers identifiers;
    private final Events events;
    private final Supplier<Instant> wallClock;

    public Authenticator(
            DigestServer digest,
            Supplier<Site> site,
            Identifiers identifiers,
            Events events,
            Supplier<Instant> wallClock) {
        this.digest = digest;
        this.site = site;
        this.identifiers = identifiers;
        this.events = events;
        this.wallClock = wallClock;
    }

    /**
     * Checks the credentials of a request that claims to be that user's.
     *
     * @param claimed the user in From, or in To of a REGISTER; right credentials of somebody else
     *     earn 403 (RFC 3261 §10.3 step 3)
     */
    public Identity authenticate(SipRequest request, Flow flow, String claimed) {
        return switch (check(request)) {
            case DigestServer.Verdict.Accepted(var user) -> accepted(request, flow, user, claimed);
            case DigestServer.Verdict.Challenged(var why, var headers) -> {
                tell(flow, claimed, why);
                SipResponse response = SipResponses.to(request, 401, identifiers.tag());
                yield new Identity.Refused(
                        response.withHeaders(response.headers().plusAll(headers)));
            }
        };
    }

    private synchronized DigestServer.Verdict check(SipRequest request) {
        return digest.check(
                request, DigestServer.Role.SERVER, this::secret, wallClock.get().toEpochMilli());
    }

    private Identity accepted(SipRequest request, Flow flow, String user, String claimed) {
        Optional<Agent> agent = site.get().agent(user).filter(a -> user.equals(claimed));
        if (agent.isPresent()) {
            return new Identity.OfAgent(agent.get());
        }
        events.publish(new PbxEvent.AuthenticationFailed(flow, user, "speaks for " + claimed));
        return new Identity.Refused(SipResponses.to(request, 403, identifiers.tag()));
    }

    /** A first request without credentials, or a nonce that is too old, is no failure. */
    private void tell(Flow flow, String claimed, DigestServer.Cause why) {
        switch (why) {
            case NO_CREDENTIALS, STALE -> {}
            case UNUSABLE, WRONG, OTHER_URI, REPLAYED ->
                    events.publish(new PbxEvent.AuthenticationFailed(flow, claimed, why.name()));
        }
    }

    private Optional<String> secret(String user, DigestAlgorithm algorithm) {
        return site.get()
                .agent(user)
                .map(Agent::credential)
                .flatMap(credential -> secret(credential, algorithm));
    }

    private static Optional<String> secret(Credential credential, DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case MD5, MD5_SESS -> Optional.of(credential.md5());
            case SHA_256, SHA_256_SESS -> Optional.of(credential.sha256());
            case SHA_512_256, SHA_512_256_SESS -> Optional.empty();
        };
    }
}
